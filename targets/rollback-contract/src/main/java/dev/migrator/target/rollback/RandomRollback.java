package dev.migrator.target.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One migration that is drawn from a seed, carried out in part, and undone; and the look at what is there then. */
final class RandomRollback {
    private static final int MOST_ATTEMPTS = 5;

    private final TargetHarness harness;
    private final Looks looks;
    private final String prefix;
    private final Chance chance;
    private final List<String> story = new ArrayList<>();
    private final SortedMap<EntryKey, EntryState> expected = new TreeMap<>();
    private final Set<EntryKey> listedBefore = new TreeSet<>();
    private List<Part> parts = List.of();
    private boolean alone;

    /** @param prefix of the names of all that it makes, used by nothing else on that system */
    RandomRollback(TargetHarness harness, long seed, String prefix) {
        this.harness = harness;
        this.looks = new Looks(harness);
        this.prefix = prefix;
        this.chance = new Chance(seed);
    }

    /** What happened, line by line. */
    List<String> story() {
        return List.copyOf(story);
    }

    /** @throws AssertionError if anything is not as it was before, or as the outsider left it */
    void run() throws Exception {
        parts = Drawing.parts(harness.kindsToMigrate(), looks, prefix, chance);
        parts.forEach(part -> story.add(part.toString()));
        makeWhatIsThereBefore();
        var outsider = new Outsider(parts, expected, looks, chance);
        // who looks in between also settles, which hides that a target does not
        alone = chance.oneIn(3);
        acts(outsider);
        expected.putAll(looks.at(keys()));
        for (var kind : harness.kindsToMigrate()) {
            listedBefore.addAll(listed(kind));
        }
        var plan = RandomPlan.of(parts, expected, chance);
        FaultyTarget.Script faults = chance.oneIn(2) ? new Faults(chance) : _ -> FaultyTarget.Fault.NONE;
        try (var migration = new Migration(harness, plan, chance, faults, story)) {
            boolean applied = migration.apply(() -> acts(outsider));
            if (applied) {
                expectApplied(plan, migration.issued());
            }
            migration.undo(() -> acts(outsider));
            expectAsBefore(outsider.withData(), !applied || migration.undoWasStopped());
        }
    }

    private void acts(Outsider outsider) throws Exception {
        if (!alone && chance.oneIn(2)) {
            outsider.act().ifPresent(what -> story.add("an outsider " + what));
        }
    }

    private TreeSet<EntryKey> keys() {
        return new TreeSet<>(parts.stream().map(Part::key).toList());
    }

    /** What others need first, then those, then what is taken out of use again. */
    private void makeWhatIsThereBefore() throws TargetException {
        var needs = new TreeMap<EntryKey, List<EntryKey>>();
        parts.forEach(part -> needs.put(part.key(), part.needs()));
        var order = new DependencyOrder(needs, needs::containsKey);
        var steps = new TreeMap<Integer, List<Operation>>();
        for (var part : parts) {
            for (int i = 0; i < part.before().size(); i++) {
                steps.computeIfAbsent(i * parts.size() + order.level(part.key()), _ -> new ArrayList<>())
                        .add(part.before().get(i));
            }
        }
        for (var step : steps.values()) {
            make(step);
        }
    }

