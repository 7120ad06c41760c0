package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Assessment;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans that what migrations have retired goes for good. A pure function, as {@link Planner}. Only what the inventory knows
 * to be retired is looked at, and it goes only if it is still there, still out of use, still the same life of the entry, and
 * for long enough; everything else is left and named.
 */
public final class PurgePlanner {
    /**
     * @param retiredBy nothing that was retired later is touched; at least the environment's time of grace ago
     * @param digest of the document that asks for it
     * @param states for every key of {@link #keysToRead}
     */
    public record Input(
            Environment environment,
            Instant retiredBy,
            EntrySelection selection,
            Digest digest,
            Map<EntryKey, EntryState> states,
            Map<String, Set<String>> capabilities,
            PlanLimits limits,
            Digest policyDigest,
            Inventory inventory) {
        public Input {
            Objects.requireNonNull(retiredBy);
            Objects.requireNonNull(selection);
            states = Map.copyOf(states);
            capabilities = Map.copyOf(capabilities);
            Objects.requireNonNull(inventory);
        }
    }

    private final Kinds kinds = Kinds.standard();
    private final Input input;
    private final Findings findings = new Findings();
    private final TreeMap<EntryKey, Step> steps = new TreeMap<>();
    private final List<InventoryChange> inventory = new ArrayList<>();

    /** All that had an entry and is known to be retired. */
    private final Map<EntryKey, List<KnownEntry>> byKey = new HashMap<>();

    private PurgePlanner(Input input) {
        this.input = input;
        input.inventory()
                .deleted()
                .filter(known -> known.retiredAt().isPresent())
                .forEach(known -> byKey.computeIfAbsent(known.key(), _ -> new ArrayList<>())
                        .add(known));
    }

    /**
     * The keys whose state {@link #plan} needs.
     *
     * @return with a finding that stops if nothing is known to be retired of an entry that was named
     */
    public static KeysToRead keysToRead(
            Environment environment, Instant retiredBy, EntrySelection selection, Inventory inventory) {
        var findings = new Findings();
        var retired = retired(inventory, selection);
        if (retired.isEmpty() && selection.address().isPresent()) {
            findings.add(Finding.error(Problem.of("PRG-UNKNOWN", "no migration is known to have retired this")
                    .about(selection.toString())
                    .expected("what a migration has taken out of use and nobody manages since")
                    .found("nothing of that name")
                    .todo("migrator purge --env " + environment.name() + " --dry-run    lists what there is")));
        }
        var keys = new TreeSet<EntryKey>();
        retired.values().stream()
                .filter(known -> isDue(known, retiredBy) && isDeclared(environment, known.key()))
                .forEach(known -> keys.add(known.key()));
        return new KeysToRead(keys, findings.bounded(), holders(keys));
    }

    /** What may lie in an entry that goes, or refer to it. */
    private static Map<String, Set<String>> holders(Set<EntryKey> keys) {
        var whole = new TreeMap<String, Set<String>>();
        keys.forEach(key -> {
            var kinds = Kinds.standard().ofEntry(key.kind()).mayHold(key.kind());
            if (!kinds.isEmpty()) {
                whole.computeIfAbsent(key.target(), _ -> new TreeSet<>()).addAll(kinds);
            }
        });
        return whole;
    }

    /** Of several resources that had one entry, the one that was retired last. */
    private static SortedMap<EntryKey, KnownEntry> retired(Inventory inventory, EntrySelection selection) {
        var retired = new TreeMap<EntryKey, KnownEntry>();
        inventory
                .deleted()
                .filter(known -> known.retiredAt().isPresent() && selection.selects(known.key()))
                .forEach(known ->
                        retired.merge(known.key(), known, (one, other) -> at(one).isAfter(at(other)) ? one : other));
        return retired;
    }

    private static Instant at(KnownEntry retired) {
        return retired.retiredAt().orElseThrow();
    }

    private static boolean isDue(KnownEntry retired, Instant retiredBy) {
        return !at(retired).isAfter(retiredBy);
    }

    private static boolean isDeclared(Environment environment, EntryKey key) {
        return environment.target(key.target()).isPresent() && Kinds.standard().isKnown(key.kind());
    }

    public static PlanResult plan(Input input) {
        return new PurgePlanner(input).result();
    }

    private PlanResult result() {
        retired(input.inventory(), input.selection()).values().forEach(this::decide);
        leaveWhatOthersHold();
        if (!steps.isEmpty()) {
            findings.add(Finding.warning(
                    Problem.of("PRG-FOR-GOOD", "this removes for good what was retired; nothing brings it back")
                            .about(input.selection().toString())
                            .found(steps.size() + (steps.size() == 1 ? " entry" : " entries"))));
        }
        var assembly = new PlanAssembly(
                input.environment(),
                input.digest(),
                input.policyDigest(),
                input.limits(),
                input.states(),
                steps,
                inventory,
                findings);
        assembly.judgeSteps();
        return assembly.assembled(
                needs(),
                Map.of(),
                List.of(),
                List.of(),
                ApprovalNeeds.of(input.environment().protection(), !steps.isEmpty()),
                0);
    }

