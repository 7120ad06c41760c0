package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestInstance;

/**
 * What every contract class shares: the harness, fresh names, settled reads. Each rule is tried on each kind.
 *
 * <p>Contract classes may run at the same time on one system: each makes entries with names of its own, and one that looks
 * at all that is there passes over those of the others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TargetContract {
    /** Of what any contract class makes. */
    private static final Pattern MADE = Pattern.compile("t-[0-9a-f]{10}");

    /** Of so many calls a server may leave one unanswered. */
    private static final int UNANSWERED_ONE_OF = 200;

    /** How the names of what this one makes begin. */
    private final String mine = "t-" + random(4);

    protected TargetHarness harness;

    /** Opened once for each contract class, closed after it. */
    protected abstract TargetHarness openHarness() throws Exception;

    @BeforeAll
    final void open() throws Exception {
        harness = openHarness();
    }

    @AfterAll
    final void close() {
        if (harness != null) {
            harness.close();
        }
    }

    /** A rule to be tried on one kind. */
    @FunctionalInterface
    protected interface Rule {
        void holdsFor(KindHarness kind) throws Exception;
    }

    protected final Stream<DynamicTest> eachKind(Rule rule) {
        return harness.kinds().stream().map(kind -> DynamicTest.dynamicTest(kind.kind(), () -> rule.holdsFor(kind)));
    }

    protected final TargetWriter writer() {
        return harness.writer();
    }

    /** A name nobody used before, 12 characters long. */
    protected final String fresh() {
        return mine + random(6);
    }

    private static String random(int digits) {
        return UUID.randomUUID().toString().replace("-", "").substring(0, digits);
    }

    /** Whether a contract class that runs at the same time may change it. */
    protected final boolean isOfOthers(EntryKey key) {
        return MADE.matcher(key.address()).find() && !key.address().contains(mine);
    }

    protected final void settle() throws TargetException {
        writer().settle(harness.settleTimeout(), WriteGuard.ALWAYS);
    }

    protected final EntryState read(EntryKey key) throws TargetException {
        settle();
        return writer().readAll(Set.of(key)).get(key);
    }

    protected final Map<EntryKey, EntryState> readAll(List<? extends Operation> operations) throws TargetException {
        settle();
        var keys = new TreeSet<EntryKey>();
        operations.forEach(operation -> keys.add(operation.key()));
        return new TreeMap<>(writer().readAll(keys));
    }

    /** Settles, then applies in calls of the size that the target takes. */
    protected final List<Outcome> apply(List<? extends Operation> operations) throws TargetException {
        return apply(operations, Map.of());
    }

    protected final List<Outcome> apply(List<? extends Operation> operations, Map<EntryKey, String> incarnations)
            throws TargetException {
        settle();
        var outcomes = new ArrayList<Outcome>();
        for (int from = 0; from < operations.size(); from += writer().maxBatch()) {
            var call = operations.subList(from, Math.min(operations.size(), from + writer().maxBatch()));
            outcomes.addAll(writer().apply(List.copyOf(call), incarnations, WriteGuard.ALWAYS));
        }
        return outcomes;
    }

    /**
     * Applies many; what a server left unanswered is applied once more, as the engine does. Few such answers belong to
     * any server under load (the page of the registry tells of one); more would be the target's own fault.
     *
     * @return the outcomes in the order of the operations
     */
    protected final List<Outcome> applyAll(List<? extends Operation> operations) throws TargetException {
        var outcomes = new ArrayList<>(apply(operations));
        var unanswered = IntStream.range(0, outcomes.size())
                .filter(i -> outcomes.get(i) instanceof Outcome.Unknown)
                .toArray();
        assertThat(unanswered.length)
                .as("unanswered of %d: %s", outcomes.size(), outcomes)
                .isLessThanOrEqualTo(mayBeUnanswered(operations.size()));
        for (int i : unanswered) {
            outcomes.set(i, apply(operations.get(i)));
        }
        return outcomes;
    }

    /** All are done, and have that outcome but for those that {@link #applyAll} may have had to apply twice. */
    protected static void assertAll(
            Class<? extends Outcome> type, List<? extends Operation> of, List<Outcome> outcomes) {
        assertThat(outcomes)
                .hasSize(of.size())
                .allMatch(outcome -> type.isInstance(outcome) || outcome instanceof Outcome.AlreadyApplied);
        assertThat(outcomes)
                .filteredOn(type::isInstance)
                .hasSizeGreaterThanOrEqualTo(of.size() - mayBeUnanswered(of.size()));
    }

    private static int mayBeUnanswered(int operations) {
        return operations / UNANSWERED_ONE_OF + 1;
    }

    protected final Outcome apply(Operation operation) throws TargetException {
        return apply(List.of(operation)).getFirst();
    }

    /** The create for that name, with what it needs already there. */
    protected final Operation.Create prepared(KindHarness kind, String name) throws TargetException {
        return prepared(kind, List.of(name)).getFirst();
    }

    protected final List<Operation.Create> prepared(KindHarness kind, List<String> names) throws TargetException {
        var needed = new LinkedHashMap<EntryKey, Operation.Create>();
        names.forEach(name -> kind.prerequisites(name).forEach(create -> needed.put(create.key(), create)));
        if (!needed.isEmpty()) {
            assertThat(applyAll(List.copyOf(needed.values()))).allMatch(Outcome::done);
        }
        return names.stream().map(kind::create).toList();
    }

    /** An entry that is there, and the create that made it. */
    protected final Operation.Create created(KindHarness kind) throws TargetException {
        var create = prepared(kind, fresh());
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);
        return create;
    }

    protected static void assertHolds(EntryState state, Operation.Create create) {
        assertThat(state).isInstanceOf(EntryState.Present.class);
        var content = ((EntryState.Present) state).content();
        assertThat(create.after().holdsIn(content))
                .as("%s holds %s, found %s", create.key(), create.after(), content)
                .isTrue();
    }

    /** Removed for good, or kept out of use. */
    protected static void assertOutOfUse(EntryState state) {
        assertThat(state.exists()).as("out of use: %s", state).isFalse();
    }

    protected static String incarnation(EntryState state) {
        return switch (state) {
            case EntryState.Present present -> present.incarnation();
            case EntryState.Retired retired -> retired.incarnation();
            case EntryState.Absent _ -> "";
        };
    }
}