    private void make(List<Operation> operations) throws TargetException {
        List<Operation> left = operations;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !left.isEmpty(); attempt++) {
            harness.writer().settle(harness.settleTimeout(), WriteGuard.ALWAYS);
            var again = new ArrayList<Operation>();
            int most = harness.writer().maxBatch();
            for (int from = 0; from < left.size(); from += most) {
                var call = List.copyOf(left.subList(from, Math.min(left.size(), from + most)));
                var outcomes = harness.writer().apply(call, Map.of(), WriteGuard.ALWAYS);
                for (int i = 0; i < call.size(); i++) {
                    if (outcomes.get(i) instanceof Outcome.Unknown) {
                        again.add(call.get(i));
                    } else {
                        assertThat(outcomes.get(i)).as("made before").matches(Outcome::done, "done");
                    }
                }
            }
            left = again;
        }
        assertThat(left).as("without an answer").isEmpty();
    }

    /** A target that does nothing would be easy to undo. */
    private void expectApplied(Plan plan, int batches) throws TargetException {
        var found = looks.at(keys());
        plan.batches()
                .limit(batches)
                .flatMap(batch -> batch.operations().stream())
                .map(PlannedOperation::operation)
                .forEach(operation -> {
                    var state = found.get(operation.key());
                    boolean applied = switch (operation) {
                        case Operation.Create(var _, var after) ->
                            state instanceof EntryState.Present(var content, var _) && after.holdsIn(content);
                        case Operation.Update(var _, var _, var after) ->
                            state instanceof EntryState.Present(var content, var _) && after.holdsIn(content);
                        case Operation.Delete _ -> !state.exists();
                    };
                    assertThat(applied)
                            .as("applied: %s, found %s", operation, state)
                            .isTrue();
                });
    }

    /**
     * @param cutOff where making or removing takes several calls, one that was cut off in between and not made again
     *     leaves the entry out of use
     */
    private void expectAsBefore(Collection<EntryKey> withData, boolean cutOff) throws Exception {
        var found = looks.at(keys());
        var kept = kept(withData);
        for (var part : parts) {
            var state = found.get(part.key());
            if (!part.isMade()) {
                assertThat(state).as("%s", part).isEqualTo(expected.get(part.key()));
                expectSecret(part, state);
            } else if (kept.contains(part.key())) {
                assertThat(state).as("kept out of use, %s", part).isInstanceOf(EntryState.Retired.class);
            } else if (part.kind().removes() && !(cutOff && part.kind().retires())) {
                assertThat(state).as("%s", part).isEqualTo(EntryState.ABSENT);
            } else {
                assertThat(state.exists()).as("in use, %s: %s", part, state).isFalse();
            }
            if (withData.contains(part.key())) {
                assertThat(part.kind().dataIsThere(part.key()))
                        .as("data is there, %s", part)
                        .isTrue();
            }
        }
        for (var kind : harness.kindsToMigrate()) {
            expectListed(kind, found, !withData.isEmpty());
        }
    }

    /** What was made and holds data, and what that needs. */
    private Collection<EntryKey> kept(Collection<EntryKey> withData) {
        var kept = new TreeSet<>(withData);
        boolean more = true;
        while (more) {
            more = false;
            for (var part : parts) {
                more |= kept.contains(part.key()) && kept.addAll(part.needs());
            }
        }
        return kept;
    }

    private static void expectSecret(Part part, EntryState state) throws Exception {
        // an outsider sets secrets of what the migration has nothing to do with
        if (state.exists() && part.planned().isPresent() && part.hasSecret()) {
            assertThat(part.kind().accepts(part.key(), Sample.SECRET))
                    .as("accepts its secret, %s", part)
                    .isTrue();
        }
    }

    /** Nothing of these names is listed that is neither known nor was listed before; data may be entries of their own. */
    private void expectListed(KindHarness kind, Map<EntryKey, EntryState> found, boolean withData)
            throws TargetException {
        var inUse = new TreeSet<>(found.keySet());
        inUse.removeIf(key -> !key.kind().equals(kind.kind()) || !found.get(key).exists());
        var listed = listed(kind);
        if (kind.isListedAlone()) {
            inUse.removeIf(key -> !key.address().contains(prefix));
            assertThat(listed).as("what is listed of %s", kind.kind()).containsAll(inUse);
        }
        if (!withData) {
            var unknown = new TreeSet<>(listed);
            unknown.removeAll(inUse);
            unknown.removeAll(listedBefore);
            assertThat(unknown)
                    .as("what is listed of %s and was not", kind.kind())
                    .isEmpty();
        }
    }

    /** What a list shows of what is named as this migration names it. */
    private Set<EntryKey> listed(KindHarness kind) throws TargetException {
        try (var keys = harness.writer().list(kind.kind())) {
            return keys.filter(key -> key.address().contains(prefix)).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
