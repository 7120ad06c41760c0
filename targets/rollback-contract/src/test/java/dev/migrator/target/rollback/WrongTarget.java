package dev.migrator.target.rollback;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.Capability;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.MemoryHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An in-memory target with one mistake. */
final class WrongTarget implements TargetWriter {
    private final InMemoryTarget target;
    private final Mistake mistake;
    /** What this process first found. */
    private final Map<EntryKey, EntryState> first = new HashMap<>();

    private boolean wrote;

    WrongTarget(InMemoryTarget target, Mistake mistake) {
        this.target = target;
        this.mistake = mistake;
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        var before = new HashMap<EntryKey, EntryState>();
        operations.forEach(operation -> before.put(operation.key(), target.truth(operation.key())));
        before.forEach(first::putIfAbsent);
        var outcomes = written(operations, incarnations, guard);
        wrote = true;
        operations.forEach(operation -> afterwards(operation, before.get(operation.key())));
        return outcomes;
    }

    private List<Outcome> written(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        return switch (mistake) {
            case DOES_NOTHING -> operations.stream().map(WrongTarget::applied).toList();
            case KEEPS_WHAT_WAS_MADE -> without(operations, WrongTarget::takesAway, incarnations, guard);
            case SKIPS_THE_LAST ->
                operations.size() < 2
                        ? target.apply(operations, incarnations, guard)
                        : without(operations, operations.getLast()::equals, incarnations, guard);
            default -> target.apply(operations, incarnations, guard);
        };
    }

    private static boolean takesAway(Operation operation) {
        return operation instanceof Operation.Delete(var _, var _, var removal) && removal == Removal.REMOVE_IF_EMPTY;
    }

    private static Outcome applied(Operation operation) {
        return new Outcome.Applied(operation.key(), "");
    }

    private List<Outcome> without(
            List<Operation> operations,
            Predicate<Operation> skipped,
            Map<EntryKey, String> incarnations,
            WriteGuard guard)
            throws TargetException {
        var outcomes = new ArrayList<Outcome>();
        for (var operation : operations) {
            outcomes.addAll(
                    skipped.test(operation)
                            ? List.of(applied(operation))
                            : target.apply(List.of(operation), incarnations, guard));
        }
        return outcomes;
    }

    /** What the mistake makes worse once the operation is written. */
    private void afterwards(Operation operation, EntryState before) {
        var key = operation.key();
        switch (mistake) {
            case DESTROYS_DATA -> {
                if (takesAway(operation) && target.truth(key) instanceof EntryState.Retired) {
                    target.outsiderRemoves(key);
                }
            }
            case NEVER_UNSETS_A_FIELD -> {
                if (operation instanceof Operation.Update update) {
                    keepSet(update);
                }
            }
            case DROPS_OTHER_FIELDS -> {
                if (operation instanceof Operation.Update) {
                    target.outsiderSets(key, Content.of("config.unmanaged", Value.NULL));
                }
            }
            case PUTS_BACK_MORE_THAN_IT_WROTE -> {
                if (operation instanceof Operation.Update update
                        && first.get(key) instanceof EntryState.Present(var content, var _)
                        && update.after().holdsIn(content)) {
                    target.outsiderSets(key, Content.of("config.unmanaged", content.get("config.unmanaged")));
                }
            }
            case REVIVES_AS_ANOTHER -> {
                if (operation instanceof Operation.Create && before instanceof EntryState.Retired retired) {
                    target.outsiderRemoves(key);
                    target.outsiderSets(key, retired.content());
                }
            }
            case TOUCHES_A_NEIGHBOUR -> {
                if (operation instanceof Operation.Update) {
                    target.truth().keySet().stream()
                            .filter(other -> !other.equals(key) && other.kind().equals(key.kind()))
                            .filter(other -> target.truth(other).exists())
                            .findFirst()
                            .ifPresent(
                                    other -> target.outsiderSets(other, Content.of("config.touched", Value.of("yes"))));
                }
            }
            case LEAVES_SOMETHING_BEHIND -> {
                if (operation instanceof Operation.Create) {
                    target.outsiderSets(
                            new EntryKey(key.target(), key.kind(), key.address() + "-shadow"), Content.EMPTY);
                }
            }
            case FORGETS_SECRETS -> {
                if (operation instanceof Operation.Update) {
                    target.outsiderSets(key, Content.of(MemoryHarness.PASSWORD, Value.NULL));
                }
            }
            default -> {
                // made its mistake already, or makes it elsewhere
            }
        }
    }

    private void keepSet(Operation.Update update) {
        var kept = new TreeMap<>(update.before().fields());
        kept.keySet().removeIf(field -> !update.after().get(field).isNull());
        if (!kept.isEmpty()) {
            target.outsiderSets(update.key(), Content.of(kept));
        }
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        boolean settles = mistake != Mistake.NEVER_SETTLES && (mistake != Mistake.SETTLES_ONLY_ITS_OWN || wrote);
        if (settles) {
            target.settle(atMost, guard);
        }
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) {
        return target.readAll(keys);
    }

    @Override
    public Stream<EntryKey> list(String kind) {
        return target.list(kind);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) {
        return target.dryRun(operations);
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) {
        return target.impact(operations);
    }

    @Override
    public String identity() {
        return target.identity();
    }

    @Override
    public Optional<String> position() {
        return target.position();
    }

    @Override
    public SystemFacts facts() {
        return target.facts();
    }

    @Override
    public Set<Capability> capabilities() {
        return target.capabilities();
    }

    @Override
    public int maxBatch() {
        return target.maxBatch();
    }

    @Override
    public void close() {
        target.close();
    }
}
