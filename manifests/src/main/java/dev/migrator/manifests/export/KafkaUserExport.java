package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Users with how they log in. Their passwords cannot be exported: a reference stands for each, to be filled with a secret. */
final class KafkaUserExport {
    private KafkaUserExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present) {
        var drafts = new ArrayList<Draft>();
        present.forEach((key, state) -> {
            if (key.kind().equals(KafkaUserKind.ENTRY)) {
                drafts.add(new Draft(
                        KafkaUserKind.KIND, key.address(), key.toString(), spec(key.address(), state), key.toString()));
            }
        });
        return drafts;
    }

    private static Value.Obj spec(String name, EntryState.Present state) {
        var mechanisms = new TreeMap<String, Value>();
        state.content().fields().forEach((field, iterations) -> {
            if (field.startsWith(KafkaUserKind.ITERATIONS) && !iterations.isNull()) {
                mechanisms.put(
                        field.substring(KafkaUserKind.ITERATIONS.length()), Value.object("iterations", iterations));
            }
        });
        return Value.object(
                "address",
                Value.of(name),
                "mechanisms",
                Value.object(mechanisms),
                "password",
                Value.of(Placeholders.secret("kafka-user-" + plain(name))));
    }

    /** What the name of a secret can have. */
    private static String plain(String name) {
        var plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return plain.substring(0, Math.min(100, plain.length()));
    }
}
