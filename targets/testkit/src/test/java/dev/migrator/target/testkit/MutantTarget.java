package dev.migrator.target.testkit;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Use;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** An in-memory target with one mistake. */
record MutantTarget(InMemoryTarget target, Mutant mutant, Set<EntryKey> asked) implements TargetWriter {
    MutantTarget(InMemoryTarget target, Mutant mutant) {
        this(target, mutant, new HashSet<>());
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        var outcomes = target.dryRun(operations);
        return switch (mutant) {
            case DRY_RUN_WRITES -> {
                var _ = target.apply(operations, Map.of(), WriteGuard.ALWAYS);
                target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
                yield outcomes;
            }
            case DRY_RUN_ACCEPTS_ALL -> all(outcomes, DryRunOutcome.Accepted::new);
            case DRY_RUN_CHECKS_NOTHING -> all(outcomes, key -> new DryRunOutcome.Unchecked(key, "nobody knows"));
            case DRY_RUN_ALL_OR_NOTHING ->
                outcomes.stream().anyMatch(DryRunOutcome.Refused.class::isInstance)
                        ? all(
                                outcomes,
                                key -> new DryRunOutcome.Refused(
                                        key,
                                        Problem.of("TGT-REFUSED", "one of them").about(key.toString())))
                        : outcomes;
            case DRY_RUN_SHUFFLES -> {
                var shuffled = new ArrayList<>(outcomes);
                Collections.reverse(shuffled);
                yield shuffled;
            }
            case DRY_RUN_ONLY_ONCE ->
                operations.stream().map(Operation::key).filter(asked::add).count() == operations.size()
                        ? outcomes
                        : all(outcomes, key -> new DryRunOutcome.Unchecked(key, "asked before"));
            default -> outcomes;
        };
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        var impacts = new TreeMap<>(target.impact(operations));
        switch (mutant) {
            case IMPACT_FORGETS_ONE -> impacts.pollLastEntry();
            case IMPACT_SEES_NO_DATA ->
                impacts.replaceAll((_, impact) -> new Impact(
                        impact.uses().stream()
                                .map(use -> use instanceof Use.Records ? new Use.Records(0, false) : use)
                                .toList(),
                        impact.unknown()));
            case IMPACT_KNOWS_ALL -> impacts.replaceAll((_, impact) -> new Impact(impact.uses(), List.of()));
            case IMPACT_WRITES -> {
                var _ = target.apply(List.copyOf(operations), Map.of(), WriteGuard.ALWAYS);
                target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
            }
            default -> {}
        }
        return impacts;
    }

    private static List<DryRunOutcome> all(List<DryRunOutcome> outcomes, Function<EntryKey, DryRunOutcome> same) {
        return outcomes.stream().map(DryRunOutcome::key).map(same).toList();
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        return switch (mutant) {
            case OVERWRITES_CONFLICTS -> target.apply(forced(operations), incarnations, guard);
            case IGNORES_INCARNATIONS -> target.apply(operations, Map.of(), guard);
            case IGNORES_THE_GUARD -> target.apply(operations, incarnations, WriteGuard.ALWAYS);
            case DESTROYS_DATA -> destroying(operations, incarnations, guard);
            case PURGES_WHAT_IS_IN_USE -> purging(operations, incarnations, guard);
            case PURGES_ANOTHER_LIFE ->
                operations.stream().allMatch(Operation::isPurge)
                        ? target.apply(operations, Map.of(), guard)
                        : target.apply(operations, incarnations, guard);
            case PURGES_NOTHING ->
                operations.stream().allMatch(Operation::isPurge)
                        ? each(operations, key -> new Outcome.Applied(key, ""))
                        : target.apply(operations, incarnations, guard);
            case FORGETS_TO_REMOVE -> keeping(operations, incarnations, guard);
            case DROPS_UNMANAGED_FIELDS -> dropping(operations, incarnations, guard);
            case NEVER_SETS_SECRETS -> target.apply(withoutSecrets(operations), incarnations, guard);
            case FORGETS_SECRETS -> forgetting(operations, incarnations, guard);
            case SHUFFLES_OUTCOMES -> shuffled(target.apply(operations, incarnations, guard));
            case ALL_OR_NOTHING -> allOrNothing(operations, incarnations, guard);
            case NEVER_ALREADY_APPLIED -> renamed(target.apply(operations, incarnations, guard));
            case NONE,
                    NEVER_SETTLES,
                    LISTS_UNSORTED,
                    LISTS_RETIRED,
                    DENIES_THAT_IT_PURGES,
                    DRY_RUN_WRITES,
                    DRY_RUN_ACCEPTS_ALL,
                    DRY_RUN_CHECKS_NOTHING,
                    DRY_RUN_ALL_OR_NOTHING,
                    DRY_RUN_SHUFFLES,
                    DRY_RUN_ONLY_ONCE,
                    IMPACT_FORGETS_ONE,
                    IMPACT_SEES_NO_DATA,
                    IMPACT_KNOWS_ALL,
                    IMPACT_WRITES,
                    POSITION_STANDS_STILL,
                    POSITION_IS_LONG,
                    SHOWS_SECRETS -> target.apply(operations, incarnations, guard);
        };
    }

