package dev.migrator.demo;

import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.demo.outside.Outside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

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
        var others = before.where(name -> !managed.entries().containsKey(name));
        screen.checked(claim + ": " + others.size() + " other entries, and fields that no manifest speaks of");
    }

    /** @param retained entries that the migration says it kept out of use; shown, and checked to be just that */
    void asBefore(Dump before, Dump after, List<String> retained) {
        var claim = "production is as it was right before run two";
        var kept = Retained.of(retained);
        ClaimFailed.unlessNone(Comparison.equal(before, kept.leftOut(before, after)), claim);
        ClaimFailed.unlessNone(Comparison.holds(kept.outOfUse(), after), "what is kept is out of use");
        screen.checked(claim + ", ids included: " + before.size() + " entries, "
                + (retained.isEmpty() ? "without exception" : "except for what is kept out of use:"));
        retained.forEach(entry -> screen.marked(
                Screen.Tone.CARE,
                " ",
                entry + " holds a record, and undoing never deletes data; nobody can read or write it"));
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

    /** The check that was to fail failed, and the broker itself said why. */
    void brokerRefused(MigrationStatus status, String topic) {
        var refused = status.problems().stream()
                .filter(problem -> problem.code().equals("CHK-RECORD-TOO-LARGE")
                        && problem.thing().equals("topic " + topic))
                .findFirst();
        ClaimFailed.unless(
                refused.isPresent(),
                "the smoke check failed as the broker refused its record",
                "migration " + status.id(),
                "CHK-RECORD-TOO-LARGE about topic " + topic,
                status.problems().toString());
        screen.problem(refused.orElseThrow());
    }

    void stateHashesAreEqual(MigrationStatus status) {
        var before = status.beforeHash().map(Object::toString).orElse("none");
        var after = status.endHash().map(Object::toString).orElse("none");
        screen.pair("before the first write", 24, before);
        screen.pair("after the rollback", 24, after);
        ClaimFailed.unless(
                status.beforeHash().isPresent() && before.equals(after),
                "the state hash after the rollback equals the one before",
                "migration " + status.id(),
                before,
                after);
        screen.checked("both state hashes are the same");
    }

    void held(MigrationStatus status, String by) {
        ended(status, MigrationState.REJECTED);
        var held = status.problems().stream()
                .filter(problem ->
                        problem.code().equals("CHG-HELD") && problem.thing().equals("migration " + by))
                .findFirst();
        ClaimFailed.unless(
                held.isPresent(),
                "the same change is held",
                "migration " + status.id(),
                "CHG-HELD about migration " + by,
                status.problems().toString());
        screen.problem(held.orElseThrow());
        screen.checked("the same change, submitted again, is REJECTED: it is held");
    }

    void rehearsed(MigrationStatus status) {
        var passed = status.checklist().stream()
                .anyMatch(line -> line.name().equals("rehearsed") && line.mark() == ChecklistLine.Mark.PASSED);
        ClaimFailed.unless(
                passed,
                "the plan was rehearsed before anything was written",
                "migration " + status.id(),
                "rehearsed PASSED",
                status.checklist().toString());
        screen.checked("the plan was done, checked and undone on servers of their own before anything was written");
    }

    void nothingIsMissing(MigrationStatus status) {
        var missing = status.checklist().stream()
                .filter(line -> line.mark() == ChecklistLine.Mark.MISSING)
                .map(ChecklistLine::name)
                .toList();
        ClaimFailed.unless(
                missing.isEmpty(),
                "nothing on the checklist is missing",
                "migration " + status.id(),
                "each line PASSED or NOT_REQUIRED",
                missing + " MISSING");
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
        return count(dump, "topic", "topic") + ", " + count(dump, "acl", "access rule") + ", "
                + count(dump, "version", "schema version");
    }

    private static String count(Dump dump, String kind, String word) {
        long count = dump.count(kind);
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
