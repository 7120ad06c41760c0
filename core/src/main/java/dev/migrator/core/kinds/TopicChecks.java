package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Resource;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is odd about a topic although each of its settings is one that Kafka takes. */
final class TopicChecks {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

    private final Resource resource;
    private final Notes notes;

    private TopicChecks(Resource resource, Notes notes) {
        this.resource = resource;
        this.notes = notes;
    }

    static void check(Resource resource, String address, String placeOfName, Notes notes) {
        if (resource.absent()) {
            return;
        }
        var checks = new TopicChecks(resource, notes);
        checks.name(address, placeOfName);
        checks.contradictions();
        checks.copies();
        checks.segments();
        checks.retention();
        checks.leaders();
    }

    private void name(String address, String place) {
        if (ReservedTopics.isOwn(address)) {
            notes.error(
                    place,
                    Problem.of("TOP-OWN", "this topic belongs to the migrator itself")
                            .expected("a name that none of its topics has")
                            .found(address)
                            .todo("remove the manifest; suppress this if the migrator does not run on that cluster"));
        }
        ReservedTopics.ownerOf(address)
                .ifPresent(owner -> notes.warning(
                        place,
                        Problem.of("TOP-PROTECTED", "this topic belongs to other software that manages it itself")
                                .expected("a topic that nothing else makes and changes")
                                .found(address + ", as " + owner + " names its own")
                                .todo("leave it to that software")));
        if (address.indexOf('.') >= 0 && address.indexOf('_') >= 0) {
            notes.warning(
                    place,
                    Problem.of("TOP-NAMING", "a topic name mixes '.' and '_'")
                            .expected("one of the two")
                            .found(address)
                            .todo("keep to one of them in new names"));
        }
    }

    /** Pairs that Kafka refuses together (LogConfig.validate); what is local is compared for tiered topics only. */
    private void contradictions() {
        notAbove("min.compaction.lag.ms", "max.compaction.lag.ms");
        if (setting("remote.storage.enable").equals(Optional.of("true"))) {
            notAbove("local.retention.ms", "retention.ms");
            notAbove("local.retention.bytes", "retention.bytes");
        }
    }

    private void notAbove(String lower, String upper) {
        var a = number(lower);
        var b = number(upper).filter(bound -> bound.signum() >= 0);
        if (a.isPresent() && b.isPresent() && a.get().compareTo(b.get()) > 0) {
            notes.error(
                    place(lower),
                    Problem.of("TOP-CONFIG-CONFLICT", "two topic configurations contradict each other")
                            .expected(lower + " at most " + upper + ", which is "
                                    + b.get().toPlainString())
                            .found(a.get().toPlainString()));
        }
    }

    private void copies() {
        var needed = number("min.insync.replicas");
        var copies = resource.spec().get(TopicKind.REPLICATION) instanceof Value.Num(var number)
                ? Optional.of(number)
                : Optional.<BigDecimal>empty();
        if (needed.isEmpty() || copies.isEmpty()) {
            return;
        }
        int order = needed.get().compareTo(copies.get());
        if (order > 0) {
            notes.error(
                    place("min.insync.replicas"),
                    Problem.of("TOP-MIN-INSYNC", "more copies have to be in sync than there are")
                            .expected("at most the replicationFactor, "
                                    + copies.get().toPlainString())
                            .found(needed.get().toPlainString())
                            .todo("lower min.insync.replicas, or raise replicationFactor"));
        } else if (order == 0 && copies.get().compareTo(BigDecimal.ONE) > 0) {
            notes.warning(
                    place("min.insync.replicas"),
                    Problem.of(
                                    "TOP-NO-SLACK",
                                    "all copies have to be in sync, so one broker that is away stops writing")
                            .expected("less than the replicationFactor, "
                                    + copies.get().toPlainString())
                            .found(needed.get().toPlainString()));
        }
    }

    private void segments() {
        notLarger("segment.bytes", "retention.bytes");
        notLarger("segment.ms", "retention.ms");
    }

    private void notLarger(String segment, String retention) {
        var size = number(segment);
        var kept = number(retention).filter(bound -> bound.signum() > 0);
        if (size.isPresent() && kept.isPresent() && size.get().compareTo(kept.get()) > 0) {
            notes.warning(
                    place(segment),
                    Problem.of("TOP-SEGMENT", "a segment is larger than what is to be kept")
                            .expected("at most " + retention + ", which is "
                                    + kept.get().toPlainString())
                            .found(size.get().toPlainString())
                            .todo("make segments a fraction of what is kept"));
        }
    }

    private void retention() {
        if (!setting("cleanup.policy").equals(Optional.of("compact"))) {
            return;
        }
        for (var name : new String[] {"retention.ms", "retention.bytes"}) {
            number(name)
                    .filter(bound -> bound.signum() >= 0)
                    .ifPresent(bound -> notes.warning(
                            place(name),
                            Problem.of(
                                            "TOP-RETENTION-IDLE",
                                            "a retention has no effect on a topic that is only compacted")
                                    .expected("cleanup.policy: compact,delete, or no retention")
                                    .found("cleanup.policy: compact, " + name + ": " + bound.toPlainString())));
        }
    }

    private void leaders() {
        setting("unclean.leader.election.enable")
                .filter("true"::equals)
                .ifPresent(on -> notes.warning(
                        place("unclean.leader.election.enable"),
                        Problem.of("TOP-UNCLEAN", "a copy that is behind may become leader, and records are lost")
                                .expected("false")
                                .found(on)));
    }

    private Optional<String> setting(String name) {
        return Specs.setting(Specs.object(resource.spec(), "config").get(name)) instanceof Value.Text(var text)
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    private Optional<BigDecimal> number(String name) {
        return setting(name).filter(text -> WHOLE.matcher(text).matches()).map(BigDecimal::new);
    }

    private static String place(String name) {
        return Notes.under("/spec/config", name);
    }
}
