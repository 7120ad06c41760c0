package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.kinds.ConnectorSecrets;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Connectors with all their settings. Secrets in plain text were never read: a reference is written in their place. */
final class ConnectorExport {
    private static final Value HIDDEN = Value.of(ConnectorSecrets.HIDDEN);
    private static final int LONGEST_SECRET_NAME = 128;

    private ConnectorExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present) {
        var drafts = new ArrayList<Draft>();
        present.forEach((key, state) -> {
            if (key.kind().equals(ConnectorKind.ENTRY)) {
                drafts.add(new Draft(
                        ConnectorKind.KIND, key.address(), key.toString(), spec(key.address(), state), key.toString()));
            }
        });
        return drafts;
    }

    private static Value.Obj spec(String address, EntryState.Present state) {
        var config = new TreeMap<String, Value>();
        state.content().fields().forEach((field, value) -> {
            if (field.startsWith(ConnectorKind.CONFIG) && !value.isNull()) {
                config.put(field.substring(ConnectorKind.CONFIG.length()), value);
            }
        });
        var spec = new TreeMap<String, Value>();
        spec.put("address", Value.of(address));
        spec.put(ConnectorKind.CLASS, state.content().get(ConnectorKind.CLASS));
        var run = state.content().get(ConnectorKind.RUN);
        // one that runs is left to whoever pauses it for an hour
        if (!run.isNull() && !run.equals(Value.of("RUNNING"))) {
            spec.put(ConnectorKind.RUN, run);
        }
        if (!config.isEmpty()) {
            spec.put("config", Value.object(config));
        }
        return Value.object(spec);
    }

    /**
     * References in the place of what was not shown.
     *
     * @param spec escaped, of a resource of that name
     * @param replaced gets each setting and the name of its secret
     */
    static Value.Obj withSecrets(Value.Obj spec, String name, BiConsumer<String, String> replaced) {
        if (!(spec.get("config") instanceof Value.Obj config)
                || !config.fields().containsValue(HIDDEN)) {
            return spec;
        }
        var settings = new TreeMap<>(config.fields());
        settings.replaceAll((setting, value) -> {
            if (!value.equals(HIDDEN)) {
                return value;
            }
            var secret = secretName(name, setting);
            replaced.accept(setting, secret);
            return Value.of(Placeholders.secret(secret));
        });
        var fields = new TreeMap<>(spec.fields());
        fields.put("config", Value.object(settings));
        return Value.object(fields);
    }

    private static String secretName(String name, String setting) {
        var plain = ("connect." + name + "." + setting).replaceAll("[^A-Za-z0-9._-]", "-");
        // the end tells more than the beginning
        return plain.length() <= LONGEST_SECRET_NAME
                ? plain
                : "c" + plain.substring(plain.length() - LONGEST_SECRET_NAME + 1);
    }
}
