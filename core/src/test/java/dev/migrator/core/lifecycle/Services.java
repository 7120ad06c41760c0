package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.lifecycle.WorkerAnswer.Counts;
import dev.migrator.core.lifecycle.WorkerAnswer.Kind;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import dev.migrator.core.lifecycle.World.Wish;
import dev.migrator.core.plan.Claim;
import dev.migrator.core.plan.Risk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Planner, snapshotter, worker and verifier of the {@link World}: they really read and write its target. */
final class Services {
    final Map<MigrationId, Wish> wishes = new HashMap<>();
    private final Map<String, String> target;
    private final Map<Digest, SortedMap<String, String>> befores = new HashMap<>();
    private final Map<MigrationId, Position> newest = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    Services(Map<String, String> target) {
        this.target = target;
    }

    Fact.OfMigration work(Effect effect) {
        return switch (effect) {
            case Effect.PlanRequested asked ->
                new Fact.PlanProposed(asked.id(), asked.revision(), plan(wishes.get(asked.id())));
            case Effect.DryRunRequested asked ->
                new Fact.DryRunAnswered(
                        asked.id(),
                        asked.revision(),
                        asked.planDigest(),
                        new DryRunReport(
                                1, 0, 0, List.of(), List.of(), "dry-run.json", Optional.of(Digest.ofText("dry run"))));
            case Effect.SnapshotRequested asked ->
                new Fact.SnapshotStored(
                        asked.id(),
                        asked.revision(),
                        asked.planDigest(),
                        "snapshot.json",
                        Digest.ofText("snapshot"),
                        hash(now(wishes.get(asked.id()))),
                        1);
            case Effect.RehearsalRequested asked ->
                new Fact.RehearsalAnswered(
                        asked.id(),
                        asked.revision(),
                        asked.planDigest(),
                        asked.snapshot().digest(),
                        new RehearsalReport(
                                1,
                                1,
                                0,
                                List.of(),
                                Optional.empty(),
                                "rehearsal.json",
                                Optional.of(Digest.ofText("rehearsal"))));
            // silent at first, wherever the number of the migration is odd
            case Effect.MonitoringRequested asked ->
                new Fact.MonitoringAnswered(
                        asked.id(),
                        asked.revision(),
                        asked.asking(),
                        asked.planDigest(),
                        asked.asking() == 1 && asked.id().value().hashCode() % 2 != 0
                                ? MonitoringReport.impossible(World.WRONG)
                                : new MonitoringReport(
                                        List.of("checkout-service errors"),
                                        List.of(),
                                        "monitoring.json",
                                        Optional.of(Digest.ofText("monitoring"))));
            case Effect.VerifyPhase asked ->
                asked.phase() == wishes.get(asked.id()).wrongPhase()
                        ? new Fact.AnomalyDetected(asked.id(), asked.epoch(), asked.phase(), List.of(World.WRONG))
                        : new Fact.PhaseVerified(asked.id(), asked.epoch(), asked.phase(), "evidence.json");
            case Effect.Command(var command) -> new Fact.Answered(work(command));
            case Effect.DrillRequested _, Effect.DrillReported _, Effect.StatusChanged _, Effect.Audited _ ->
                throw new IllegalArgumentException();
        };
    }