    private void decide(KnownEntry known) {
        var key = known.key();
        if (!isDue(known, input.retiredBy())) {
            if (input.selection().address().isEmpty()) {
                // of what is retired meanwhile, the plan of an earlier order says nothing
                return;
            }
            var grace = input.environment().grace();
            leave(Problem.of("PRG-NOT-DUE", "retired too recently, and left out of use")
                    .about(key.toString())
                    .expected("out of use for " + grace + ", and when the purge was ordered")
                    .found("retired at " + at(known) + " by migration " + known.migrationId())
                    .todo("purge it after " + grace.after(at(known))));
        } else if (!isDeclared(input.environment(), key)) {
            leave(cannot(key, "the environment does not have its target any more"));
        } else if (input.inventory().at(key).isPresent()) {
            leave(Problem.of("PRG-MANAGED", "managed again, and left alone")
                    .about(key.toString())
                    .expected("what nobody manages since it was retired")
                    .found("managed since migration "
                            + input.inventory().at(key).get().migrationId())
                    .todo("retire it again with state: absent if it has to go"));
            note(known);
        } else {
            compare(known);
        }
    }

    private void compare(KnownEntry known) {
        var key = known.key();
        switch (input.states().get(key)) {
            case null ->
                findings.add(Finding.error(Problem.of("PLN-NOT-READ", "it is not known what a target holds")
                        .about(key.toString())
                        .expected("its state")
                        .found("nothing was read")
                        .todo("plan again once the target can be read")));
            // nothing is left of it, so it is not listed again
            case EntryState.Absent _ -> note(known);
            case EntryState.Present(var _, var life) -> {
                leave(Problem.of("PRG-IN-USE", "in use again, and left alone")
                        .about(key.toString())
                        .expected("out of use, as migration " + known.migrationId() + " left it")
                        .found("somebody has taken it into use, or made it again")
                        .todo("ask whose it is; a manifest can manage it again"));
                // the same one may be in use by a migration that is not at its end, and be out of use again after it
                if (known.isOtherLife(life)) {
                    note(known);
                }
            }
            case EntryState.Retired(var content, var life) -> {
                if (known.isOtherLife(life)) {
                    leave(Problem.of("PRG-OTHERS", "another entry of that name is out of use, and left alone")
                            .about(key.toString())
                            .expected("incarnation " + known.incarnation())
                            .found(life)
                            .todo("ask whose it is; it is not what migration " + known.migrationId() + " retired"));
                    note(known);
                } else if (!canPurge(key)) {
                    leave(cannot(key, "its target removes nothing for good"));
                } else {
                    purge(known, content, life);
                }
            }
        }
    }

    private boolean canPurge(EntryKey key) {
        return kinds.ofEntry(key.kind()).isPurgeable(key.kind())
                && input.capabilities().getOrDefault(key.target(), Set.of()).contains(KindRules.CAN_PURGE);
    }

    private void purge(KnownEntry known, Content content, String life) {
        var key = known.key();
        var rules = kinds.ofEntry(key.kind());
        var resource = new Resource(
                rules.kind(),
                known.uid(),
                key.address(),
                known.project(),
                Collections.emptySortedMap(),
                true,
                Value.object(),
                Resource.Source.UNKNOWN);
        steps.put(
                key,
                new Step(
                        DesiredEntry.of(key, known.uid(), resource, Content.EMPTY),
                        new Operation.Delete(key, rules.lasting(content), Removal.PURGE),
                        life,
                        new Assessment(Risk.ONE_WAY, UndoClass.NONE, List.of()),
                        Reason.retired("by migration " + known.migrationId() + " at " + at(known))));
        note(known);
    }

    /** Of all resources that had the entry: it is not listed again for any of them. */
    private void note(KnownEntry retired) {
        byKey.getOrDefault(retired.key(), List.of())
                .forEach(known -> inventory.add(new InventoryChange.NoLongerRetired(
                        known.uid(), known.project(), known.key(), known.migrationId())));
    }

    /** An artifact with versions that stay, a version that another one refers to: until no more of them are found. */
    private void leaveWhatOthersHold() {
        boolean more = true;
        while (more) {
            var going = new TreeSet<>(steps.keySet());
            var held = new TreeMap<EntryKey, EntryKey>();
            input.states().forEach((key, state) -> {
                if (!going.contains(key) && content(state).isPresent()) {
                    kinds.ofEntry(key.kind())
                            .dependenciesAmong(going, key, content(state).get())
                            .forEach(needed ->
                                    held.merge(needed, key, (one, other) -> one.compareTo(other) < 0 ? one : other));
                }
            });
            steps.keySet().removeAll(held.keySet());
            inventory.removeIf(change -> held.containsKey(change.key()));
            held.forEach((key, by) -> leave(cannot(key, "still needed by " + by)));
            more = !held.isEmpty();
        }
    }

    private static Optional<Content> content(EntryState state) {
        return switch (state) {
            case EntryState.Present(var content, var _) -> Optional.of(content);
            case EntryState.Retired(var content, var _) -> Optional.of(content);
            case EntryState.Absent _ -> Optional.empty();
        };
    }

    private static Problem cannot(EntryKey key, String why) {
        return Problem.of("PRG-CANNOT", "this cannot be removed for good, and stays out of use")
                .about(key.toString())
                .expected("a target that can")
                .found(why)
                .todo("remove it with the target's own tools if it has to go");
    }

    private void leave(Problem why) {
        findings.add(Finding.warning(why));
    }

    /** What an entry depends on goes after it: a version before its artifact. */
    private SortedMap<EntryKey, SortedSet<EntryKey>> needs() {
        var going = new TreeSet<>(steps.keySet());
        var entries = new TreeMap<EntryKey, DesiredEntry>();
        steps.values().forEach(step -> {
            var before = ((Operation.Delete) step.operation()).before();
            entries.put(
                    step.key(),
                    step.entry()
                            .dependingOn(new TreeSet<>(
                                    kinds.ofEntry(step.key().kind()).dependenciesAmong(going, step.key(), before))));
        });
        return new Desired(entries, List.of(), List.of(), new TreeMap<>()).needs();
    }
}
