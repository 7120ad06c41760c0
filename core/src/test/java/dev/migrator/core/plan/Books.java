package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An inventory in memory that takes in what succeeded plans make known, as the executor does. */
final class Books {
    private final TreeMap<String, KnownEntry> entries = new TreeMap<>();
    private final Set<String> pruning = new TreeSet<>();
    /** When plans are recorded. */
    private Instant now = Instant.parse("2026-12-01T12:00:00Z");

    void at(Instant time) {
        now = time;
    }

    void pruning(String... projects) {
        pruning.addAll(List.of(projects));
    }

    /** After the plan was applied. */
    void record(Plan plan, World world) {
        var written = new HashMap<EntryKey, Content>();
        plan.operations().forEach(planned -> {
            switch (planned.operation()) {
                case Operation.Create(var key, var after) -> written.put(key, after);
                case Operation.Update(var key, var _, var after) -> written.put(key, after);
                case Operation.Delete _ -> {}
            }
        });
        for (var change : plan.inventory()) {
            var name = change.uid() + "/" + change.key().kind();
            switch (change) {
                case InventoryChange.Hold hold ->
                    entries.put(
                            name,
                            hold.known(written.getOrDefault(hold.key(), Content.EMPTY), world.life(hold.key()), "m-1"));
                case InventoryChange.Gone gone ->
                    entries.put(
                            name,
                            world.state(gone.key()) instanceof EntryState.Retired(var _, var life)
                                            && isPurgeable(gone.key())
                                    ? gone.retired(life, "m-1", now)
                                    : gone.known("m-1"));
                case InventoryChange.NoLongerRetired over ->
                    entries.computeIfPresent(name, (_, known) -> over.isAbout(known) ? over.known("m-1") : known);
                case InventoryChange.Forget _ -> entries.remove(name);
            }
        }
    }

    private static boolean isPurgeable(EntryKey key) {
        return Kinds.standard().ofEntry(key.kind()).isPurgeable(key.kind());
    }

    void put(KnownEntry entry) {
        entries.put(entry.uid() + "/" + entry.key().kind(), entry);
    }

    /** As a migration does that deletes it now. */
    void retire(KnownEntry known, String life) {
        put(new InventoryChange.Gone(known.uid(), known.project(), known.key()).retired(life, "m-1", now));
    }

    List<KnownEntry> entries() {
        return List.copyOf(entries.values());
    }

    Inventory inventory() {
        return Inventory.of(entries.values());
    }

    /** The entry at an address that is known to be there. */
    KnownEntry known(String address) {
        return entries.values().stream()
                .filter(entry -> entry.key().address().equals(address) && !entry.deleted())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is known of " + address));
    }

    PlanInput input(Bundle bundle, World world) {
        return input(bundle, world, DriftDecision.KEEP);
    }

    PlanInput input(Bundle bundle, World world, DriftDecision decision) {
        return input(bundle.resources(), bundle, world, decision, PlanLimits.STANDARD);
    }

    PlanInput input(List<Resource> resources, Bundle bundle, World world, DriftDecision decision, PlanLimits limits) {
        var keys = Planner.keysToRead(Planning.PRODUCTION, resources, inventory(), pruning, Optional.empty())
                .keys();
        Map<EntryKey, EntryState> states = world.read(keys);
        return new PlanInput(
                        Planning.PRODUCTION,
                        resources,
                        bundle.digest(),
                        states,
                        Map.of("kafka", Planning.EVERYTHING, "registry", Planning.EVERYTHING),
                        limits,
                        Policy.of(Planning.PRODUCTION).digest())
                .knowing(inventory(), pruning, decision);
    }

    Plan plan(Bundle bundle, World world) {
        return Planning.plan(input(bundle, world));
    }

    /** {@code CODE thing} of each finding. */
    List<String> refusal(Bundle bundle, World world, DriftDecision decision) {
        return Planning.refusal(input(bundle, world, decision));
    }

    List<String> refusal(Bundle bundle, World world) {
        return refusal(bundle, world, DriftDecision.KEEP);
    }

    /** Plans, applies and takes in. */
    Plan migrate(Bundle bundle, World world) {
        var plan = plan(bundle, world);
        world.apply(plan);
        record(plan, world);
        assertThat(plan(bundle, world).isEmpty())
                .as("a second plan changes nothing")
                .isTrue();
        return plan;
    }
}
