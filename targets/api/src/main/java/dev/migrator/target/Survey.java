package dev.migrator.target;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.KeysToRead;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks around a plan for the sake of who approves it: who uses what it changes, and how much is there that it leaves
 * alone. Whatever cannot be read is told as such; no plan fails for it.
 */
public final class Survey {
    /** Operations whose impact is asked for; of more, removals and changes come first. */
    public static final int MOST_ASKED = 2_000;

    /** The targets of one environment, open for reading. */
    public interface Readers {
        /** As {@link TargetProvider#kinds()}. */
        List<String> kinds(String target) throws TargetException;

        <R> R read(String target, Question<R> question) throws TargetException;
    }

    @FunctionalInterface
    public interface Question<R> {
        R ask(TargetReader reader) throws TargetException;
    }

    /** Longest wait for all answers together. */
    public static final Duration LONGEST = Duration.ofSeconds(20);

    private final Readers readers;
    private final Duration longest;

    public Survey(Readers readers) {
        this(readers, LONGEST);
    }

    /** @param longest wait for all answers together; what comes later is not known */
    public Survey(Readers readers, Duration longest) {
        this.readers = readers;
        this.longest = longest;
    }

    /**
     * @param unchanged desired entries that are there already
     * @param keys what the plan was made from
     * @param since when reading for the plan began; it took until {@code until}
     */
    public Surroundings around(Plan plan, int unchanged, KeysToRead keys, Instant since, Instant until) {
        var impact = new TreeMap<EntryKey, Impact>();
        var notManaged = new TreeMap<String, SortedMap<String, Long>>();
        try (var answers = new InTime(longest)) {
            var impacts = new TreeMap<String, InTime.Answer<Map<EntryKey, Impact>>>();
            var counts = new TreeMap<String, InTime.Answer<SortedMap<String, Long>>>();
            var asked = asked(plan);
            asked.forEach((target, operations) ->
                    impacts.put(target, answers.ask(() -> readers.read(target, reader -> reader.impact(operations)))));
            keys.byTarget()
                    .forEach((target, known) -> counts.put(target, answers.ask(() -> notManaged(target, known))));
            impacts.forEach((target, answer) -> impact.putAll(answer.or(why -> unknown(asked.get(target), why))));
            // of a target that does not answer, how much is left alone is not said
            counts.forEach((target, answer) -> answer.get().ifPresent(byKind -> notManaged.put(target, byKind)));
        }
        impact.values().removeIf(Impact.NONE::equals);
        int notAsked = Math.max(0, (int) plan.operations().count() - MOST_ASKED);
        return Surroundings.of(PlanCodec.digest(plan), since)
                .read(keys.byTarget().size(), Duration.between(since, until))
                .unchanged(unchanged)
                .notManaged(notManaged)
                .impact(impact, notAsked);
    }

    private static SortedMap<String, List<Operation>> asked(Plan plan) {
        var byTarget = new TreeMap<String, List<Operation>>();
        plan.operations()
                .map(PlannedOperation::operation)
                .sorted(Comparator.comparingInt(Survey::rank).thenComparing(Operation::key))
                .limit(MOST_ASKED)
                .forEach(operation -> byTarget.computeIfAbsent(operation.key().target(), _ -> new ArrayList<>())
                        .add(operation));
        return byTarget;
    }

    private static int rank(Operation operation) {
        return switch (operation) {
            case Operation.Delete _ -> 0;
            case Operation.Update _ -> 1;
            case Operation.Create _ -> 2;
        };
    }

    private static Map<EntryKey, Impact> unknown(List<Operation> operations, String why) {
        var impacts = new TreeMap<EntryKey, Impact>();
        operations.forEach(operation -> impacts.put(operation.key(), Impact.unknown("who uses it", why)));
        return impacts;
    }

    /** How many entries of each kind there are besides those that the bundle speaks of. */
    private SortedMap<String, Long> notManaged(String target, Set<EntryKey> spokenOf) throws TargetException {
        var kinds = readers.kinds(target);
        return readers.read(target, reader -> {
            var byKind = new TreeMap<String, Long>();
            for (var kind : kinds) {
                try (var listed = reader.list(kind)) {
                    byKind.put(
                            kind, listed.filter(key -> !spokenOf.contains(key)).count());
                }
            }
            return byKind;
        });
    }
}
