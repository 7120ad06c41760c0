package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.target.TargetException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The rules that an artifact will have once the plan is applied: its own, and those of its group and the registry. */
final class RulesToCome {
    private static final String UNKNOWN = "?";
    private static final String NONE = "NONE";

    private final RegistryReads reads;
    private final PlannedSchemas planned;
    private final ConcurrentHashMap<String, Set<String>> inherited = new ConcurrentHashMap<>();

    RulesToCome(RegistryReads reads, PlannedSchemas planned) {
        this.reads = reads;
        this.planned = planned;
    }

    /** Whether the plan changes a rule of it, or makes it. */
    boolean change(ArtifactName artifact) {
        return planned.fieldsOf(artifact.address()).fields().keySet().stream()
                .anyMatch(field -> field.startsWith(Fields.RULE));
    }

    /** Values by type, those without effect left out; an inherited one has the value {@code ?}. */
    TreeMap<String, String> of(ArtifactName artifact) throws TargetException {
        var rules = new TreeMap<String, String>();
        for (var type : inherited(artifact.group())) {
            rules.put(type, UNKNOWN);
        }
        var fields = planned.fieldsOf(artifact.address());
        reads.rules(artifact).orElseGet(TreeMap::new).forEach((type, value) -> {
            if (!fields.fields().containsKey(Fields.RULE + type)) {
                rules.put(type, value);
            }
        });
        plannedRules(fields, rules);
        rules.values().removeIf(NONE::equals);
        return rules;
    }

    private static void plannedRules(Content fields, TreeMap<String, String> rules) {
        fields.fields().forEach((field, value) -> {
            if (field.startsWith(Fields.RULE)) {
                var type = field.substring(Fields.RULE.length());
                if (value instanceof Value.Text(var text)) {
                    rules.put(type, text);
                }
            }
        });
    }

    private Set<String> inherited(String group) throws TargetException {
        var known = inherited.get(group);
        if (known == null) {
            known = reads.inheritedRules(group);
            inherited.put(group, known);
        }
        return known;
    }
}
