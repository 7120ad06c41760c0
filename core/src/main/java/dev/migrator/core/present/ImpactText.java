package dev.migrator.core.present;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who uses an entry, in sentences: what is lost first, then who is concerned, then how much there is. */
final class ImpactText {
    static final String NO_GROUP = "used by: no consumer group";

    /** Names that a sentence gives; the rest is counted. */
    private static final int NAMES = 8;
    /** The name that Kafka Connect gives to the group of a sink connector. */
    private static final String SINK = "connect-";

    private final Impact impact;
    private final Instant readAt;

    private ImpactText(Impact impact, Instant readAt) {
        this.impact = impact;
        this.readAt = readAt;
    }

    static List<Words> sentences(Impact impact, Instant readAt) {
        var text = new ImpactText(impact, readAt);
        var all = new ArrayList<Words>();
        impact.all(Use.OlderThanKept.class).map(ImpactText::older).forEach(all::add);
        impact.all(Use.AboveKept.class).map(ImpactText::above).forEach(all::add);
        impact.first(Use.Groups.class).map(ImpactText::groups).ifPresent(all::add);
        impact.first(Use.Referrers.class).map(ImpactText::referrers).ifPresent(all::add);
        impact.first(Use.Versions.class).map(ImpactText::versions).ifPresent(all::add);
        impact.first(Use.Access.class).map(ImpactText::access).ifPresent(all::add);
        impact.first(Use.Covers.class).map(ImpactText::covers).ifPresent(all::add);
        impact.first(Use.Running.class).map(ImpactText::running).ifPresent(all::add);
        impact.first(Use.Topics.class).map(ImpactText::topics).ifPresent(all::add);
        text.data().ifPresent(all::add);
        return all;
    }

    /** The little that is said beside a removal, e.g. {@code last write 143 d ago, no groups}; may be empty. */
    static String brief(Impact impact, Instant readAt) {
        var parts = new ArrayList<String>();
        impact.first(Use.LastWrite.class)
                .map(write -> new ImpactText(impact, readAt).lastWrite(write))
                .ifPresent(parts::add);
        if (parts.isEmpty()
                && impact.first(Use.Records.class)
                        .filter(records -> records.count() == 0)
                        .isPresent()) {
            parts.add("empty");
        }
        impact.first(Use.Groups.class)
                .map(groups -> groups.groups().isEmpty()
                        ? "no groups"
                        : Units.count(groups.groups().count(), "group", "groups"))
                .ifPresent(parts::add);
        return String.join(", ", parts);
    }

    private static Words older(Use.OlderThanKept older) {
        var kept = Units.exactMillis(older.keptMillis());
        if (older.ofRecords() == 0) {
            return Words.of("there are no records that a shorter ")
                    .outside(older.setting())
                    .and(" could delete");
        }
        if (older.older() == 0) {
            return Words.of("no record is older than " + kept);
        }
        return Words.of(
                Units.share(older.older(), older.ofRecords()) + " records ("
                        + Units.count(older.older()) + " of " + Units.count(older.ofRecords()) + ") are older than "
                        + kept
                        + " and will be deleted; undo restores the setting only",
                Words.Role.LOSS);
    }

    private static Words above(Use.AboveKept above) {
        var kept = Units.exactBytes(above.keptBytes());
        return above.above() == 0
                ? Words.of("no partition holds more than " + kept)
                : Words.of(
                        "about " + Units.bytes(above.above()) + " are above " + kept
                                + " a partition and will be deleted; undo restores the setting only",
                        Words.Role.LOSS);
    }

    private static Words groups(Use.Groups groups) {
        if (groups.groups().isEmpty()) {
            return Words.of(NO_GROUP, Words.Role.USERS);
        }
        var plain = new ArrayList<Words>();
        var sinks = new ArrayList<Words>();
        groups.groups().first().stream().limit(NAMES).forEach(group -> {
            boolean sink = group.id().startsWith(SINK) && group.id().length() > SINK.length();
            (sink ? sinks : plain).add(group(group, sink));
        });
        var parts = new ArrayList<Words>();
        if (!plain.isEmpty()) {
            parts.add(Words.of(plain.size() == 1 ? "group " : "groups ").and(Words.joined(", ", plain)));
        }
        if (!sinks.isEmpty()) {
            parts.add(Words.of(sinks.size() == 1 ? "connector " : "connectors ").and(Words.joined(", ", sinks)));
        }
        return Words.of("used by: ", Words.Role.USERS)
                .and(Words.joined("; ", parts))
                .and(more(groups.groups()));
    }

