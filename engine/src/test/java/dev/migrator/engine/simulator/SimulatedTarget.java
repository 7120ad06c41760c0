package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Capability;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.FaultyTarget.Call;
import dev.migrator.target.testkit.FaultyTarget.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the worker sees of the target: faults, crashes and outsiders between any two calls, and the mistakes on purpose. */
final class SimulatedTarget implements TargetWriter {
    private final World world;
    private final Outsider outsider;
    private final FaultyTarget faulty;
    private final Expectations expectations;
    private final Runnable mayStop;
    /** What the target does not let go of, and how often it still says so. */
    private final Map<EntryKey, Integer> stubborn = new HashMap<>();

    /** @param mayStop called between any two calls: the caller may be stopped there and continue later */
    SimulatedTarget(World world, Outsider outsider, Expectations expectations, Runnable mayStop) {
        this.mayStop = mayStop;
        this.world = world;
        this.outsider = outsider;
        this.faulty = new FaultyTarget(world.target, this::fault);
        this.expectations = expectations;
    }

    private Fault fault(Call call) {
        var chance = world.chance;
        var fault = switch (call.kind()) {
            case READ, POSITION -> chance.accident(30) ? Fault.UNAVAILABLE : Fault.NONE;
            case SETTLE -> chance.accident(20) ? Fault.UNAVAILABLE : Fault.NONE;
            case DRY_RUN ->
                chance.accident(20) ? Fault.UNAVAILABLE : chance.accident(30) ? Fault.REFUSE_ONE : Fault.NONE;
            case APPLY ->
                switch (chance.isCalm() ? 99 : chance.below(60)) {
                    case 0, 1, 2 -> Fault.UNAVAILABLE;
                    case 3, 4, 5 -> Fault.LOSE_ANSWER;
                    case 6, 7 -> Fault.PARTIAL_EFFECT;
                    case 8, 9 -> Fault.LANDS_LATE;
                    case 10 -> Fault.REFUSE_ONE;
                    case 11 -> Fault.REFUSE_ALL;
                    default -> Fault.NONE;
                };
        };
        if (fault != Fault.NONE) {
            world.trace(() -> "fault at " + call.kind() + ": " + fault);
        }
        if (call.kind() == Call.Kind.APPLY && (fault == Fault.REFUSE_ONE || fault == Fault.REFUSE_ALL)) {
            world.oracle.refused();
        }
        return fault;
    }

    private void between() {
        if (world.chance.death(40)) {
            world.trace(() -> "the worker dies");
            throw new Crash();
        }
        if (world.chance.accident(25)) {
            outsider.meddle();
        }
        mayStop.run();
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        between();
        var states = new TreeMap<>(faulty.readAll(keys));
        world.trace(() -> "the worker reads " + states);
        return isForced() ? expectations.pretend(states) : states;
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        between();
        var outcomes = faulty.dryRun(operations);
        world.oracle.dryRun(outcomes);
        return outcomes;
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        between();
        var outcomes = applyWilling(operations, incarnations, guard);
        if (world.bug == Bug.UNMANAGED_FIELDS_DROPPED) {
            dropUnmanaged(operations);
        }
        world.trace(() -> "the worker is answered " + outcomes);
        between();
        return outcomes;
    }

    /** For a while, entries are not let go of, alone or with whatever is asked for in the same call. */
    private List<Outcome> applyWilling(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        var refused = expectations.isUndoing()
                ? operations.stream().filter(this::isStubborn).toList()
                : List.<Operation>of();
        if (refused.isEmpty()) {
            return reach(operations, incarnations, guard);
        }
        world.trace(() -> "the target does not let go of " + refused);
        world.oracle.refused();
        var problem = Problem.of("TST-STUBBORN", "the target does not let go of it");
        if (world.chance.oneIn(2)) {
            throw new TargetException.Refused(problem, null);
        }
        var outcomes = new ArrayDeque<>(reach(
                operations.stream()
                        .filter(operation -> !refused.contains(operation))
                        .toList(),
                incarnations,
                guard));
        return operations.stream()
                .map(operation -> refused.contains(operation)
                        ? embellished(new Outcome.Failed(operation.key(), problem))
                        : outcomes.removeFirst())
                .toList();
    }

    private boolean isStubborn(Operation operation) {
        if (world.chance.accident(25)) {
            stubborn.put(operation.key(), 1 + world.chance.below(8));
        }
        return stubborn.computeIfPresent(operation.key(), (_, left) -> left == 0 ? null : left - 1) != null;
    }

