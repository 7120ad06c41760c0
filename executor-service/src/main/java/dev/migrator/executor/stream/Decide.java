package dev.migrator.executor.stream;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.EnvironmentState;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.Lifecycle;
import dev.migrator.core.lifecycle.LifecycleRules;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.events.v1.ApprovalDenied;
import dev.migrator.events.v1.ApprovalGranted;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.RegistryUnavailable;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/** Load, decide, put, forward. A wall-clock tick does the same for every live migration, so that nothing waits for ever. */
final class Decide implements Processor<String, Decoded, String, Publication> {
    static final Duration TICK = Duration.ofMillis(500);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final String SERVICE = "lifecycle";
    private static final Logger LOG = Logger.getLogger(Decide.class);

    private final LifecycleRules rules;
    private final SignatureCheck signatures;
    private ProcessorContext<String, Publication> context;
    private LifecycleStores stores;

    Decide(LifecycleRules rules, SignatureCheck signatures) {
        this.rules = rules;
        this.signatures = signatures;
    }

    @Override
    public void init(ProcessorContext<String, Publication> aContext) {
        context = aContext;
        stores = new LifecycleStores(
                aContext.getStateStore(LifecycleStores.MIGRATIONS),
                aContext.getStateStore(LifecycleStores.ENVIRONMENTS));
        aContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tickLive());
        aContext.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, _ -> tickEnded());
    }

    @Override
    public void process(Record<String, Decoded> record) {
        switch (record.value()) {
            case null -> {
                // a tombstone on a topic that is not compacted says nothing
            }
            case Decoded.Undecodable(var raw, var problem) -> bury(record, raw, problem);
            case Decoded.Unresolved(var _, var problem) ->
                // nothing is known of the bytes yet: the thread starts again at this record once the registry answers
                throw new RegistryUnavailable("read the schema of a record", problem.found(), null);
            case Decoded.Message(var event) -> accept(record, event);
        }
    }

    private void accept(Record<String, Decoded> record, SpecificRecord event) {
        if (record.key() == null || record.key().isBlank() || record.key().contains("/")) {
            bury(
                    record,
                    event,
                    Problem.of("EVT-KEY", "the record's key names no environment")
                            .expected("the environment's name")
                            .found(String.valueOf(record.key())));
            return;
        }
        try {
            var environment = record.key();
            var fact = Messages.fact(event);
            if (fact.isEmpty()) {
                return; // a record of ours that tells the lifecycle nothing
            }
            var forged = isDecision(event) ? signatures.problem(event, environment) : Optional.<Problem>empty();
            if (forged.isPresent()) {
                refuse(environment, fact.get(), forged.get());
            } else {
                decide(environment, fact.get().id(), fact.get());
            }
        } catch (ProblemException senseless) {
            bury(record, event, senseless.problem());
        }
    }

    private static boolean isDecision(SpecificRecord event) {
        return event instanceof ApprovalGranted || event instanceof ApprovalDenied;
    }

    private void refuse(String environment, Fact.OfMigration fact, Problem problem) {
        LOG.warnf("An approval does not count: migrationId=%s, code=%s", fact.id(), problem.code());
        var actor = fact instanceof Fact.Approval approval ? approval.approver() : "";
        publish(List.of(new Effect.Audited(
                fact.id(), environment, "approval-refused", actor, Optional.empty(), Optional.of(problem), List.of())));
    }

    /** Decides, and lets those go on that the decision made room for. */
    private void decide(String name, MigrationId first, Fact fact) {
        wake(name, step(name, first, fact));
    }

    private void wake(String name, Iterable<MigrationId> woken) {
        var waiting = new ArrayDeque<MigrationId>();
        woken.forEach(waiting::add);
        // each wake can free at most one scope for others; the bound only guards against a defect
        for (int i = 0; i < 10_000 && !waiting.isEmpty(); i++) {
            step(name, waiting.remove(), new Fact.Tick(now())).forEach(waiting::add);
        }
    }

    private Iterable<MigrationId> step(String name, MigrationId id, Fact fact) {
        EnvironmentState environment = stores.environment(name);
        var known = stores.facts(name, id);
        var decision = Lifecycle.decide(environment, known, fact, now(), rules);
        if (decision.facts() != known) {
            stores.keep(name, decision.facts());
        }
        if (decision.environment() != environment) {
            stores.keep(environment, decision.environment());
        }
        publish(decision.effects());
        return decision.wake();
    }

    private void tickLive() {
        var now = now();
        for (String name : stores.environments()) {
            for (MigrationId id : stores.environment(name).ticking()) {
                decide(name, id, new Fact.Tick(now));
            }
        }
    }

    /** Forgets ended migrations after their time; rare, because it reads them all. */
    private void tickEnded() {
        var now = now();
        var over = new ArrayDeque<Runnable>();
        stores.forEach((name, facts) -> {
            if (facts.isEnded()
                    && facts.due(rules).filter(due -> !now.isBefore(due)).isPresent()) {
                over.add(() -> decide(name, facts.id(), new Fact.Tick(now)));
            }
        });
        over.forEach(Runnable::run);
    }

    private void publish(List<Effect> effects) {
        for (Effect effect : effects) {
            var out = Messages.outgoing(effect, SERVICE, now());
            forward(out.key(), new Publication.Event(out.topic(), out.value()), eventHeaders(out.value()));
        }
    }

    private Headers eventHeaders(SpecificRecord event) {
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", UUID.randomUUID().toString());
        add(headers, "ce_type", event.getSchema().getFullName());
        add(headers, "ce_source", SERVICE);
        add(headers, "ce_time", now().toString());
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A record that could be read and makes no sense: kept in its binary form, readable with any Avro tool. */
    private void bury(Record<String, Decoded> record, SpecificRecord event, Problem problem) {
        LOG.warnf("A record makes no sense and goes to the dead letters: code=%s", problem.code());
        forward(record.key(), new Publication.Event(Topics.DEAD_LETTERS, event), letterHeaders(record, problem));
    }

    private void bury(Record<String, Decoded> record, byte[] raw, Problem problem) {
        LOG.warnf("A record cannot be read and goes to the dead letters: code=%s", problem.code());
        forward(record.key(), new Publication.Letter(Topics.DEAD_LETTERS, raw), letterHeaders(record, problem));
    }

    private Headers letterHeaders(Record<String, Decoded> record, Problem problem) {
        var origin = context.recordMetadata().orElseThrow();
        return DeadLetters.headers(
                SERVICE,
                origin.topic(),
                origin.partition(),
                origin.offset(),
                record.timestamp(),
                record.headers(),
                problem);
    }

    private void forward(String key, Publication publication, Headers headers) {
        context.forward(new Record<>(key, publication, context.currentSystemTimeMs(), headers));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
