package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.AnomalyDecision;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Decision;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.EnvironmentRules;
import dev.migrator.core.lifecycle.EnvironmentState;
import dev.migrator.core.lifecycle.EnvironmentStateCodec;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.Facts;
import dev.migrator.core.lifecycle.FactsCodec;
import dev.migrator.core.lifecycle.Lifecycle;
import dev.migrator.core.lifecycle.LifecycleRules;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lifecycle with its store. A decision is stored and published whole or not at all; a crash forgets everything that is
 * not written down.
 */
final class LifecycleNode {
    private final World world;
    private final LifecycleRules rules;
    private final SortedMap<MigrationId, Facts> store = new TreeMap<>();
    private final SortedMap<MigrationId, MigrationStatus> statuses = new TreeMap<>();
    private final Map<MigrationId, Effect.MonitoringRequested> questions = new HashMap<>();
    private EnvironmentState environment = EnvironmentState.empty(World.ENVIRONMENT);

    LifecycleNode(World world) {
        this.world = world;
        var protection = new TreeMap<String, Protection>();
        protection.put(World.ENVIRONMENT, world.bug == Bug.NO_APPROVAL ? Protection.OPEN : Protection.PROTECTED);
        this.rules = LifecycleRules.of(protection).in(World.ENVIRONMENT, this::declared);
    }

    private EnvironmentRules declared(EnvironmentRules plain) {
        var declared = plain.rehearsedIn(World.REHEARSAL);
        if (world.bug != Bug.DRILL_IGNORED) {
            declared = declared.drilledEvery(DrillNode.EVERY);
        }
        if (world.pausing) {
            declared = declared.onAnomaly(AnomalyDecision.PAUSE);
        }
        return world.monitored && world.bug != Bug.MONITORING_IGNORED
                ? declared.monitoredBy(Digest.ofText("signals"))
                : declared;
    }

    SortedMap<MigrationId, MigrationStatus> statuses() {
        return statuses;
    }

    EnvironmentState environment() {
        return environment;
    }

    /** @return false if it died before it could commit: the fact comes again */
    boolean take(Fact.OfMigration fact) {
        if (world.bug == Bug.REVERT_WHILE_APPLY_UNANSWERED) {
            pretendAnswered(fact);
        }
        if (world.bug == Bug.DENIAL_LOST && fact instanceof Fact.Approval approval && !approval.granted()) {
            world.oracle.taken(fact);
            return true;
        }
        if (world.bug == Bug.ANOMALY_PASSES && good(fact).isPresent()) {
            world.oracle.taken(fact);
            return decide(fact.id(), good(fact).get());
        }
        if (world.bug == Bug.MONITORING_ONCE_HEARD && fact instanceof Fact.MonitoringAnswered answered) {
            return decide(fact.id(), toTheLastQuestion(answered));
        }
        return decide(fact.id(), world.bug == Bug.REFUSAL_IS_FINAL ? withoutRefusals(fact) : fact);
    }

    /** The mistake: what verification says "no" to is taken for a "yes". */
    private static Optional<Fact> good(Fact.OfMigration bad) {
        return switch (bad) {
            case Fact.AnomalyDetected(var id, var epoch, var phase, var _) ->
                Optional.of(new Fact.PhaseVerified(id, epoch, phase, "bucket:evidence"));
            case Fact.RollbackCommanded(var id, var epoch, var phase, var _) ->
                Optional.of(new Fact.PhaseVerified(id, epoch, phase, "bucket:evidence"));
            default -> Optional.empty();
        };
    }

    /** The mistake: nobody looks which question an answer belongs to. */
    private Fact toTheLastQuestion(Fact.MonitoringAnswered answered) {
        var last = questions.get(answered.id());
        return new Fact.MonitoringAnswered(
                last.id(), last.revision(), last.asking(), last.planDigest(), answered.report());
    }

    /** The mistake: a revert that was refused in part counts like any other. */
    private static Fact.OfMigration withoutRefusals(Fact.OfMigration fact) {
        return fact instanceof Fact.Answered(var answer) && answer.kind() == WorkerAnswer.Kind.REVERT_BATCH
                ? new Fact.Answered(new WorkerAnswer(
                        answer.id(),
                        answer.position(),
                        answer.kind(),
                        answer.batch(),
                        answer.result(),
                        WorkerAnswer.Counts.NONE,
                        answer.stateHash(),
                        answer.retained(),
                        answer.differences(),
                        answer.problem(),
                        answer.outcomesUri()))
                : fact;
    }

    void tickAll() {
        if (world.bug != Bug.NO_TICKS) {
            environment.ticking().forEach(this::tick);
        }
    }

    private void tick(MigrationId id) {
        decide(id, new Fact.Tick(world.now()));
    }

    private boolean decide(MigrationId id, Fact fact) {
        var facts = store.getOrDefault(id, Facts.none(id));
        var decision = Lifecycle.decide(environment, facts, fact, world.now(), rules);
        if (world.chance.death(25)) {
            world.trace(() ->
                    "lifecycle dies before it commits a " + fact.getClass().getSimpleName() + " of " + id);
            restart();
            return false;
        }
        if (fact instanceof Fact.OfMigration ofMigration) {
            world.oracle.taken(ofMigration);
        }
        commit(id, decision);
        if (world.chance.death(40)) {
            restart();
        }
        // a wake that is lost with the process is made up for by the next tick
        if (!world.chance.death(20) && world.bug != Bug.NO_TICKS) {
            decision.wake().forEach(this::tick);
        }
        return true;
    }

