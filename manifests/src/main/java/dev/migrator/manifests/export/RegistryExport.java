package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.RegistryFields;
import dev.migrator.core.kinds.RegistryRulesKind;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Groups and rules of a registry, and what these, artifacts and versions have in common. */
final class RegistryExport {
    private RegistryExport() {}

    /** One manifest for all rules of a registry. */
    static List<Draft> rules(SortedMap<EntryKey, EntryState.Present> present) {
        var byTarget = new TreeMap<String, TreeMap<String, Value>>();
        present.forEach((key, state) -> {
            if (key.kind().equals(RegistryRulesKind.ENTRY)) {
                byTarget.computeIfAbsent(key.target(), _ -> new TreeMap<>())
                        .put(key.address(), state.content().get(RegistryRulesKind.CONFIG));
            }
        });
        return byTarget.entrySet().stream()
                .map(target -> new Draft(
                        RegistryRulesKind.KIND,
                        target.getKey(),
                        target.getKey(),
                        Value.object("rules", Value.object(target.getValue())),
                        target.getKey() + " " + RegistryRulesKind.ENTRY))
                .toList();
    }

    static List<Draft> groups(SortedMap<EntryKey, EntryState.Present> present) {
        var drafts = new ArrayList<Draft>();
        present.forEach((key, state) -> {
            if (key.kind().equals(SchemaGroupKind.ENTRY)) {
                var id = SchemaGroupKind.group(key.address());
                var spec = new TreeMap<String, Value>();
                spec.put("group", Value.of(id));
                addWords(state.content(), spec);
                addRules(state.content(), spec);
                drafts.add(new Draft(SchemaGroupKind.KIND, id, key.address(), Value.object(spec), key.toString()));
            }
        });
        return drafts;
    }

    /** Rules that are set. */
    static void addRules(Content held, Map<String, Value> spec) {
        var rules = below(RegistryFields.RULE, held);
        if (!rules.isEmpty()) {
            spec.put("rules", Value.object(rules));
        }
    }

    /** Name, description and labels that are set. */
    static void addWords(Content held, Map<String, Value> spec) {
        for (var field : new String[] {RegistryFields.NAME, RegistryFields.DESCRIPTION}) {
            if (held.get(field) instanceof Value.Text(var text) && !text.isBlank()) {
                spec.put(field, held.get(field));
            }
        }
        var labels = below(RegistryFields.LABEL, held);
        labels.keySet().removeIf(String::isBlank);
        if (!labels.isEmpty()) {
            spec.put("labels", Value.object(labels));
        }
    }

    private static TreeMap<String, Value> below(String prefix, Content held) {
        var found = new TreeMap<String, Value>();
        held.fields().forEach((field, value) -> {
            if (field.startsWith(prefix) && !value.isNull()) {
                found.put(field.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
