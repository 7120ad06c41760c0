package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.EnvironmentState;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.engine.Execution;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.testkit.WriteEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sees what really happens, as no part of the system does, and checks the promises of DESIGN section 2 at every step. */
final class Oracle {
    private record Vouched(MigrationId id, Digest plan) {}

    private final World world;
    private final Commands commands = new Commands();
    private final Writes writes;
    private final Bakes bakes;
    private final SecondTries secondTries = new SecondTries();
    private final Map<Vouched, Set<String>> granted = new HashMap<>();
    private final Map<Vouched, Instant> judgedUntil = new HashMap<>();
    private final Set<Vouched> denied = new HashSet<>();
    private final Set<Vouched> snapshotted = new HashSet<>();
    private final Set<Vouched> unchanged = new HashSet<>();
    private final Set<Vouched> dryRun = new HashSet<>();
    private final Set<Vouched> rehearsed = new HashSet<>();
    private Vouched dryRunning;
    private final SortedMap<MigrationId, MigrationStatus> statuses = new TreeMap<>();
    /** Results of Close that were ever answered; which of them comes first is up to the messages. */
    private final Map<MigrationId, Set<WorkerAnswer.Result>> closed = new HashMap<>();

    final MonitoringNode.Told monitoring;
    private final DrillNode.Told drills = new DrillNode.Told();
    /** Undone by kit before their success was answered. */
    private final Set<MigrationId> undoneInTime = new HashSet<>();

    private final Map<String, WorkerCommand> byActor = new HashMap<>();
    private final List<WorkerCommand.ApplyBatch> issuedAtOnce = new ArrayList<>();
    private final Anomalies anomalies = new Anomalies();

    private int undoneAtSecondTry;

    Oracle(World world) {
        this.world = world;
        this.writes = new Writes(world);
        this.bakes = new Bakes(world);
        this.monitoring = new MonitoringNode.Told(world);
    }

    static String name(WorkerCommand command) {
        var at = command.envelope().id() + " epoch "
                + command.envelope().position().epoch() + " seq "
                + command.envelope().position().seq();
        return switch (command) {
            case WorkerCommand.CheckScope _ -> "check of " + at;
            case WorkerCommand.ApplyBatch apply -> "apply " + apply.batch() + " of " + at;
            case WorkerCommand.RevertBatch revert -> "revert " + revert.batch() + " of " + at;
            case WorkerCommand.Close close -> (close.rolledBack() ? "close after rollback of " : "close of ") + at;
        };
    }

    // what the parts tell the oracle, as they do it

    void planned(MigrationId id, Digest digest, Plan plan) {
        writes.planned(id, digest);
        if (!digest.equals(Digest.of(dev.migrator.core.plan.PlanCodec.bytes(plan)))) {
            throw new Violation("same-bytes", "a plan has two digests");
        }
    }

    void granted(MigrationId id, Digest plan, String approver) {
        granted.computeIfAbsent(new Vouched(id, plan), _ -> new HashSet<>()).add(approver);
    }

