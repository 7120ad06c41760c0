package dev.migrator.console.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.report.AuditRecord;
import dev.migrator.core.report.Missing;
import dev.migrator.core.report.Recorded;
import dev.migrator.core.report.ReportFacts;
import dev.migrator.core.report.SignedApproval;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.ReportMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaUnavailable;
import dev.migrator.kit.topics.TopicSpec;
import dev.migrator.kit.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What the topics say of one migration, read when somebody asks. Bounded in time and in what is kept; what is not read, or not kept
 * by the topic any more, is named.
 */
public final class ReportLog {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Clocks of those who write may differ by so much from that of the lifecycle. */
    private static final Duration SLACK = Duration.ofHours(1);
    /** Topics of facts, and what they are called in a report. */
    private static final Map<String, String> FACTS = new LinkedHashMap<>();

    static {
        FACTS.put(Topics.RESULTS, "results");
        FACTS.put(Topics.VERDICTS, "verdicts");
        FACTS.put(Topics.ROLLBACKS, "verdicts");
        FACTS.put(Topics.COMMANDS, "commands");
        FACTS.put(Topics.SNAPSHOTS, "snapshots");
    }

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Wire wire;
    private final Clock clock;
    private final Duration patience;

    /**
     * @param consumers without a group, read-committed; each is closed here
     * @param patience longest wait for all topics together
     */
    public ReportLog(Supplier<Consumer<String, byte[]>> consumers, Wire wire, Clock clock, Duration patience) {
        this.consumers = consumers;
        this.wire = wire;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * @param known the newest status, as the console knows it
     * @throws KafkaUnavailable if the brokers do not answer
     */
    public ReportFacts of(MigrationStatus known) {
        try (var consumer = consumers.get()) {
            return new Reading(consumer, known, System.nanoTime() + patience.toNanos()).facts();
        } catch (KafkaException e) {
            throw new KafkaUnavailable("read what the topics say of migration " + known.id(), e);
        }
    }

    /** One reading for one report. */
    private final class Reading {
        private final Consumer<String, byte[]> consumer;
        private final MigrationStatus known;
        private final long giveUp;
        private final List<Missing> missing = new ArrayList<>();

        Reading(Consumer<String, byte[]> consumer, MigrationStatus known, long giveUp) {
            this.consumer = consumer;
            this.known = known;
            this.giveUp = giveUp;
        }

        ReportFacts facts() {
            var statuses = statuses();
            var since = statuses.getFirst().said().sequence() == 1
                    ? Optional.of(statuses.getFirst().said().updatedAt().minus(SLACK))
                    : Optional.<Instant>empty();
            var approvals = read(
                    Topics.APPROVALS, since, new TopicSlice<>("approvals", known.environment(), wire, this::approval));
            var facts = new ArrayList<Recorded<Fact.OfMigration>>();
            FACTS.forEach((topic, what) ->
                    facts.addAll(read(topic, since, new TopicSlice<>(what, known.environment(), wire, this::fact))));
            facts.sort(Recorded.IN_TIME);
            var audit = read(Topics.AUDIT, since, new TopicSlice<>("audit", known.environment(), wire, this::audit));
            return new ReportFacts(statuses, approvals, facts, audit, missing);
        }

        /** By number, each once; of the topic's repetitions the first. */
        private List<Recorded<MigrationStatus>> statuses() {
            var read = new ArrayList<>(read(
                    Topics.STATUS,
                    Optional.empty(),
                    new TopicSlice<>("statuses", known.id().value(), wire, this::status)));
            if (read.isEmpty()) {
                read.add(new Recorded<>(Topics.STATUS, -1, -1, known.updatedAt(), known)); // removed this very moment
            }
            read.sort(Comparator.comparing(one -> one.said().sequence()));
            var statuses = new ArrayList<Recorded<MigrationStatus>>();
            for (var one : read) {
                if (statuses.isEmpty() || !statuses.getLast().said().equals(one.said())) {
                    statuses.add(one);
                }
            }
            var last = statuses.getLast().said().sequence();
            if (missing.isEmpty() && last != statuses.size()) {
                missing.add(new Missing(
                        "statuses",
                        Problem.of("RPT-COMPACTED", "the topic does not keep every status any more")
                                .about(Topics.STATUS)
                                .expected(last + " statuses")
                                .found(statuses.size() + "; older ones go when the topic is compacted")
                                .todo("nothing: the newest always stays")));
            }
            return statuses;
        }

        private Optional<MigrationStatus> status(SpecificRecord value) {
            return value instanceof MigrationStatusChanged changed
                    ? Optional.of(Messages.status(changed))
                            .filter(status -> status.id().equals(known.id()))
                    : Optional.empty();
        }

        private Optional<SignedApproval> approval(SpecificRecord value) {
            return ReportMessages.approval(value)
                    .filter(approval -> approval.statement().migration().equals(known.id()));
        }

        private Optional<Fact.OfMigration> fact(SpecificRecord value) {
            return Messages.fact(value).filter(fact -> fact.id().equals(known.id()));
        }

        private Optional<AuditRecord> audit(SpecificRecord value) {
            return value instanceof AuditEntry entry
                            && entry.getMigrationId().equals(known.id().value())
                    ? Optional.of(ReportMessages.audit(entry))
                    : Optional.empty();
        }

        private <T> List<Recorded<T>> read(String topic, Optional<Instant> since, TopicSlice<T> slice) {
            var what = slice.what();
            if (!isReadToItsEnd(topic, since, slice)) {
                missing.add(new Missing(
                        what,
                        Problem.of("RPT-TOPIC", "a topic was not read to its end in time")
                                .about(topic)
                                .expected("its end within " + patience.toSeconds() + " s for all topics")
                                .found("no end yet")
                                .todo("ask for the report again when the brokers have less to do")));
            }
            missing.addAll(slice.missing());
            retention(topic, since, what);
            return slice.recorded();
        }

        /** What a topic has thrown away leaves no trace in it, so time has to tell. */
        private void retention(String topic, Optional<Instant> since, String what) {
            var kept = Topics.ALL.stream()
                    .filter(spec -> spec.name().equals(topic))
                    .map(TopicSpec::retention)
                    .findFirst()
                    .orElse(Duration.ZERO);
            if (!topic.equals(Topics.STATUS)
                    && since.filter(at -> at.plus(SLACK).isAfter(clock.instant().minus(kept)))
                            .isEmpty()) {
                missing.add(new Missing(
                        what,
                        Problem.of("RPT-RETENTION", "a topic may not keep what is so old any more")
                                .about(topic)
                                .expected("a migration that began within " + kept.toDays() + " days")
                                .found(since.map(at -> "one of " + at.plus(SLACK))
                                        .orElse("an older one"))
                                .todo("nothing: make reports sooner, and keep them")));
            }
        }

        private boolean isReadToItsEnd(String topic, Optional<Instant> since, TopicSlice<?> slice) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            since.ifPresent(at -> seek(partitions, at, ends));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - giveUp > 0) {
                    return false;
                }
                consumer.poll(POLL).forEach(slice::take);
            }
            return true;
        }

        private void seek(List<TopicPartition> partitions, Instant since, Map<TopicPartition, Long> ends) {
            var times = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
            consumer.offsetsForTimes(times)
                    .forEach((partition, found) ->
                            consumer.seek(partition, found == null ? ends.get(partition) : found.offset()));
        }
    }
}
