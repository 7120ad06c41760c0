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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
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
    private Publishing out;
    private LifecycleStores stores;

    Decide(LifecycleRules rules, SignatureCheck signatures) {
        this.rules = rules;
        this.signatures = signatures;
    }

    @Override
    public void init(ProcessorContext<String, Publication> context) {
        out = new Publishing(context, SERVICE);
        stores = new LifecycleStores(
                context.getStateStore(LifecycleStores.MIGRATIONS), context.getStateStore(LifecycleStores.ENVIRONMENTS));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tickLive());
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, _ -> tickEnded());
    }

    @Override
    public void process(Record<String, Decoded> record) {
        switch (record.value()) {
            case null -> {
                // a tombstone on a topic that is not compacted says nothing
            }
            case Decoded.Undecodable(var raw, var problem) -> out.bury(record, raw, problem);
            case Decoded.Unresolved(var _, var problem) ->
                // nothing is known of the bytes yet: the thread starts again at this record once the registry answers
                throw new RegistryUnavailable("read the schema of a record", problem.found(), null);
            case Decoded.Message(var event) -> accept(record, event);
        }
    }

    private void accept(Record<String, Decoded> record, SpecificRecord event) {
        if (record.key() == null || record.key().isBlank() || record.key().contains("/")) {
            out.bury(
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
            out.bury(record, event, senseless.problem());
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
            var publication = Messages.outgoing(effect, SERVICE, now());
            out.event(publication.topic(), publication.key(), publication.value());
            if (effect instanceof Effect.StatusChanged(var status)) {
                // in the same transaction: a run of a fleet misses nothing of its migrations
                status.fleet().ifPresent(run -> out.event(LifecycleTopology.FLEET_FACTS, run, publication.value()));
            }
        }
    }

    private Instant now() {
        return out.now();
    }
}