    private List<Operation> forced(List<Operation> operations) {
        return operations.stream()
                .map(operation -> target.readAll(Set.of(operation.key())).get(operation.key())
                                instanceof EntryState.Present(var content, var _)
                        ? expectingWhatIsThere(operation, content)
                        : operation)
                .toList();
    }

    private static Operation expectingWhatIsThere(Operation operation, Content content) {
        return switch (operation) {
            case Operation.Create(var key, var after) ->
                new Operation.Update(key, content.only(after.fields().keySet()), after);
            case Operation.Update(var key, var _, var after) ->
                new Operation.Update(key, content.only(after.fields().keySet()), after);
            case Operation.Delete(var key, var before, var removal) ->
                new Operation.Delete(key, content.only(before.fields().keySet()), removal);
        };
    }

    private List<Outcome> destroying(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        var outcomes = target.apply(operations, incarnations, guard);
        outcomes.stream()
                .filter(outcome -> outcome instanceof Outcome.Retained)
                .forEach(outcome -> target.outsiderRemoves(outcome.key()));
        return outcomes;
    }

    private List<Outcome> purging(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        operations.stream()
                .filter(Operation::isPurge)
                .filter(operation -> target.truth(operation.key()).exists())
                .forEach(operation -> target.outsiderRemoves(operation.key()));
        return target.apply(operations, incarnations, guard);
    }

    private static List<Outcome> each(List<Operation> operations, Function<EntryKey, Outcome> same) {
        return operations.stream().map(Operation::key).map(same).toList();
    }

    private List<Outcome> keeping(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        var outcomes = new ArrayList<Outcome>();
        for (var operation : operations) {
            outcomes.addAll(
                    operation instanceof Operation.Delete(var key, var _, var _)
                            ? List.of(new Outcome.Applied(key, ""))
                            : target.apply(List.of(operation), incarnations, guard));
        }
        return outcomes;
    }

    private List<Outcome> dropping(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        var outcomes = target.apply(operations, incarnations, guard);
        for (var operation : operations) {
            if (operation instanceof Operation.Update) {
                target.outsiderSets(operation.key(), Content.of("config.unmanaged", Value.NULL));
            }
        }
        return outcomes;
    }

    private static List<Operation> withoutSecrets(List<Operation> operations) {
        return operations.stream()
                .map(operation -> operation instanceof Operation.Create(var key, var after)
                        ? new Operation.Create(key, after.readable())
                        : operation)
                .toList();
    }

    private List<Outcome> forgetting(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        var outcomes = target.apply(operations, incarnations, guard);
        for (var operation : operations) {
            if (operation instanceof Operation.Update) {
                target.outsiderSets(operation.key(), Content.of(MemoryHarness.PASSWORD, Value.NULL));
            }
        }
        return outcomes;
    }

    private static List<Outcome> shuffled(List<Outcome> outcomes) {
        var shuffled = new ArrayList<>(outcomes);
        Collections.reverse(shuffled);
        return shuffled;
    }

    private List<Outcome> allOrNothing(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.stream().anyMatch(operation -> operation.key().address().startsWith("refused-"))) {
            throw new TargetException.Refused(Problem.of("TGT-REFUSED", "something is wrong with something"), null);
        }
        return target.apply(operations, incarnations, guard);
    }

    private static List<Outcome> renamed(List<Outcome> outcomes) {
        return outcomes.stream()
                .<Outcome>map(outcome -> outcome instanceof Outcome.AlreadyApplied(var key, var incarnation)
                        ? new Outcome.Applied(key, incarnation)
                        : outcome)
                .toList();
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        if (mutant != Mutant.NEVER_SETTLES) {
            target.settle(atMost, guard);
        }
    }

    @Override
    public Stream<EntryKey> list(String kind) {
        return switch (mutant) {
            case LISTS_UNSORTED -> target.list(kind).sorted(Collections.reverseOrder());
            case LISTS_RETIRED ->
                target.truth().keySet().stream().filter(key -> key.kind().equals(kind));
            default -> target.list(kind);
        };
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) {
        var states = new TreeMap<>(target.readAll(keys));
        if (mutant == Mutant.SHOWS_SECRETS) {
            states.replaceAll((key, state) -> state instanceof EntryState.Present ? target.truth(key) : state);
        }
        return states;
    }

    @Override
    public String identity() {
        return target.identity();
    }

    @Override
    public Optional<String> position() {
        return switch (mutant) {
            case POSITION_STANDS_STILL -> Optional.of("here");
            case POSITION_IS_LONG -> target.position().map(position -> position + " " + "x".repeat(300));
            default -> target.position();
        };
    }

    @Override
    public SystemFacts facts() {
        return target.facts();
    }

    @Override
    public Set<Capability> capabilities() {
        var capabilities = new HashSet<>(target.capabilities());
        if (mutant == Mutant.DENIES_THAT_IT_PURGES) {
            capabilities.remove(Capability.PURGE);
        }
        return capabilities;
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
