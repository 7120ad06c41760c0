package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.target.TargetException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The rules that hold for an artifact once the plan is applied: its own, else those of its group, else the registry's. */
final class RulesToCome {
    private static final String NONE = "NONE";

    private final RegistryReads reads;
    private final PlannedSchemas planned;
    private final Map<String, SortedMap<String, String>> known = new ConcurrentHashMap<>();

    RulesToCome(RegistryReads reads, PlannedSchemas planned) {
        this.reads = reads;
        this.planned = planned;
    }

    /** Whether other rules will hold for it than do now. */
    boolean change(ArtifactName artifact) throws TargetException {
        return !now(artifact).equals(of(artifact));
    }

    /** Values by type, those without effect left out. */
    SortedMap<String, String> of(ArtifactName artifact) throws TargetException {
        var rules = new TreeMap<String, String>();
        var global = there(Paths.GLOBAL_RULES);
        for (var type : Rules.TYPES) {
            planned.globalRule(type, Optional.ofNullable(global.get(type))).ifPresent(value -> rules.put(type, value));
        }
        rules.putAll(with(there(Paths.groupRules(artifact.group())), planned.ofGroup(artifact.group())));
        rules.putAll(with(there(Paths.rules(artifact)), planned.ofArtifact(artifact.address())));
        return inForce(rules);
    }

    private SortedMap<String, String> now(ArtifactName artifact) throws TargetException {
        var rules = new TreeMap<>(there(Paths.GLOBAL_RULES));
        rules.putAll(there(Paths.groupRules(artifact.group())));
        rules.putAll(there(Paths.rules(artifact)));
        return inForce(rules);
    }

    private static SortedMap<String, String> inForce(TreeMap<String, String> rules) {
        rules.values().removeIf(NONE::equals);
        return rules;
    }

    private static SortedMap<String, String> with(SortedMap<String, String> there, Content planned) {
        var rules = new TreeMap<>(there);
        planned.fields().forEach((field, value) -> {
            if (field.startsWith(Fields.RULE)) {
                var type = field.substring(Fields.RULE.length());
                if (value instanceof Value.Text(var text)) {
                    rules.put(type, text);
                } else {
                    rules.remove(type);
                }
            }
        });
        return rules;
    }

    private SortedMap<String, String> there(String path) throws TargetException {
        var rules = known.get(path);
        if (rules == null) {
            rules = reads.rules(path).orElseGet(TreeMap::new);
            known.put(path, rules);
        }
        return rules;
    }
}
