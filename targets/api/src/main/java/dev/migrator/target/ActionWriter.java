package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.CompareAndSet.Judgement;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Does and undoes actions, one after another: each is asked for first, and seen before it counts as applied. */
public final class ActionWriter implements TargetWriter {
    /** Each is a call of its own, and none is begun before the one before it is seen. */
    public static final int MAX_BATCH = 20;

    private static final String NOT_TRIED =
            "an action cannot be tried without doing it, and its probe is asked again before it is done";

    private final ActionSystem system;
    private final ActionReader reader;
    private final UnseenActions unseen;

    /** @param callTimeout bound of every call of the system, and for how long the effect of a call that was given up may still show */
    public ActionWriter(ActionSystem system, Duration callTimeout) {
        this.system = system;
        this.reader = new ActionReader(system);
        this.unseen = new UnseenActions(callTimeout);
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " operations, found " + operations.size());
        }
        requireOnceEach(operations);
        var outcomes = new ArrayList<Outcome>();
        var faults = new ArrayList<TargetException.Unavailable>();
        var stopped = Optional.<TargetException.Unavailable>empty();
        for (var operation : operations) {
            try {
                if (stopped.isPresent()) {
                    throw stopped.get();
                }
                outcomes.add(apply(operation, incarnations.getOrDefault(operation.key(), ""), guard));
            } catch (TargetException.Fenced e) {
                throw e;
            } catch (TargetException e) {
                if (e instanceof TargetException.Unavailable unavailable) {
                    faults.add(unavailable);
                    // one that was answered with "not now" is about one action: the system is there
                    stopped = stopped.or(() -> Optional.of(unavailable).filter(fault -> fault.getCause() != null));
                }
                outcomes.add(outcome(operation.key(), e));
            }
        }
        if (!operations.isEmpty() && faults.size() == operations.size()) {
            throw faults.getFirst();
        }
        return List.copyOf(outcomes);
    }

    private static void requireOnceEach(List<Operation> operations) {
        var seen = new HashSet<EntryKey>();
        for (var operation : operations) {
            if (!seen.add(operation.key())) {
                throw new IllegalArgumentException("one call names a key at most once: " + operation.key());
            }
        }
    }

    private static Outcome outcome(EntryKey key, TargetException fault) {
        var problem = about(key, fault.problem());
        return fault instanceof TargetException.Refused
                ? new Outcome.Failed(key, problem)
                : new Outcome.Unknown(key, problem);
    }

    private static Problem about(EntryKey key, Problem problem) {
        var name = "action " + ActionAddress.nameOf(key);
        return problem.thing().contains(name)
                ? problem
                : problem.about(problem.thing().isEmpty() ? name : name + ", " + problem.thing());
    }

    private Outcome apply(Operation operation, String incarnation, WriteGuard guard) throws TargetException {
        var key = operation.key();
        var action = reader.action(key);
        if (operation.isPurge()) {
            return CannotPurge.outcome(key, "an action is done or not; none is kept out of use");
        }
        return switch (Judged.judge(operation, incarnation, reader.state(key))) {
            case Judgement.AlreadyApplied _ -> new Outcome.AlreadyApplied(key, "");
            case Judgement.Conflict(var actual) -> new Outcome.Conflict(key, actual);
            case Judgement.Write _ -> carryOut(operation, action, guard);
        };
    }

    private Outcome carryOut(Operation operation, ActionAddress action, WriteGuard guard) throws TargetException {
        var key = operation.key();
        boolean undo = undoes(operation);
        if (undo && !action.canBeUndone()) {
            return new Outcome.Failed(key, about(key, action.noUndo().orElseThrow()));
        }
        unseen.sent(key, undo);
        try {
            return switch (system.carryOut(key, action, undo, guard)) {
                case ActionSystem.Effect.Seen _ -> {
                    unseen.seen(key);
                    yield new Outcome.Applied(key, "");
                }
                case ActionSystem.Effect.NotSeen(var problem) -> {
                    unseen.sent(key, undo);
                    yield new Outcome.Failed(key, about(key, problem));
                }
                case ActionSystem.Effect.Doubtful(var problem) -> {
                    unseen.sent(key, undo);
                    yield new Outcome.Unknown(key, about(key, problem));
                }
            };
        } catch (TargetException e) {
            // refused, or put off by an answer: nothing is at work; without an answer the effect may still come
            if (e instanceof TargetException.Unavailable && e.getCause() != null) {
                unseen.sent(key, undo);
            } else {
                unseen.seen(key);
            }
            throw e;
        }
    }

    private static boolean undoes(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> false;
            case Operation.Delete _ -> true;
            case Operation.Update _ ->
                throw new IllegalArgumentException("an action has no fields: " + operation.key());
        };
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) {
        if (operations.size() > MOST_DRY_RUN) {
            throw new IllegalArgumentException("at most " + MOST_DRY_RUN + " operations, found " + operations.size());
        }
        requireOnceEach(operations);
        var outcomes = new ArrayList<DryRunOutcome>();
        for (var operation : operations) {
            outcomes.add(foretold(operation));
        }
        return outcomes;
    }

    /** From the definition alone: nobody has approved yet that the credential which acts is used. */
    private DryRunOutcome foretold(Operation operation) {
        var key = operation.key();
        ActionAddress action;
        try {
            action = reader.action(key);
        } catch (TargetException.Refused e) {
            return new DryRunOutcome.Refused(key, about(key, e.problem()));
        }
        if (operation.isPurge()) {
            return CannotPurge.foretold(key, "an action is done or not; none is kept out of use");
        }
        return undoes(operation) && !action.canBeUndone()
                ? new DryRunOutcome.Refused(key, about(key, action.noUndo().orElseThrow()))
                : new DryRunOutcome.Unchecked(key, NOT_TRIED);
    }

    /** What was sent and not seen may show late: nothing is judged until it does, or its time is up. */
    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        system.settle(atMost);
        unseen.await(key -> system.isDone(key, reader.action(key)), atMost);
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public String identity() throws TargetException {
        return reader.identity();
    }

    @Override
    public Set<Capability> capabilities() {
        return reader.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return reader.list(kind);
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return reader.readAll(keys);
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) {
        return reader.impact(operations);
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return reader.facts();
    }

    @Override
    public void close() {
        reader.close();
    }
}
