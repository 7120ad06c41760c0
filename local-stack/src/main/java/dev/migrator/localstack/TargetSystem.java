package dev.migrator.localstack;

import java.util.List;
import java.util.Locale;

/** What an environment of a stack may have besides its broker and registry: each has one of its own. */
public enum TargetSystem {
    CONNECT,
    POSTGRES;

    /** As people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The part that is this system of that environment, e.g. {@code connect-test}. */
    String part(Environment environment) {
        return label() + "-" + environment.label;
    }

    static List<String> labels() {
        return List.of(values()).stream().map(TargetSystem::label).toList();
    }
}