    private static Words group(Use.Group group, boolean sink) {
        var notes = new ArrayList<String>();
        if (group.members() == 0) {
            notes.add("no members now");
        }
        group.lag().ifPresent(lag -> {
            if (lag > 0) {
                notes.add("lag " + Units.count(lag));
            }
        });
        if (group.members() > 0 && group.lag().isEmpty()) {
            notes.add("nothing committed");
        }
        var name = Words.of("").outside(sink ? group.id().substring(SINK.length()) : group.id());
        return notes.isEmpty() ? name : name.and(" (" + String.join(", ", notes) + ")");
    }

    private static Words referrers(Use.Referrers referrers) {
        if (referrers.referrers().isEmpty()) {
            return Words.of("referred to by: nothing", Words.Role.USERS);
        }
        var names = referrers.referrers().first().stream()
                .limit(NAMES)
                .map(one -> Words.of("").outside(one.address()).and(one.latest() ? " (latest)" : ""))
                .toList();
        return Words.of("referred to by: ", Words.Role.USERS)
                .and(Words.joined(", ", names))
                .and(more(referrers.referrers()));
    }

    private static Words versions(Use.Versions versions) {
        var count = Units.count(versions.count(), "version", "versions");
        return versions.latest().isEmpty()
                ? Words.of(count + ", none in use")
                : Words.of(count + ", clients get ").outside(versions.latest()).and(" by default");
    }

    private static Words access(Use.Access access) {
        if (access.permissions().isEmpty()) {
            return Words.of("access: no rule speaks of it");
        }
        var rules = access.permissions().first().stream()
                .limit(NAMES)
                .map(ImpactText::permission)
                .toList();
        return Words.of("access: ").and(Words.joined(", ", rules)).and(more(access.permissions()));
    }

    private static Words permission(Use.Permission rule) {
        var words = Words.of("")
                .outside(rule.principal())
                .and(rule.denied() ? " DENIED " : " ")
                .outside(String.join("+", rule.operations()));
        if (!rule.through().isEmpty()) {
            words = words.and(" by ").outside(rule.through());
        }
        return rule.host().equals("*") ? words : words.and(" from ").outside(rule.host());
    }

    private static Words running(Use.Running running) {
        return Words.of("now: ")
                .outside(running.state())
                .and(" with " + Units.count(running.tasks(), "task", "tasks") + ", positions committed for "
                        + Units.count(running.positions(), "part", "parts"));
    }

    private static Words topics(Use.Topics topics) {
        if (topics.topics().isEmpty()) {
            return Words.of("topics so far: none");
        }
        var names = topics.topics().first().stream()
                .limit(NAMES)
                .map(name -> Words.of("").outside(name))
                .toList();
        return Words.of("topics so far: ").and(Words.joined(", ", names)).and(more(topics.topics()));
    }

    private static Words covers(Use.Covers covers) {
        if (covers.names().isEmpty()) {
            return Words.of("takes in: no ").outside(covers.kind()).and(" that is there");
        }
        var names = covers.names().first().stream()
                .limit(NAMES)
                .map(name -> Words.of("").outside(name))
                .toList();
        return Words.of("takes in: ").and(Words.joined(", ", names)).and(more(covers.names()));
    }

    private static String more(Some<?> some) {
        long more = some.count() - Math.min(NAMES, some.first().size());
        return more == 0 ? "" : " … and " + Units.count(more) + " more";
    }

    /** Records, size and last write in one sentence. */
    private Optional<Words> data() {
        var parts = new ArrayList<String>();
        impact.first(Use.Records.class).ifPresent(records -> parts.add(records(records)));
        impact.first(Use.Size.class)
                .filter(size -> size.bytes() > 0)
                .ifPresent(size -> parts.add(Units.bytes(size.bytes())));
        impact.first(Use.LastWrite.class).ifPresent(write -> parts.add(lastWrite(write)));
        return parts.isEmpty() ? Optional.empty() : Optional.of(Words.of("holds: " + String.join(", ", parts)));
    }

    private static String records(Use.Records records) {
        if (records.count() == 0) {
            return "no records";
        }
        return (records.upperBound() ? "at most " : "") + Units.count(records.count(), "record", "records");
    }

    private String lastWrite(Use.LastWrite write) {
        var ago = Duration.between(write.at(), readAt);
        // a producer's clock, or what it wanted: said as it is
        return ago.isNegative() ? "newest record dated " + write.at() : "last write " + Units.about(ago) + " ago";
    }
}
