package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.PlanSummary;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Claim;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plans from what the target shows, which need not be what it holds. */
final class PlannerNode {
    private static final List<String> MANAGED = List.of("config.a", "config.b");

    private final World world;

    PlannerNode(World world) {
        this.world = world;
    }

    void plan(Effect.PlanRequested request) {
        if (world.chance.accident(60)) {
            world.broker.publish(
                    "plans",
                    World.ENVIRONMENT,
                    new Fact.PlanRejected(
                            request.id(), request.revision(), List.of(Problem.of("PLN-TEST", "not to be planned"))));
            return;
        }
        var wishes = world.wanted.get(request.id());
        var found = world.target.readAll(wishes.keySet());
        var operations = new ArrayList<PlannedOperation>();
        wishes.forEach((key, wish) -> difference(key, wish, found.get(key)).ifPresent(operations::add));
        var plan = plan(request, operations, found);
        var digest = world.store(plan);
        world.oracle.planned(request.id(), digest, plan);
        var judgedUntil = world.judgedUntil();
        world.oracle.judged(request.id(), digest, judgedUntil);
        var summary = summary(plan, digest)
                .judgedUntil(world.bug == Bug.JUDGEMENT_NEVER_OVER ? Optional.empty() : judgedUntil);
        world.trace(() -> "planner proposes " + digest.brief() + " for " + request.id() + " of "
                + operations.stream().map(PlannedOperation::operation).toList());
        world.broker.publish(
                "plans", World.ENVIRONMENT, new Fact.PlanProposed(request.id(), request.revision(), summary));
    }

    private Optional<PlannedOperation> difference(EntryKey key, Optional<Content> wish, EntryState found) {
        return switch (found) {
            case EntryState.Present(var content, var incarnation) ->
                wish.isEmpty()
                        ? planned(new Operation.Delete(key, managed(key, content), Removal.RETIRE), incarnation)
                        : update(key, content, wish.get(), incarnation);
            case EntryState.Retired(var _, var incarnation) ->
                wish.flatMap(after -> planned(new Operation.Create(key, after), incarnation));
            case EntryState.Absent _ -> wish.flatMap(after -> planned(new Operation.Create(key, after), ""));
        };
    }

    private static Content managed(EntryKey key, Content content) {
        return key.kind().equals("acl") ? Content.EMPTY : content.only(MANAGED);
    }

    private static Optional<PlannedOperation> update(EntryKey key, Content found, Content wish, String incarnation) {
        var changed = wish.fields().keySet().stream()
                .filter(field -> !found.get(field).equals(wish.get(field)))
                .toList();
        return changed.isEmpty()
                ? Optional.empty()
                : planned(new Operation.Update(key, found.only(changed), wish.only(changed)), incarnation);
    }

    private static Optional<PlannedOperation> planned(Operation operation, String incarnation) {
        return Optional.of(new PlannedOperation(
                operation.key().toString(),
                "Entry/" + operation.key().address(),
                operation,
                incarnation,
                operation instanceof Operation.Create ? Risk.ADDITIVE : Risk.MUTATING,
                UndoClass.EXACT,
                List.of()));
    }

    private Plan plan(
            Effect.PlanRequested request, List<PlannedOperation> operations, Map<EntryKey, EntryState> found) {
        var phases = new ArrayList<Phase>();
        var name = request.id() + " " + request.revision();
        int canary = operations.isEmpty() ? 0 : world.chance.fated("canary of " + name, operations.size());
        int batch = 0;
        for (var part : List.of(operations.subList(0, canary), operations.subList(canary, operations.size()))) {
            if (!part.isEmpty()) {
                var batches = batches(part, batch, 1 + world.chance.fated("batches of " + name, 4));
                batch += batches.size();
                phases.add(new Phase(
                        phases.size(),
                        "phase-" + phases.size(),
                        batches,
                        List.of(),
                        "",
                        bake("bake " + phases.size() + " of " + request.id())));
            }
        }
        var bytes = request.bundleDigest();
        var unhashed = new Plan(World.ENVIRONMENT, bytes, bytes, bytes, phases, List.of(), List.of());
        return new Plan(
                World.ENVIRONMENT,
                bytes,
                bytes,
                StateHash.of(StateHash.pairs(unhashed), found),
                phases,
                List.of(),
                List.of(),
                List.of(),
                world.needs(request.id()),
                world.rehearsedFor(request.id()));
    }

    /** One that is shorter than most of what a process does, one that is longer, or none: the same in each revision. */
    private Bake bake(String name) {
        return switch (world.chance.fated(name, 4)) {
            case 0 -> new Bake(20, Grace.Unit.SECONDS);
            case 1 -> new Bake(4, Grace.Unit.MINUTES);
            default -> Bake.NONE;
        };
    }

    private static List<Batch> batches(List<PlannedOperation> operations, int first, int size) {
        var batches = new ArrayList<Batch>();
        for (int from = 0; from < operations.size(); from += size) {
            batches.add(new Batch(
                    first + batches.size(),
                    World.TARGET,
                    operations.subList(from, Math.min(operations.size(), from + size))));
        }
        return batches;
    }

    private PlanSummary summary(Plan plan, Digest digest) {
        var phases = plan.phases().stream()
                .map(phase -> new PlanSummary.PhaseSummary(
                        phase.name(),
                        phase.batches().getFirst().number(),
                        phase.batches().size(),
                        0,
                        Optional.of(phase.bake()).filter(bake -> !bake.isNone() && world.bug != Bug.BAKE_SKIPPED)))
                .toList();
        return new PlanSummary(
                        digest,
                        "bucket:plan-" + digest.brief(),
                        "bucket:bundle",
                        plan.beforeHash(),
                        phases,
                        world.bug == Bug.NO_SCOPE ? List.of() : scope(plan),
                        plan.operations()
                                .map(PlannedOperation::changeFingerprint)
                                .sorted()
                                .toList(),
                        0,
                        0,
                        0,
                        Risk.MUTATING,
                        List.of(),
                        Optional.empty(),
                        world.bug == Bug.NEEDS_FORGOTTEN ? List.of() : plan.approvals(),
                        Optional.empty())
                .rehearsedFor(plan.rehearsedFor());
    }

    private List<Claim> scope(Plan plan) {
        SortedMap<EntryKey, Claim> claims = new TreeMap<>();
        if (world.chance.oneIn(4)) {
            claim(claims, world.chance.pick(World.keys()), Claim.Access.READ);
        }
        plan.written().forEach(key -> claim(claims, key, Claim.Access.WRITE));
        return claims.values().stream().sorted().toList();
    }

    private static void claim(Map<EntryKey, Claim> claims, EntryKey key, Claim.Access access) {
        claims.put(key, new Claim(key.target(), key.kind(), Claim.Pattern.LITERAL, key.address(), access));
    }
}
