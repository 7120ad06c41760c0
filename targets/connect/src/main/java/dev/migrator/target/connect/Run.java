package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import java.util.Optional;

/** What a connector is wanted to do. */
enum Run {
    RUNNING("resume"),
    PAUSED("pause"),
    STOPPED("stop");

    private final String verb;

    Run(String verb) {
        this.verb = verb;
    }

    /** As the REST interface names the way there. */
    String verb() {
        return verb;
    }

    static Optional<Run> of(String word) {
        for (var run : values()) {
            if (run.name().equals(word)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    static Optional<Run> of(Value value) {
        return value instanceof Value.Text(var word) ? of(word) : Optional.empty();
    }
}