    private void commit(MigrationId id, Decision decision) {
        environment = world.bug == Bug.NOT_HELD ? withoutHolds(decision.environment()) : decision.environment();
        if (decision.facts().isEmpty()) {
            store.remove(id);
        } else {
            store.put(id, decision.facts());
        }
        decision.effects().forEach(this::publish);
        world.oracle.decided();
        if (world.bug == Bug.PAUSE_IGNORED
                && statuses.containsKey(id)
                && statuses.get(id).state() == MigrationState.PAUSED) {
            goOnSecretly(id);
        }
    }

    /** The mistake: a status says that it is paused, and nobody else knows. */
    private void goOnSecretly(MigrationId id) {
        var resume = new Fact.Commanded(id, "r-secret", Fact.Commanded.Command.RESUME, "nobody", "");
        var decision = Lifecycle.decide(environment, store.get(id), resume, world.now(), rules);
        environment = decision.environment();
        store.put(id, decision.facts());
        decision.effects().stream()
                .filter(effect -> !(effect instanceof Effect.StatusChanged))
                .forEach(this::publish);
        world.oracle.decided();
    }

    private void publish(Effect effect) {
        switch (effect) {
            case Effect.PlanRequested request ->
                world.broker.publish("planner", request.id().value(), request);
            case Effect.DryRunRequested request ->
                world.broker.publish("dry-runs", request.id().value(), request);
            case Effect.SnapshotRequested request ->
                world.broker.publish("snapshotter", request.id().value(), request);
            case Effect.RehearsalRequested request -> {
                world.oracle.rehearsing(request.id(), environment);
                world.broker.publish("rehearsals", request.environment(), request);
            }
            case Effect.DrillRequested request -> world.broker.publish("rehearsals", request.environment(), request);
            case Effect.DrillReported _ -> {
                // for people
            }
            case Effect.MonitoringRequested request -> {
                questions.put(request.id(), request);
                world.oracle.monitoring.asked(request);
                world.broker.publish("verifier", request.id().value(), request);
            }
            case Effect.VerifyPhase request -> {
                if (world.bug == Bug.NOT_VERIFIED_AFTER_BAKE && world.oracle.isJudgedGood(request)
                        || world.bug == Bug.RESUME_IS_YES && world.oracle.hasSaidNo(request)) {
                    var good = new Fact.PhaseVerified(
                            request.id(), request.epoch(), request.phase(), "nobody looked again");
                    world.broker.publish("verdicts", World.ENVIRONMENT, good);
                } else {
                    world.broker.publish("verifier", request.id().value(), request);
                }
            }
            case Effect.Command(var command) -> {
                world.trace(() -> "lifecycle commands " + Oracle.name(command));
                world.oracle.issued(command);
                world.broker.publish("batches", command.envelope().id().value(), command);
            }
            case Effect.StatusChanged(var status) -> {
                world.trace(() -> "status of " + status.id() + " is " + status.state());
                world.oracle.status(status, environment);
                statuses.put(status.id(), status);
            }
            case Effect.Audited audited ->
                world.trace(() -> "lifecycle on " + audited.id() + ": " + audited.decision() + " "
                        + audited.problem().map(Problem::code).orElse("") + " " + audited.details());
        }
    }

    private static EnvironmentState withoutHolds(EnvironmentState state) {
        return new EnvironmentState(
                state.name(),
                state.nextArrival(),
                state.members(),
                new TreeMap<>(),
                state.early(),
                state.rehearsing(),
                state.drilled());
    }

    private void restart() {
        world.trace(() -> "lifecycle starts again from what is written down");
        if (world.bug == Bug.FACTS_LOST) {
            store.clear();
        }
        var environmentRead =
                EnvironmentStateCodec.ofParts(World.ENVIRONMENT, EnvironmentStateCodec.parts(environment));
        if (!environmentRead.equals(environment)) {
            throw new Violation("state-survives", "environment " + environment + " was read as " + environmentRead);
        }
        environment = environmentRead;
        store.replaceAll((_, facts) -> {
            var bytes = FactsCodec.bytes(facts);
            var read = FactsCodec.read(bytes);
            if (!java.util.Arrays.equals(FactsCodec.bytes(read), bytes)) {
                throw new Violation("state-survives", "facts " + facts + " were read as " + read);
            }
            return read;
        });
    }

    /** The mistake: an apply that is still under way counts as failed, so that undoing begins at once. */
    private void pretendAnswered(Fact.OfMigration fact) {
        boolean undoing = fact instanceof Fact.RollbackCommanded
                || fact instanceof Fact.Commanded(var _, var _, var command, var _, var _)
                        && command == Fact.Commanded.Command.ROLL_BACK;
        var open = undoing ? world.oracle.unansweredApply(fact.id()) : Optional.<WorkerCommand.ApplyBatch>empty();
        open.ifPresent(apply -> decide(
                fact.id(),
                new Fact.Answered(new WorkerAnswer(
                        fact.id(),
                        apply.envelope().position(),
                        WorkerAnswer.Kind.APPLY_BATCH,
                        apply.batch(),
                        WorkerAnswer.Result.FAILED,
                        WorkerAnswer.Counts.NONE,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()))));
    }
}
