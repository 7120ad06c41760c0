package dev.migrator.demo;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.manifests.Manifests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder of manifests.
 *
 * @param entries what they ask for, each after those it needs
 */
public record Manifested(Bundle bundle, List<DesiredEntry> entries) {
    /** @throws ProblemException if something stops: the examples are part of the product and have to be right */
    public static Manifested read(Path folder) {
        var loaded = Manifests.load(folder);
        var bundle = loaded.bundle()
                .orElseThrow(() -> new ProblemException(loaded.findings().stream()
                        .filter(Finding::stops)
                        .findFirst()
                        .map(Finding::problem)
                        .orElse(Problem.of("DEM-MANIFESTS", "the manifests are no bundle")
                                .about(folder.toString()))));
        var desired = Desired.inNoEnvironment(Kinds.standard(), loaded.resources());
        return new Manifested(bundle, inOrder(desired));
    }

    private static List<DesiredEntry> inOrder(Desired desired) {
        var ordered = new ArrayList<DesiredEntry>();
        var open = new TreeMap<>(desired.needs());
        while (!open.isEmpty()) {
            var next = open.entrySet().stream()
                    .filter(entry -> entry.getValue().stream().noneMatch(open::containsKey))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a cycle among " + open.keySet()));
            open.remove(next);
            ordered.add(desired.entries().get(next));
        }
        return List.copyOf(ordered);
    }

    /** The entries with the fields that the manifests manage. */
    public Dump wanted() {
        var all = new TreeMap<String, SortedMap<String, String>>();
        for (var entry : entries) {
            all.put(nameOf(entry.key()), fieldsOf(entry));
        }
        return new Dump(all);
    }

    /** Its name in a {@link Dump}. */
    static String nameOf(EntryKey key) {
        return switch (key.kind()) {
            case "topic" -> Dump.topic(key.address());
            case "acl" -> aclName(AclTuple.parse(key.address()));
            default -> {
                var name = ArtifactName.parse(key.address());
                yield name.version()
                        .map(version -> Dump.version(name.group(), name.artifactId(), version))
                        .orElseGet(() -> Dump.artifact(name.group(), name.artifactId()));
            }
        };
    }

    private static String aclName(AclTuple acl) {
        return aclName(
                acl.permission(),
                acl.principal(),
                acl.operation(),
                acl.resourceType(),
                acl.patternType(),
                acl.resourceName(),
                acl.host());
    }

    /** All words as Kafka writes them, upper case. */
    public static String aclName(
            String permission,
            String principal,
            String operation,
            String resourceType,
            String patternType,
            String resourceName,
            String host) {
        return "acl " + permission + " " + principal + " " + operation + " on " + patternType + " " + resourceType + " "
                + resourceName + " from " + host;
    }

    private static SortedMap<String, String> fieldsOf(DesiredEntry entry) {
        var fields = new TreeMap<String, String>();
        entry.content().fields().forEach((field, value) -> {
            switch (value) {
                case Value.Nil _ -> {} // asked for as "not set", which a dump shows by leaving it out
                case Value.Text(var text) -> fields.put(field, text);
                default -> fields.put(field, CanonicalJson.text(value));
            }
        });
        if (entry.key().kind().equals("acl")) {
            fields.put(Dump.THERE, "yes");
        }
        return fields;
    }
}
