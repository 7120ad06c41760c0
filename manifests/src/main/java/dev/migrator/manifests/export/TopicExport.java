package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Topics with the configs that are set on them; what is inherited is not managed. */
final class TopicExport {
    private TopicExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present) {
        var drafts = new ArrayList<Draft>();
        present.forEach((key, state) -> {
            if (key.kind().equals(TopicKind.ENTRY)) {
                drafts.add(new Draft(
                        TopicKind.KIND, key.address(), key.toString(), spec(key.address(), state), key.toString()));
            }
        });
        return drafts;
    }

    private static Value.Obj spec(String address, EntryState.Present state) {
        var config = new TreeMap<String, Value>();
        state.content().fields().forEach((field, value) -> {
            if (field.startsWith(TopicKind.CONFIG) && !value.isNull()) {
                config.put(field.substring(TopicKind.CONFIG.length()), value);
            }
        });
        var spec = new TreeMap<String, Value>();
        spec.put("address", Value.of(address));
        spec.put(TopicKind.PARTITIONS, state.content().get(TopicKind.PARTITIONS));
        spec.put(TopicKind.REPLICATION, state.content().get(TopicKind.REPLICATION));
        if (!config.isEmpty()) {
            spec.put("config", Value.object(config));
        }
        return Value.object(spec);
    }

    static Value.Obj withoutAddress(Value.Obj spec) {
        var fields = new TreeMap<>(spec.fields());
        fields.remove("address");
        return Value.object(fields);
    }
}
