package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One manifest for each version; the newest of a subject has the subject's name, and references use that one. */
final class SubjectExport {
    private SubjectExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present) {
        var newest = new HashMap<EntryKey, Integer>();
        present.keySet().stream()
                .filter(key -> key.kind().equals(SubjectKind.VERSION))
                .forEach(key -> newest.merge(subject(key), version(key), Math::max));
        var drafts = new ArrayList<Draft>();
        present.forEach((key, state) -> {
            if (key.kind().equals(SubjectKind.VERSION)) {
                var name = SubjectName.parse(key.address());
                boolean isNewest = newest.get(subject(key)) == version(key);
                drafts.add(new Draft(
                        SubjectKind.KIND,
                        isNewest ? name.subject() : name.subject() + "-v" + version(key),
                        isNewest ? subject(key).address() : key.address(),
                        spec(name, state, present.get(subject(key))),
                        key.toString()));
            }
        });
        return drafts;
    }

    private static EntryKey subject(EntryKey version) {
        return new EntryKey(
                version.target(),
                SubjectKind.SUBJECT,
                SubjectName.subject(SubjectName.parse(version.address()).subject())
                        .address());
    }

    private static int version(EntryKey key) {
        return SubjectName.parse(key.address()).version().orElse(0);
    }

    private static Value.Obj spec(SubjectName name, EntryState.Present version, EntryState.Present level) {
        var held = version.content();
        var spec = new TreeMap<String, Value>();
        spec.put("subject", Value.of(name.subject()));
        spec.put("version", Value.of(name.version().orElseThrow()));
        spec.put(SubjectKind.TYPE, held.get(SubjectKind.TYPE));
        spec.put(SubjectKind.SCHEMA, SchemaExport.readable(held.get(SubjectKind.SCHEMA)));
        if (held.get(SubjectKind.REFERENCES) instanceof Value.Arr(var references) && !references.isEmpty()) {
            spec.put(SubjectKind.REFERENCES, held.get(SubjectKind.REFERENCES));
        }
        if (level != null) {
            spec.put(SubjectKind.COMPATIBILITY, level.content().get(SubjectKind.COMPATIBILITY));
        }
        return Value.object(spec);
    }

    /** References by the logical names that the subjects they point to have got. */
    static Value.Obj linked(Value.Obj spec, Map<String, String> names) {
        if (!(spec.get(SubjectKind.REFERENCES) instanceof Value.Arr(var references))) {
            return spec;
        }
        var linked = new ArrayList<Value>();
        for (Value reference : references) {
            var to = new TreeMap<>(((Value.Obj) reference).fields());
            var subject = to.get("subject") instanceof Value.Text(var text) ? text : "";
            // a name that nobody has: the core finds it dangling, and the version is left out
            var address = SubjectName.subject(subject).address();
            to.put("subject", Value.of(names.getOrDefault(address, "not-exported." + subject)));
            linked.add(Value.object(to));
        }
        var fields = new TreeMap<>(spec.fields());
        fields.put(SubjectKind.REFERENCES, Value.array(linked));
        return Value.object(fields);
    }
}