    private WorkerAnswer work(WorkerCommand command) {
        var envelope = command.envelope();
        var wish = wishes.get(envelope.id());
        var before = befores.get(envelope.planDigest());
        var last = newest.get(envelope.id());
        var kind = switch (command) {
            case WorkerCommand.CheckScope _ -> Kind.CHECK_SCOPE;
            case WorkerCommand.ApplyBatch _ -> Kind.APPLY_BATCH;
            case WorkerCommand.RevertBatch _ -> Kind.REVERT_BATCH;
            case WorkerCommand.Close _ -> Kind.CLOSE;
        };
        if (last != null && last.compareTo(envelope.position()) > 0) {
            return answer(envelope, kind, -1, Result.SUPERSEDED);
        }
        newest.put(envelope.id(), envelope.position());
        return switch (command) {
            case WorkerCommand.CheckScope check ->
                answer(envelope, kind, -1, hash(now(wish)).equals(check.beforeHash()) ? Result.DONE : Result.DIFFERS);
            case WorkerCommand.ApplyBatch apply -> {
                var key = List.copyOf(wish.wanted().keySet()).get(apply.batch());
                yield answer(
                        envelope,
                        kind,
                        apply.batch(),
                        set(key, before.get(key), wish.wanted().get(key)) ? Result.DONE : Result.CONFLICT);
            }
            // refused the first time, whatever stood in its way is gone the second time
            case WorkerCommand.RevertBatch revert
            when Math.floorMod(envelope.id().value().hashCode() + revert.batch(), 3) == 0
                    && refused.add(envelope.id() + " " + revert.batch()) ->
                answer(envelope, kind, revert.batch(), Result.FAILED);
            case WorkerCommand.RevertBatch revert -> {
                var key = List.copyOf(wish.wanted().keySet()).get(revert.batch());
                yield answer(
                        envelope,
                        kind,
                        revert.batch(),
                        set(key, wish.wanted().get(key), before.get(key)) ? Result.DONE : Result.CONFLICT);
            }
            case WorkerCommand.Close close ->
                answer(
                        envelope,
                        kind,
                        -1,
                        !close.rolledBack() || hash(now(wish)).equals(close.beforeHash())
                                ? Result.DONE
                                : Result.DIFFERS);
        };
    }

    private boolean set(String key, String expected, String wanted) {
        var found = target.getOrDefault(key, "");
        if (found.equals(wanted)) {
            return true;
        }
        if (!found.equals(expected)) {
            return false;
        }
        target.put(key, wanted);
        return true;
    }

    private WorkerAnswer answer(WorkerCommand.Envelope envelope, Kind kind, int batch, Result result) {
        var answer = new WorkerAnswer(
                envelope.id(),
                envelope.position(),
                kind,
                batch,
                result,
                result == Result.FAILED ? new Counts(0, 0, 0, 0, 1) : Counts.NONE,
                batch < 0 ? Optional.of(hash(now(wishes.get(envelope.id())))) : Optional.empty(),
                List.of(),
                result == Result.CONFLICT ? List.of("batch " + batch) : List.of(),
                Optional.empty(),
                Optional.empty());
        return kind == Kind.CHECK_SCOPE && result == Result.DONE ? answer.with(Answers.kit(envelope)) : answer;
    }

    /** One phase in three. */
    private static Optional<Bake> bake(Wish wish, int first) {
        return Math.floorMod(wish.id().value().hashCode() + first, 3) == 0
                ? Optional.of(new Bake(1, Grace.Unit.MINUTES))
                : Optional.empty();
    }

    private PlanSummary plan(Wish wish) {
        var before = now(wish);
        var digest = Digest.ofText(wish.wanted() + " from " + before);
        befores.put(digest, before);
        var phases = new ArrayList<PlanSummary.PhaseSummary>();
        int first = 0;
        for (int batches : before.equals(wish.wanted()) ? List.<Integer>of() : wish.phases()) {
            phases.add(new PlanSummary.PhaseSummary("phase " + first, first, batches, 0, bake(wish, first)));
            first += batches;
        }
        var scope = wish.wanted().keySet().stream()
                .map(key -> new Claim("t", "k", Claim.Pattern.LITERAL, key, Claim.Access.WRITE))
                .toList();
        var changes = wish.wanted().entrySet().stream().map(Object::toString).toList();
        return new PlanSummary(
                        digest,
                        "plan.json",
                        "bundle.json",
                        hash(before),
                        phases,
                        scope,
                        changes,
                        1,
                        0,
                        0,
                        Risk.ADDITIVE,
                        List.of())
                .rehearsedFor(isRehearsed(wish) ? List.of("every-other-one") : List.of());
    }

    private static boolean isRehearsed(Wish wish) {
        return wish.id().value().hashCode() % 2 == 0;
    }

    private SortedMap<String, String> now(Wish wish) {
        var now = new TreeMap<String, String>();
        wish.wanted().keySet().forEach(key -> now.put(key, target.getOrDefault(key, "")));
        return now;
    }

    private static Digest hash(SortedMap<String, String> state) {
        return Digest.ofText(state.toString());
    }
}
