package dev.migrator.manifests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.Planner;
import dev.migrator.manifests.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an environment says, from {@code target.json}: {@code targets} (name, type; by default a Kafka and a registry),
 * {@code entries} (target, kind, address, content, retired), {@code principal} of the
 * executor, {@code maxOperations}; what is known of it: {@code inventory} (uid,
 * project, kind, address, incarnation, fields, protected, deleted), {@code pruning} (projects), {@code drift}.
 */
record FixtureTarget(Value.Obj json) {
    private static final List<Value> STANDARD = List.of(
            Value.object("name", Value.of("kafka"), "type", Value.of("kafka")),
            Value.object("name", Value.of("registry"), "type", Value.of("apicurio-registry")));

    static FixtureTarget read(Path file) throws IOException {
        return new FixtureTarget((Value.Obj) CanonicalJson.parse(Files.readString(file)));
    }

    List<Finding> plan(Loaded manifests) {
        assertThat(manifests.findings())
                .as("a rule against an environment needs a valid bundle")
                .noneMatch(Finding::stops);
        var environment = new Environment("production", 1, Protection.PROTECTED, "default", targets());
        var reads = Planner.keysToRead(environment, manifests.resources(), inventory(), pruning(), Optional.empty());
        if (reads.stops()) {
            return reads.findings();
        }
        var states = new TreeMap<EntryKey, EntryState>();
        reads.keys().forEach(key -> states.put(key, EntryState.ABSENT));
        states.putAll(entries());
        var capabilities = new TreeMap<String, Set<String>>();
        targets().forEach(target -> capabilities.put(target.name(), Set.of("DELETE", "RETIRE")));
        var digest = Digest.ofText("a fixture");
        return switch (Planner.plan(new PlanInput(
                        environment, manifests.resources(), digest, states, capabilities, limits(), digest)
                .knowing(inventory(), pruning(), drift())
                .owned(manifests.bundle().orElseThrow().resolve("production").projects())
                .rollingOut(
                        manifests.bundle().orElseThrow().resolve("production").rollout()))) {
            case PlanResult.Planned planned -> planned.findings();
            case PlanResult.Rejected rejected -> rejected.findings();
        };
    }

    private List<TargetConfig> targets() {
        return items("targets", STANDARD).stream()
                .map(target -> new TargetConfig(
                        text(target, "name"),
                        text(target, "type"),
                        "target.example:1",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        principalOf(target)))
                .toList();
    }

    private Optional<String> principalOf(Value.Obj target) {
        return text(target, "type").equals("kafka") && json.get("principal") instanceof Value.Text(var principal)
                ? Optional.of(principal)
                : Optional.empty();
    }

    private Map<EntryKey, EntryState> entries() {
        var entries = new TreeMap<EntryKey, EntryState>();
        items("entries", List.of())
                .forEach(entry -> entries.put(
                        new EntryKey(text(entry, "target"), text(entry, "kind"), text(entry, "address")),
                        state(entry, Content.of(((Value.Obj) entry.get("content")).fields()))));
        return entries;
    }

    private static EntryState state(Value.Obj entry, Content content) {
        return entry.get("retired").equals(Value.of(true))
                ? new EntryState.Retired(content, "1")
                : new EntryState.Present(content, "1");
    }

    private Inventory inventory() {
        return Inventory.of(items("inventory", List.of()).stream()
                .map(entry -> new KnownEntry(
                        text(entry, "uid"),
                        text(entry, "project"),
                        new EntryKey("kafka", text(entry, "kind"), text(entry, "address")),
                        text(entry, "incarnation"),
                        KnownEntry.fingerprints(Content.of(((Value.Obj) entry.get("fields")).fields())),
                        entry.get("protected").equals(Value.of(true)),
                        List.of(),
                        entry.get("deleted").equals(Value.of(true)),
                        "m-1"))
                .toList());
    }

    private Set<String> pruning() {
        return json.get("pruning") instanceof Value.Arr(var projects)
                ? projects.stream()
                        .map(project -> ((Value.Text) project).value())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private DriftDecision drift() {
        return json.get("drift") instanceof Value.Text(var word)
                ? DriftDecision.valueOf(word.toUpperCase(Locale.ROOT))
                : DriftDecision.KEEP;
    }

    private PlanLimits limits() {
        return json.get("maxOperations") instanceof Value.Num(var most)
                ? new PlanLimits(100, Map.of(), Map.of(), most.intValueExact())
                : PlanLimits.STANDARD;
    }

    private List<Value.Obj> items(String name, List<Value> otherwise) {
        var items = json.get(name) instanceof Value.Arr(var written) ? written : otherwise;
        return items.stream().map(Value.Obj.class::cast).toList();
    }

    private static String text(Value.Obj object, String name) {
        return ((Value.Text) object.get(name)).value();
    }
}