    /** The same plan may be judged several times: the lifecycle may go by any of the answers. */
    void judged(MigrationId id, Digest plan, Optional<Instant> until) {
        judgedUntil.merge(
                new Vouched(id, plan),
                until.orElse(Instant.MAX),
                (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    void snapshotted(MigrationId id, Digest plan, Digest stateHash) {
        if (stateHash.equals(world.plan(plan).beforeHash())) {
            snapshotted.add(new Vouched(id, plan));
        }
    }

    /** The worker is about to ask the target about that plan. */
    void dryRunning(MigrationId id, Digest plan) {
        dryRunning = new Vouched(id, plan);
        world.target.actor("dry run of " + id);
    }

    /** The target was asked, and said this. */
    void dryRun(List<DryRunOutcome> outcomes) {
        if (outcomes.stream().noneMatch(DryRunOutcome.Refused.class::isInstance)) {
            dryRun.add(dryRunning);
        }
    }

    /** The lifecycle asks for a rehearsal. */
    void rehearsing(MigrationId id, EnvironmentState environment) {
        if (!environment.rehearsing().equals(Optional.of(id))) {
            throw new Violation("one-rehearsal", id + " beside " + environment.rehearsing());
        }
    }

    /** The plan was really done and undone elsewhere. */
    void rehearsed(MigrationId id, Digest plan, Optional<Problem> problem) {
        if (problem.isEmpty()) {
            rehearsed.add(new Vouched(id, plan));
        }
    }

    /** Its receipt is in the bucket; what is written from here counts as its rollback, by somebody without its journal. */
    void undoingByKit(WorkerCommand.RevertBatch as) {
        var id = as.envelope().id();
        if (!closed.getOrDefault(id, Set.of()).contains(WorkerAnswer.Result.DONE)) {
            undoneInTime.add(id);
        }
        commands.executing(as, true);
        byActor.put(name(as), as);
        world.target.actor(name(as));
        journalLost();
    }

    /** Migrations that were rolled back in full though the target first refused something. */
    int undoneAtSecondTry() {
        return undoneAtSecondTry;
    }

    boolean hasWritten(MigrationId id) {
        return writes.hasWritten(id);
    }

    void settled() {
        commands.executing()
                .ifPresent(command -> writes.settled(command.envelope().id()));
    }

    void refused() {
        if (commands.executing().orElse(null) instanceof WorkerCommand.RevertBatch revert) {
            secondTries.refused(revert);
        }
    }

    void journalled(MigrationId id, Map<EntryKey, String> incarnations) {
        writes.journalled(id, incarnations);
    }

    /** Somebody has put data into an entry. */
    void dataPut(EntryKey key) {
        writes.dataPut(key);
    }

    void journalLost() {
        writes.journalLost();
    }

    /** A verifier looked at a phase and found it good. */
    void judgedGood(Effect.VerifyPhase asked) {
        bakes.judgedGood(asked);
        anomalies.judgedGood(asked);
    }

    /** Whether the lifecycle has heard a "no" about that phase. */
    boolean hasSaidNo(Effect.VerifyPhase asked) {
        return anomalies.hasSaidNo(asked);
    }

    /** Whether a verifier has found that phase good before. */
    boolean isJudgedGood(Effect.VerifyPhase asked) {
        return bakes.isJudgedGood(asked);
    }

    /** A fact was taken in by the lifecycle. */
    void taken(Fact.OfMigration fact) {
        switch (fact) {
            case Fact.DrillAnswered(var report) -> drills.taken(report);
            case Fact.AnomalyDetected(var id, var epoch, var phase, var _) -> anomalies.saidNo(id, phase, epoch);
            case Fact.RollbackCommanded(var id, var epoch, var phase, var _) -> anomalies.saidNo(id, phase, epoch);
            default -> {
                // no verdict and no drill
            }
        }
        if (fact instanceof Fact.Approval(var id, var plan, var _, var isGrant, var _, var _) && !isGrant) {
            denied.add(new Vouched(id, plan));
        }
    }

    Optional<WorkerCommand.ApplyBatch> unansweredApply(MigrationId id) {
        return commands.unansweredApply(id);
    }

    // checks

    void issued(WorkerCommand command) {
        var id = command.envelope().id();
        var last = statuses.get(id);
        if (last != null && last.ended()) {
            throw new Violation("end-is-end", name(command) + " after " + last.state());
        }
        boolean isNew = commands.issued(command);
        var plan = new Vouched(id, command.envelope().planDigest());
        switch (command) {
            case WorkerCommand.ApplyBatch apply -> {
                if (isNew) {
                    issuedAtOnce.add(apply);
                    anomalies.requireNone(apply, world.plan(plan.plan()));
                    bakes.requireOver(apply);
                    monitoring.require(apply);
                }
                if (isNew && denied.contains(plan) && apply.batch() == 0 && !commands.hasApplied(id)) {
                    throw new Violation("fail-closed", name(command) + " though the plan was denied");
                }
                if (isNew && !commands.hasApplied(id)) {
                    drills.require(name(command), world.now());
                }
                if (isNew && !commands.hasApplied(id) && !world.now().isBefore(judgedUntil.get(plan))) {
                    throw new Violation("fail-closed", name(command) + " though the policies would judge anew");
                }
            }
            case WorkerCommand.RevertBatch revert -> {
                requireAnswered(command);
                secondTries.issued(revert);
            }
            case WorkerCommand.Close close -> {
                if (close.rolledBack()) {
                    requireAnswered(command);
                    secondTries.require(close);
                } else {
                    if (isNew) {
                        anomalies.requireNone(close, world.plan(plan.plan()));
                    }
                    bakes.requireOver(close);
                }
            }
            case WorkerCommand.CheckScope _ -> {}
        }
    }

    /** A decision is out with all its effects: command and status of it tell of the same moment. */
    void decided() {
        issuedAtOnce.forEach(apply -> {
            if (statuses.get(apply.envelope().id()).state() == MigrationState.PAUSED) {
                throw new Violation("paused-issues-nothing", name(apply) + " while paused");
            }
        });
        issuedAtOnce.clear();
    }

    private void requireAnswered(WorkerCommand command) {
        commands.unansweredApply(command.envelope().id()).ifPresent(apply -> {
            throw new Violation("no-revert-while-applying", name(command) + " while unanswered: " + name(apply));
        });
    }

    /** @return whether the command that a worker begins with is the newest of its migration */
    boolean starting(WorkerCommand command) {
        return commands.starting(command);
    }

    /** @param wasNewest when it began */
    void executing(WorkerCommand command, boolean wasNewest) {
        commands.executing(command, wasNewest);
        if (command instanceof WorkerCommand.RevertBatch revert) {
            secondTries.executing(revert);
        }
        byActor.put(name(command), command);
        world.target.actor(name(command));
    }

    void written(WriteEvent event) {
        if (event.actor().equals(WriteEvent.OUTSIDER)) {
            writes.byOutsider(event);
            return;
        }
        var command = byActor.get(event.actor());
        if (command == null) {
            throw new Violation("no-stray-writes", "nobody's write: " + event);
        }
        var batch = switch (command) {
            case WorkerCommand.ApplyBatch apply -> apply.batch();
            case WorkerCommand.RevertBatch revert -> revert.batch() < 0 ? batchOf(revert, event.key()) : revert.batch();
            case WorkerCommand.CheckScope _, WorkerCommand.Close _ ->
                throw new Violation("no-stray-writes", name(command) + " wrote " + event);
        };
        if (!commands.mayWrite()) {
            throw new Violation("superseded-writes-nothing", name(command) + " wrote " + event);
        }
        if (command instanceof WorkerCommand.ApplyBatch) {
            requireChecklist(command);
            bakes.requireOver(command);
        }
        writes.byWorker(event, command, batch);
    }

    private int batchOf(WorkerCommand.RevertBatch byKit, EntryKey key) {
        return world.plan(byKit.envelope().planDigest())
                .batches()
                .filter(batch -> batch.operations().stream()
                        .anyMatch(planned -> planned.operation().key().equals(key)))
                .findFirst()
                .orElseThrow(() -> new Violation("only-what-is-managed", name(byKit) + " wrote " + key))
                .number();
    }

    private void requireChecklist(WorkerCommand command) {
        var plan = new Vouched(command.envelope().id(), command.envelope().planDigest());
        var people = granted.getOrDefault(plan, Set.of());
        if (people.isEmpty()) {
            throw new Violation("fail-closed", name(command) + " writes without an approval");
        }
        for (var need : world.plan(plan.plan()).approvals()) {
            var counted = people.stream()
                    .filter(person -> need.group().isEmpty()
                            || World.APPROVERS.get(person).contains(need.group()))
                    .count();
            if (counted < need.count()) {
                throw new Violation("fail-closed", name(command) + " writes with " + counted + " of " + need);
            }
        }
        if (!snapshotted.contains(plan)) {
            throw new Violation("fail-closed", name(command) + " writes without a snapshot of that state");
        }
        if (!dryRun.contains(plan)) {
            throw new Violation("fail-closed", name(command) + " writes what no target was asked about");
        }
        if (!world.plan(plan.plan()).rehearsedFor().isEmpty() && !rehearsed.contains(plan)) {
            throw new Violation("fail-closed", name(command) + " writes what was to be rehearsed");
        }
        var kit = world.kits.getOrDefault(plan.id(), Map.of()).get(plan.plan());
        if (kit == null || !UndoKitCodec.read(kit).planDigest().equals(plan.plan())) {
            throw new Violation("fail-closed", name(command) + " writes without an undo kit of its plan");
        }
        if (!unchanged.contains(plan)) {
            throw new Violation("fail-closed", name(command) + " writes though nobody saw the target as planned");
        }
    }

    void executed(WorkerCommand command, Execution execution) {
        var answer = execution.answer();
        var plan = world.plan(command.envelope().planDigest());
        var last = statuses.get(command.envelope().id());
        if (answer.result() == WorkerAnswer.Result.SUPERSEDED || last != null && last.ended()) {
            // delivered again after the end, when others may have written: answered to nobody
            return;
        }
        switch (command) {
            case WorkerCommand.CheckScope check -> {
                // one that was stopped may end after the first write, and is answered to nobody
                if (answer.result() == WorkerAnswer.Result.DONE && commands.isNewest(check)) {
                    writes.requireBefore(plan, check, "target-unchanged");
                    unchanged.add(
                            new Vouched(check.envelope().id(), check.envelope().planDigest()));
                }
            }
            case WorkerCommand.Close close -> {
                if (!close.rolledBack()) {
                    if (answer.result() == WorkerAnswer.Result.DONE) {
                        writes.requireAfter(plan, close);
                    }
                } else if (answer.result() == WorkerAnswer.Result.DONE) {
                    writes.requireBefore(plan, close, "rollback-is-identity");
                } else {
                    writes.requireCause(
                            plan,
                            close,
                            answer,
                            secondTries.isRefused(close.envelope().id()));
                }
            }
            case WorkerCommand.ApplyBatch _, WorkerCommand.RevertBatch _ -> {
                if (execution.outcomes().stream().anyMatch(java.util.Objects::isNull)) {
                    throw new Violation("every-outcome", name(command) + " lacks outcomes");
                }
            }
        }
    }

    void answered(WorkerAnswer answer) {
        commands.answered(answer);
        secondTries.answered(answer);
        if (answer.kind() == WorkerAnswer.Kind.CLOSE) {
            closed.computeIfAbsent(answer.id(), _ -> EnumSet.noneOf(WorkerAnswer.Result.class))
                    .add(answer.result());
        }
    }

    /** As last published, or null. */
    MigrationStatus status(MigrationId id) {
        return statuses.get(id);
    }

    void status(MigrationStatus status, EnvironmentState environment) {
        var last = statuses.put(status.id(), status);
        if (last != null && status.sequence() <= last.sequence()) {
            throw new Violation("status-sequence", status.sequence() + " after " + last.sequence());
        }
        if (last != null && last.ended() && last.state() != status.state()) {
            throw new Violation("end-is-end", status.id() + " " + last.state() + ", then " + status.state());
        }
        if (!status.ended() || last != null && last.ended()) {
            return;
        }
        ended(status, environment);
        writes.over(status.id());
    }

    private void ended(MigrationStatus status, EnvironmentState environment) {
        var id = status.id();
        var close = closed.getOrDefault(id, Set.of());
        switch (status.state()) {
            case SUCCEEDED -> {
                if (undoneInTime.contains(id)) {
                    throw new Violation("undone-stays-undone", id + " succeeded though a person undid it");
                }
                if (!close.contains(WorkerAnswer.Result.DONE)
                        || status.checklist().stream().anyMatch(line -> line.mark() == ChecklistLine.Mark.MISSING)) {
                    throw new Violation("fail-closed", id + " succeeded with " + close + " " + status.checklist());
                }
            }
            case ROLLED_BACK -> {
                if (!close.contains(WorkerAnswer.Result.DONE)) {
                    throw new Violation("rollback-is-measured", id + " is ROLLED_BACK after " + close);
                }
                undoneAtSecondTry += secondTries.isTriedAgain(id) ? 1 : 0;
                requireHold(id, environment);
            }
            case ROLLBACK_INCOMPLETE -> {
                if (!close.contains(WorkerAnswer.Result.DIFFERS)
                        || status.differences().isEmpty()) {
                    throw new Violation("rollback-is-measured", id + " is incomplete after " + close);
                }
                requireHold(id, environment);
            }
            default -> {
                if (writes.hasWritten(id)) {
                    throw new Violation("no-part-applied", id + " ended as " + status.state() + " and has written");
                }
            }
        }
    }

    private static void requireHold(MigrationId id, EnvironmentState environment) {
        if (!environment.holds().containsKey(id)) {
            throw new Violation("stays-rolled-back", id + " holds nothing");
        }
    }

    /** Everything has ended. */
    void over(EnvironmentState environment) {
        if (!environment.members().isEmpty()) {
            throw new Violation(
                    "no-lock-stays", "still there: " + environment.members().keySet());
        }
    }
}
