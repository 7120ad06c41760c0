package dev.migrator.demo;

import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.demo.outside.Outside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Says what is so, after having looked. Each method prints its sentence only if it holds. */
final class Claims {
    /** Reserved for what a migration writes to see that a cluster shows all its writes. */
    private static final String SETTLE_MARKER = "__migrator_settle_";

    private static final Duration MARKERS_GO_WITHIN = Duration.ofSeconds(15);

    private final Screen screen;

    Claims(Screen screen) {
        this.screen = screen;
    }

    /** All of an environment, once no settle marker shows any more: removing one takes a moment to show as well. */
    static Dump readSettled(Outside outside) {
        long deadline = System.nanoTime() + MARKERS_GO_WITHIN.toNanos();
        while (true) {
            var dump = outside.read();
            if (dump.names().stream().noneMatch(Claims::isMarker) || System.nanoTime() > deadline) {
                return dump;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static boolean isMarker(String entry) {
        return entry.contains(SETTLE_MARKER);
    }

    void ended(MigrationStatus status, MigrationState expected) {
        var problems =
                status.problems().isEmpty() ? "" : ": " + status.problems().getFirst();
        ClaimFailed.unless(
                status.state() == expected,
                "the migration ends " + expected,
                "migration " + status.id(),
                expected.name(),
                status.state() + problems);
    }

    void wantedIsThere(String environment, Dump wanted, Dump found) {
        var claim = "all that the manifests ask for is in " + environment;
        ClaimFailed.unlessNone(Comparison.holds(wanted, found), claim);
        screen.checked(claim + ", field by field: " + counted(wanted));
    }

    void restIsUntouched(String environment, Dump before, Dump after, Dump managed) {
        var claim = "nothing else changed in " + environment;
        ClaimFailed.unlessNone(Comparison.untouched(before, after, managed), claim);
        var bystanders = before.where(name -> !managed.entries().containsKey(name));
        screen.checked(claim + ": " + bystanders.size() + " entries besides, and fields that no manifest speaks of");
    }

    /** @param retained entries that the migration says it kept out of use; shown, and left out of the comparison */
    void asBefore(Dump before, Dump after, List<String> retained) {
        var claim = "production is as it was right before run two";
        var aside = leftAside(retained);
        ClaimFailed.unlessNone(Comparison.equal(before.where(aside.negate()), after.where(aside.negate())), claim);
        var checked = after.where(aside.negate());
        screen.checked(claim + ", ids included: " + checked.size() + " entries compared"
                + (retained.isEmpty() ? ", none excepted" : ""));
        retained.forEach(entry -> screen.line(Screen.Tone.CARE, "  kept, out of use, as it holds data: " + entry));
    }

    /** A topic that is kept out of use stays, with the two rules that keep everybody from it. */
    private static Predicate<String> leftAside(List<String> retained) {
        var names = new TreeSet<String>();
        for (String entry : retained) {
            var words = entry.split(" ", 3);
            names.add(words[0].equals("artifact-version") ? "version " + words[1] : words[0] + " " + words[1]);
            if (words[0].equals("topic")) {
                for (String operation : List.of("READ", "WRITE")) {
                    names.add(Manifested.aclName("DENY", "User:*", operation, "TOPIC", "LITERAL", words[1], "*"));
                }
            }
        }
        return names::contains;
    }

    void unmanagedIsAsSeeded(Dump seeded, Dump after, Dump unmanaged) {
        var claim = "what nobody manages is byte for byte what was put there";
        ClaimFailed.unlessNone(Comparison.equal(seeded.only(unmanaged.names()), after.only(unmanaged.names())), claim);
        screen.checked(claim + ": " + String.join("; ", shown(unmanaged)));
    }

    private static List<String> shown(Dump unmanaged) {
        var shown = new ArrayList<String>();
        unmanaged.names().stream()
                .filter(name -> name.startsWith("topic ") || name.startsWith("version "))
                .forEach(shown::add);
        shown.add(unmanaged.count("acl") + " access rules");
        return shown;
    }

    void noMarkersLeft(Dump... dumps) {
        var left = new TreeSet<String>();
        for (var dump : dumps) {
            dump.names().stream().filter(Claims::isMarker).forEach(left::add);
        }
        ClaimFailed.unless(
                left.isEmpty(), "no settle markers are left", String.join("; ", left), "none", "still there");
        screen.checked("no settle markers are left");
    }

    static String counted(Dump dump) {
        return dump.count("topic") + " topics, " + dump.count("acl") + " access rules, " + dump.count("version")
                + " schema versions";
    }
}
