package dev.migrator.target.testkit;

import dev.migrator.core.error.Problem;
import dev.migrator.core.impact.Impact;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts faults between the caller and a target: which one comes at which call is told by a script or drawn from a seed. */
public final class FaultyTarget implements TargetWriter {
    /** What happens at one call. */
    public enum Fault {
        NONE,
        /** Unavailable, and nothing took effect. */
        UNAVAILABLE,
        /** The write took effect, the answer was lost. */
        LOSE_ANSWER,
        /** The first half took effect, then the connection broke. */
        PARTIAL_EFFECT,
        /** Nothing has taken effect when the caller gives up; it lands before the next settle returns. In memory only. */
        LANDS_LATE,
        /** One entry is refused, the others go on. */
        REFUSE_ONE,
        /** The whole call is refused because of one entry in it. */
        REFUSE_ALL
    }

    /** The call about to be made. */
    public record Call(Kind kind, List<Operation> operations) {
        public enum Kind {
            READ,
            APPLY,
            SETTLE,
            DRY_RUN,
            POSITION
        }
    }

    /** Chooses the fault of each call; faults that a call cannot have count as UNAVAILABLE. */
    @FunctionalInterface
    public interface Script {
        Fault at(Call call);
    }

    private final TargetWriter target;
    private final Script script;

    public FaultyTarget(TargetWriter target, Script script) {
        this.target = target;
        this.script = script;
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        return switch (script.at(new Call(Call.Kind.APPLY, operations))) {
            case NONE -> target.apply(operations, incarnations, guard);
            case UNAVAILABLE -> throw unavailable();
            case LOSE_ANSWER -> {
                var _ = target.apply(operations, incarnations, guard);
                throw unavailable();
            }
            case PARTIAL_EFFECT -> {
                var _ = target.apply(operations.subList(0, (operations.size() + 1) / 2), incarnations, guard);
                throw unavailable();
            }
            case LANDS_LATE -> {
                if (target instanceof InMemoryTarget memory) {
                    memory.applyLate(operations, incarnations, guard);
                }
                throw unavailable();
            }
            case REFUSE_ONE -> refuseOne(operations, incarnations, guard);
            case REFUSE_ALL -> throw refusedWhole(operations);
        };
    }

    private List<Outcome> refuseOne(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.isEmpty()) {
            return target.apply(operations, incarnations, guard);
        }
        int bad = operations.size() / 2;
        var rest = new ArrayList<>(operations);
        var refused = rest.remove(bad);
        var outcomes = new ArrayList<>(target.apply(rest, incarnations, guard));
        outcomes.add(bad, new Outcome.Failed(refused.key(), refused(refused.key())));
        return outcomes;
    }

    private static Problem refused(EntryKey key) {
        return Problem.of("TGT-REFUSED", "the target refused this entry").about(key.toString());
    }

    private static TargetException.Refused refusedWhole(List<Operation> operations) {
        return new TargetException.Refused(
                Problem.of("TGT-REFUSED", "the target refused the whole call").about(operations.size() + " entries"),
                null);
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        if (script.at(new Call(Call.Kind.SETTLE, List.of())) != Fault.NONE) {
            throw unavailable();
        }
        target.settle(atMost, guard);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        return switch (script.at(new Call(Call.Kind.DRY_RUN, operations))) {
            case NONE -> target.dryRun(operations);
            case REFUSE_ONE -> refuseOne(operations);
            case REFUSE_ALL -> throw refusedWhole(operations);
            case UNAVAILABLE, LOSE_ANSWER, PARTIAL_EFFECT, LANDS_LATE -> throw unavailable();
        };
    }

    private List<DryRunOutcome> refuseOne(List<Operation> operations) throws TargetException {
        var outcomes = new ArrayList<>(target.dryRun(operations));
        if (!outcomes.isEmpty()) {
            var refused = operations.get(operations.size() / 2).key();
            outcomes.set(operations.size() / 2, new DryRunOutcome.Refused(refused, refused(refused)));
        }
        return outcomes;
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        if (script.at(new Call(Call.Kind.READ, List.of())) != Fault.NONE) {
            throw unavailable();
        }
        return target.readAll(keys);
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        if (script.at(new Call(Call.Kind.READ, List.of())) != Fault.NONE) {
            throw unavailable();
        }
        return target.impact(operations);
    }

    @Override
    public String identity() throws TargetException {
        return target.identity();
    }

    @Override
    public Optional<String> position() throws TargetException {
        if (script.at(new Call(Call.Kind.POSITION, List.of())) != Fault.NONE) {
            throw unavailable();
        }
        return target.position();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return target.facts();
    }

    @Override
    public Set<Capability> capabilities() throws TargetException {
        return target.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return target.list(kind);
    }

    @Override
    public int maxBatch() {
        return target.maxBatch();
    }

    @Override
    public void close() {
        target.close();
    }

    private static TargetException.Unavailable unavailable() {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", "the target did not answer").todo("try again"), null);
    }
}
