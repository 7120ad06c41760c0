package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Suppression;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** {@code metadata.suppress} of manifests that are written. */
final class Suppressing {
    private static final String METADATA = "metadata";
    private static final String FIELD = "suppress";

    private Suppressing() {}

    /** The manifest with one suppression more; the same when it has one for that rule. */
    static Value.Obj rule(Value.Obj manifest, String rule, String reason) {
        var metadata = new TreeMap<>(((Value.Obj) manifest.get(METADATA)).fields());
        var all = new ArrayList<Value>(metadata.get(FIELD) instanceof Value.Arr(var items) ? items : List.of());
        if (all.stream().anyMatch(one -> ((Value.Obj) one).get("rule").equals(Value.of(rule)))) {
            return manifest;
        }
        all.add(written(new Suppression(rule, reason, Optional.empty())));
        metadata.put(FIELD, Value.array(all));
        var whole = new TreeMap<>(manifest.fields());
        whole.put(METADATA, Value.object(metadata));
        return Value.object(whole);
    }

    static Value.Obj written(Suppression suppression) {
        var fields = new TreeMap<String, Value>();
        fields.put("rule", Value.of(suppression.rule()));
        fields.put("reason", Value.of(suppression.reason()));
        suppression.until().map(LocalDate::toString).ifPresent(day -> fields.put("until", Value.of(day)));
        return Value.object(fields);
    }
}
