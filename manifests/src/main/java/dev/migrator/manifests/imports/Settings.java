package dev.migrator.manifests.imports;

import java.util.Map;
import java.util.TreeMap;

/** Reads a mapping of topic configs; each value as the text that Kafka takes. */
final class Settings {
    private Settings() {}

    /** What is not set (null) is left out: it is inherited. */
    static Map<String, String> of(Node configs, Collected into) {
        var settings = new TreeMap<String, String>();
        if (!configs.isNothing() && !configs.isObject()) {
            into.notUnderstood(configs, "these are no settings", "a mapping");
        }
        for (String name : configs.names()) {
            var value = configs.at(name);
            if (value.value() instanceof dev.migrator.core.canonical.Value.Arr) {
                // as in cleanup.policy: [compact, delete]
                settings.put(
                        name,
                        String.join(
                                ",",
                                value.items().stream()
                                        .flatMap(item -> item.scalar().stream())
                                        .toList()));
            } else if (!value.isNothing()) {
                value.scalar()
                        .filter(text -> !text.contains(Rules.TEMPLATE))
                        .ifPresentOrElse(
                                text -> settings.put(name, text),
                                () -> into.notUnderstood(
                                        value,
                                        "this is no value of a setting",
                                        "a text or number, templates resolved"));
            }
        }
        return settings;
    }
}