    private List<Outcome> reach(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        return switch (world.bug) {
            case SILENCE_IS_SUCCESS, REFUSAL_IS_SUCCESS -> embellished(operations, incarnations, guard);
            case COMPARE_AND_SET_SKIPPED, SECOND_TRY_FORCED ->
                isForced()
                        ? faulty.apply(forced(operations), Map.of(), guard)
                        : faulty.apply(operations, incarnations, guard);
            case INCARNATION_IGNORED -> faulty.apply(operations, Map.of(), guard);
            case REVERT_SKIPPED ->
                expectations.isUndoing()
                        ? operations.stream()
                                .<Outcome>map(o -> new Outcome.Applied(o.key(), ""))
                                .toList()
                        : faulty.apply(operations, incarnations, guard);
            default -> faulty.apply(operations, incarnations, guard);
        };
    }

    private boolean isForced() {
        return world.bug == Bug.COMPARE_AND_SET_SKIPPED
                || world.bug == Bug.SECOND_TRY_FORCED && expectations.isUndoingAgain();
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        between();
        if (world.bug == Bug.NO_SETTLE) {
            return;
        }
        faulty.settle(atMost, guard);
        world.oracle.settled();
        between();
    }

    /** The mistake: no answer, or a bad one, passes for a good one. */
    private List<Outcome> embellished(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        try {
            return faulty.apply(operations, incarnations, guard).stream()
                    .map(outcome -> embellished(outcome))
                    .toList();
        } catch (TargetException.Unavailable e) {
            if (world.bug != Bug.SILENCE_IS_SUCCESS) {
                throw e;
            }
            return operations.stream()
                    .<Outcome>map(operation -> new Outcome.Applied(operation.key(), ""))
                    .toList();
        }
    }

    private Outcome embellished(Outcome outcome) {
        boolean passes = switch (outcome) {
            case Outcome.Unknown _ -> world.bug == Bug.SILENCE_IS_SUCCESS;
            case Outcome.Failed _ -> world.bug == Bug.REFUSAL_IS_SUCCESS;
            default -> false;
        };
        return passes ? new Outcome.Applied(outcome.key(), "") : outcome;
    }

    /** Expects of each entry whatever it holds. */
    private List<Operation> forced(List<Operation> operations) {
        return operations.stream()
                .map(operation -> {
                    var key = operation.key();
                    if (!(world.target.readAll(Set.of(key)).get(key)
                            instanceof EntryState.Present(var content, var _))) {
                        return operation;
                    }
                    return switch (operation) {
                        case Operation.Create(var _, var after)
                        when !after.fields().isEmpty() ->
                            new Operation.Update(
                                    key, content.only(after.fields().keySet()), after);
                        case Operation.Create create -> create;
                        case Operation.Update(var _, var _, var after) ->
                            new Operation.Update(
                                    key, content.only(after.fields().keySet()), after);
                        case Operation.Delete(var _, var before, var removal) ->
                            new Operation.Delete(
                                    key, content.only(before.fields().keySet()), removal);
                    };
                })
                .toList();
    }

    private void dropUnmanaged(List<Operation> operations) {
        for (var operation : operations) {
            var key = operation.key();
            if (operation instanceof Operation.Update
                    && world.target.truth(key) instanceof EntryState.Present(var content, var _)
                    && !content.get("config.unmanaged").isNull()) {
                try {
                    world.target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
                    var _ = world.target.apply(
                            List.of(new Operation.Update(
                                    key,
                                    content.only(List.of("config.unmanaged")),
                                    Content.of("config.unmanaged", Value.NULL))),
                            WriteGuard.ALWAYS);
                } catch (TargetException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public int maxBatch() {
        return 3;
    }

    @Override
    public String identity() {
        return world.target.identity();
    }

    @Override
    public SystemFacts facts() {
        return world.target.facts();
    }

    @Override
    public Set<Capability> capabilities() {
        return world.target.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) {
        return world.target.list(kind);
    }

    @Override
    public void close() {}

    /** A guard whose lease may be lost at any call, and is when {@code isOver}. */
    WriteGuard guard(BooleanSupplier isOver) {
        return () -> {
            if (isOver.getAsBoolean() || world.chance.accident(80)) {
                world.trace(() -> "the lease is lost");
                throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
            }
        };
    }
}
