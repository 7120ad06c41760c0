package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.kinds.ConnectorSecrets;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.httpclient.EntryRefused;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an operation wants a connector to be.
 *
 * @param settings by name as the worker knows them, the class among them; empty for one that is not to be set
 * @param run empty when it is not spoken of
 * @param secrets values among the settings that must not be told
 */
record Wanted(Map<String, Optional<String>> settings, Optional<Run> run, Set<String> secrets) {
    private static final String CLASS = "connector.class";

    /**
     * Checked as a whole before the first call, so that nothing half stays.
     *
     * @param there the connector's configuration, empty if there is none: what was not shown of it stays as it is
     * @throws EntryRefused for a field that no connector has, and a value that was never read
     */
    static Wanted of(EntryKey key, Content after, Map<String, String> there) throws EntryRefused {
        var settings = new TreeMap<String, Optional<String>>();
        var secrets = new TreeSet<String>();
        var run = Optional.<Run>empty();
        for (var field : after.fields().entrySet()) {
            var name = field.getKey();
            if (name.equals(ConnectorKind.RUN)) {
                run = Run.of(field.getValue());
                if (run.isEmpty() && !field.getValue().isNull()) {
                    throw EntryRefused.field(key, "TGT-FIELD", "a connector cannot be in this state", name);
                }
            } else if (name.equals(ConnectorKind.CLASS)) {
                settings.put(CLASS, text(key, name, field.getValue()));
            } else if (name.startsWith(ConnectorKind.CONFIG)) {
                var setting = name.substring(ConnectorKind.CONFIG.length());
                var value = text(key, name, field.getValue());
                if (!value.equals(Optional.of(ConnectorSecrets.HIDDEN))) {
                    settings.put(setting, value);
                } else if (!there.containsKey(setting)
                        && !after.fields().containsKey(ConnectorKind.SECRET_CONFIG + setting)) {
                    throw EntryRefused.field(
                            key, "CNR-HIDDEN", "a secret that was never read cannot be written back", name);
                }
            } else if (name.startsWith(ConnectorKind.SECRET_CONFIG)) {
                var value = text(key, name, field.getValue());
                settings.put(name.substring(ConnectorKind.SECRET_CONFIG.length()), value);
                value.ifPresent(secrets::add);
            } else {
                throw EntryRefused.field(key, "TGT-FIELD", "a connector has no such field", name);
            }
        }
        for (var setting : settings.keySet()) {
            if (setting.equals("name") || setting.startsWith(Marks.OWN)) {
                throw EntryRefused.field(key, "TGT-FIELD", "a connector has no such field", setting);
            }
        }
        return new Wanted(settings, run, secrets);
    }

    /** Whether reads show the field's value. */
    static boolean isReadable(String field) {
        return field.equals(ConnectorKind.CLASS) || field.startsWith(ConnectorKind.CONFIG);
    }

    /** What a worker calls a readable field. */
    static String setting(String field) {
        return field.equals(ConnectorKind.CLASS) ? CLASS : field.substring(ConnectorKind.CONFIG.length());
    }

    private static Optional<String> text(EntryKey key, String field, Value value) throws EntryRefused {
        return switch (value) {
            case Value.Nil _ -> Optional.empty();
            case Value.Text(var text) -> Optional.of(text);
            default -> throw EntryRefused.field(key, "TGT-FIELD", "a connector's setting is a text", field);
        };
    }

    /** A whole configuration: what is there with these settings. */
    TreeMap<String, String> on(Map<String, String> there) {
        var whole = new TreeMap<>(there);
        settings.forEach((setting, value) ->
                value.ifPresentOrElse(text -> whole.put(setting, text), () -> whole.remove(setting)));
        return whole;
    }

    /** The settings that differ from those that are there. */
    TreeMap<String, Optional<String>> changesOf(Map<String, String> there) {
        var changes = new TreeMap<String, Optional<String>>();
        settings.forEach((setting, value) -> {
            if (!value.equals(Optional.ofNullable(there.get(setting)))) {
                changes.put(setting, value);
            }
        });
        return changes;
    }
}
