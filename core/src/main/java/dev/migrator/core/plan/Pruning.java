package dev.migrator.core.plan;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known to be managed and is not in the bundle any more. It is deleted only where its project prunes, and only
 * if the target still holds what was last applied; everything else is left alone, and said. An action is let go of: that
 * nobody speaks of it any more is no wish to undo it.
 */
final class Pruning {
    private static final int NAMED = 10;

    private final Kinds kinds;
    private final Set<String> targets;
    private final Map<EntryKey, EntryState> states;
    private final Map<String, Set<String>> capabilities;
    private final Findings findings;
    final TreeMap<EntryKey, Step> steps = new TreeMap<>();
    final List<InventoryChange> changes = new ArrayList<>();

    /** @param targets logical names that the environment has */
    Pruning(PlanInput input, Set<String> targets, Kinds kinds, Findings findings) {
        this.kinds = kinds;
        this.targets = targets;
        this.states = input.states();
        this.capabilities = input.capabilities();
        this.findings = findings;
    }

    /** Entries that the bundle's projects are known to have and that the bundle does not speak of, by project. */
    static SortedMap<String, List<KnownEntry>> left(
            Inventory inventory, Ownership ownership, List<Resource> resources, Set<String> pruning) {
        var projects = new TreeSet<>(pruning);
        resources.forEach(resource -> projects.add(resource.project()));
        var left = new TreeMap<String, List<KnownEntry>>();
        inventory
                .live()
                .filter(known -> projects.contains(known.project()))
                .filter(known -> !ownership.isSpokenOf(known))
                .forEach(known -> left.computeIfAbsent(known.project(), _ -> new ArrayList<>())
                        .add(known));
        return left;
    }

    /** Keys whose state decides: those of projects that prune. */
    static Set<EntryKey> keysToRead(
            SortedMap<String, List<KnownEntry>> left, Set<String> pruning, Set<String> targets) {
        var keys = new TreeSet<EntryKey>();
        left.forEach((project, entries) -> {
            if (pruning.contains(project)) {
                entries.stream()
                        .filter(known -> !isAnAct(known, Kinds.standard()))
                        .map(KnownEntry::key)
                        .filter(key -> targets.contains(key.target()))
                        .forEach(keys::add);
            }
        });
        return keys;
    }

    /**
     * @param desired of the bundle
     * @param needed what stays depends on these, with who says so
     */
    void of(
            SortedMap<String, List<KnownEntry>> left,
            Set<String> pruning,
            Desired desired,
            Map<EntryKey, String> needed) {
        left.forEach((project, all) -> {
            var entries = all.stream().filter(known -> !isAnAct(known, kinds)).toList();
            all.stream().filter(known -> isAnAct(known, kinds)).forEach(this::letGo);
            if (entries.isEmpty()) {
                return;
            }
            if (!pruning.contains(project)) {
                findings.add(Finding.warning(notPruning(project, entries)));
            } else if (wantsNothing(desired, project)) {
                findings.add(Finding.error(all(project, entries)));
            } else {
                entries.forEach(known -> prune(known, needed));
            }
        });
    }

    private static boolean isAnAct(KnownEntry known, Kinds kinds) {
        return kinds.isKnown(known.key().kind())
                && kinds.ofEntry(known.key().kind()).isAnAct();
    }

    private void letGo(KnownEntry known) {
        changes.add(new InventoryChange.Forget(known.uid(), known.key()));
    }

    private static boolean wantsNothing(Desired desired, String project) {
        return desired.entries().values().stream()
                .noneMatch(
                        entry -> !entry.absent() && entry.resource().project().equals(project));
    }

    private void prune(KnownEntry known, Map<EntryKey, String> needed) {
        if (!targets.contains(known.key().target())
                || !kinds.isKnown(known.key().kind())) {
            leave(known, "in a target that the environment does not have any more");
            return;
        }
        switch (states.get(known.key())) {
            case null ->
                findings.add(Finding.error(Problem.of("PLN-NOT-READ", "it is not known what a target holds")
                        .about(known.key().toString())
                        .expected("its state")
                        .found("nothing was read")
                        .todo("plan again once the target can be read")));
            case EntryState.Absent _, EntryState.Retired _ ->
                changes.add(new InventoryChange.Gone(known.uid(), known.project(), known.key()));
            case EntryState.Present(var content, var incarnation) -> {
                var drift = Drift.ofHeld(known, content, incarnation);
                if (known.guarded()) {
                    leave(known, "protected from deletion");
                } else if (needed.containsKey(known.key())) {
                    leave(known, "still needed by " + needed.get(known.key()));
                } else if (drift.contains(Reason.INCARNATION)) {
                    leave(known, "deleted and made again by somebody else");
                } else if (!drift.isEmpty()) {
                    leave(known, "changed by somebody else: " + String.join(", ", drift));
                } else {
                    delete(known, content, incarnation);
                }
            }
        }
    }

    private void delete(KnownEntry known, Content content, String incarnation) {
        var rules = kinds.ofEntry(known.key().kind());
        var resource = new Resource(
                rules.kind(),
                known.uid(),
                known.key().address(),
                known.project(),
                Collections.emptySortedMap(),
                true,
                dev.migrator.core.canonical.Value.object(),
                Resource.Source.UNKNOWN);
        var entry = DesiredEntry.of(known.key(), known.uid(), resource, Content.EMPTY);
        var operation = new Operation.Delete(known.key(), rules.lasting(content), Removal.RETIRE);
        var able = Optional.ofNullable(capabilities.get(known.key().target())).orElse(Set.of());
        var assessment = rules.assess(operation, states.get(known.key()), able);
        if (assessment.risk() == Risk.ONE_WAY || assessment.undo() == UndoClass.NONE) {
            leave(known, "deleting it could not be undone");
            return;
        }
        steps.put(known.key(), new Step(entry, operation, incarnation, assessment, Reason.prunedBy(known.project())));
        changes.add(new InventoryChange.Gone(known.uid(), known.project(), known.key()));
    }

    private void leave(KnownEntry known, String why) {
        findings.add(Finding.warning(Problem.of("PLN-NOT-PRUNED", "no longer in the bundle, left alone")
                .about(known.key().toString())
                .expected("as last applied, and free to go")
                .found(why)
                .todo("delete it with state: absent, or let go of it with state: unmanaged")));
    }

    private static Problem notPruning(String project, List<KnownEntry> entries) {
        return Problem.of("PLN-NOT-PRUNED", "no longer in the bundle, left alone because the project does not prune")
                .about("project " + project)
                .found(named(entries))
                .todo("delete them with state: absent, let go of them with state: unmanaged, or turn pruning on");
    }

    private static Problem all(String project, List<KnownEntry> entries) {
        return Problem.of("PLN-PRUNE-ALL", "pruning would delete everything that the project has")
                .about("project " + project)
                .expected("a bundle that wants at least one entry of the project")
                .found("none; known are " + named(entries))
                .todo("an empty bundle never means to delete everything: write state: absent for what has to go");
    }

    private static String named(List<KnownEntry> entries) {
        var names = new ArrayList<>(entries.stream()
                .limit(NAMED)
                .map(known -> known.key().kind() + " " + known.key().address())
                .toList());
        if (entries.size() > NAMED) {
            names.add("and " + (entries.size() - NAMED) + " more");
        }
        return entries.size() + (entries.size() == 1 ? " entry: " : " entries: ") + String.join(", ", names);
    }
}
