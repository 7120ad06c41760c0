package dev.migrator.core.present;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.impact.Unknown;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every form of a plan shows, worked out once from the plan and what stands around it. */
public final class PlanView {
    /** Things to be done, by kind of doing. */
    record Counts(int creates, int changes, int retires, int purges) {
        int all() {
            return creates + changes + retires + purges;
        }
    }

    private static final int MOST_NAMED = 12;

    private final Plan plan;
    private final PlanFrame frame;
    private final Digest digest;
    private final Optional<Surroundings> around;
    private final Counts counts;
    private final SortedMap<String, Set<Unknown>> commonByKind;

    private PlanView(Plan plan, PlanFrame frame) {
        this.plan = plan;
        this.frame = frame;
        this.digest = PlanCodec.digest(plan);
        this.around = frame.surroundings().filter(seen -> seen.plan().equals(digest));
        this.counts = count(plan);
        this.commonByKind = commonByKind(around);
    }

    public static PlanView of(Plan plan, PlanFrame frame) {
        return new PlanView(plan, frame);
    }

    Plan plan() {
        return plan;
    }

    PlanFrame frame() {
        return frame;
    }

    Digest digest() {
        return digest;
    }

    /** Of this plan and no other. */
    Optional<Surroundings> around() {
        return around;
    }

    Counts counts() {
        return counts;
    }

    String source() {
        return frame.source().orElse("bundle " + plan.bundleDigest().brief());
    }

    /** What the plan takes over or lets go of without changing it. */
    List<Words> ownership() {
        var sentences = new ArrayList<Words>();
        ownership("adopts, as nobody managed them: ", plan.adopted()).ifPresent(sentences::add);
        ownership("lets go of, and leaves as they are: ", plan.forgotten()).ifPresent(sentences::add);
        return sentences;
    }

    private static Optional<Words> ownership(String words, List<EntryKey> keys) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        var names = keys.stream()
                .limit(MOST_NAMED)
                .map(key -> Words.of("").outside(OperationText.subject(key)))
                .toList();
        var more = keys.size() > MOST_NAMED ? " … and " + Units.count((long) keys.size() - MOST_NAMED) + " more" : "";
        return Optional.of(Words.of(words).and(Words.joined(", ", names)).and(more));
    }

    /** {@code 3 targets read in 2.1 s}, if known. */
    Optional<String> reading() {
        return around.filter(seen -> seen.targets() > 0)
                .map(seen ->
                        Units.count(seen.targets(), "target", "targets") + " read in " + Units.seconds(seen.took()));
    }

    String next() {
        return frame.next().orElse("migrator submit DIR --env " + plan.environment());
    }

    /** How many of each; those that there are none of are left out. */
    Map<Reversibility, Long> reversibilities() {
        return plan.operations()
                .collect(Collectors.groupingBy(
                        Reversibility::of, () -> new EnumMap<>(Reversibility.class), Collectors.counting()));
    }

    /** All operations in the order of the plan. */
    Stream<OperationView> operations() {
        var next = new int[] {1};
        return plan.phases().stream()
                .flatMap(phase -> phase.batches().stream()
                        .flatMap(batch -> batch.operations().stream()
                                .map(planned ->
                                        new OperationView(next[0]++, phase, batch, planned, impactOf(planned)))));
    }

    /** The operations of a phase among the {@link #chosen}. */
    Stream<OperationView> operations(Phase phase, SortedSet<Integer> chosen) {
        return operations().filter(view -> view.phase().number() == phase.number() && chosen.contains(view.number()));
    }

    /** Numbers of the operations that a bounded form shows: none that is left out asks for more care than these. */
    SortedSet<Integer> chosen(int most) {
        if (counts.all() <= most) {
            return operations().map(OperationView::number).collect(Collectors.toCollection(TreeSet::new));
        }
        return operations()
                .sorted(Comparator.comparingInt(OperationView::weight)
                        .reversed()
                        .thenComparingInt(OperationView::number))
                .limit(most)
                .map(OperationView::number)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code 990 operations are not shown, all of them reversible}: for a form that shows only the chosen. */
    Optional<String> leftOut(SortedSet<Integer> chosen) {
        if (chosen.size() == counts.all()) {
            return Optional.empty();
        }
        var kinds = operations()
                .filter(view -> !chosen.contains(view.number()))
                .collect(Collectors.groupingBy(view -> view.planned().risk(), TreeMap::new, Collectors.counting()));
        var words = kinds.entrySet().stream()
                .map(kind -> Units.count(kind.getValue()) + " " + risk(kind.getKey()))
                .collect(Collectors.joining(", "));
        return Optional.of(Units.count(counts.all() - chosen.size()) + " more operations (" + words
                + "); none of them asks for more care than those shown");
    }

    /** What there is to say when no operation is in the plan; the cautions say more, if there are any. */
    String nothing() {
        return plan.warnings().isEmpty() ? "nothing to do: every managed field is as wanted" : "nothing to do";
    }

    static String risk(dev.migrator.core.plan.Risk risk) {
        return risk.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** What is unknown of all entries of a kind, said once: the kinds by what is unknown, ascending. */
    SortedMap<Unknown, SortedSet<String>> common() {
        var kinds = new TreeMap<Unknown, SortedSet<String>>();
        commonByKind.forEach((kind, unknown) -> unknown.forEach(
                one -> kinds.computeIfAbsent(one, _ -> new TreeSet<>()).add(kind)));
        return kinds;
    }

    private Optional<OperationView.Seen> impactOf(PlannedOperation planned) {
        var key = planned.operation().key();
        return around.flatMap(seen -> Optional.ofNullable(seen.impact().get(key))
                .map(impact -> new OperationView.Seen(
                        impact, seen.readAt(), commonByKind.getOrDefault(key.kind(), Set.of()))));
    }

    private static Counts count(Plan plan) {
        var counts = new int[4];
        plan.operations().forEach(planned -> {
            switch (planned.operation()) {
                case Operation.Create _ -> counts[0]++;
                case Operation.Update _ -> counts[1]++;
                case Operation.Delete delete -> counts[delete.isPurge() ? 3 : 2]++;
            }
        });
        return new Counts(counts[0], counts[1], counts[2], counts[3]);
    }

    private static SortedMap<String, Set<Unknown>> commonByKind(Optional<Surroundings> around) {
        var common = new TreeMap<String, Set<Unknown>>();
        around.map(Surroundings::impact).orElse(new TreeMap<EntryKey, Impact>()).forEach((key, impact) -> {
            if (!impact.equals(Impact.NONE)) {
                common.computeIfAbsent(key.kind(), _ -> new HashSet<>(impact.unknown()))
                        .retainAll(Set.copyOf(impact.unknown()));
            }
        });
        return common;
    }
}
