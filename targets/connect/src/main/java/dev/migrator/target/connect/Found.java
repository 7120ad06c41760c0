package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A connector as its cluster holds it.
 *
 * @param config as it is, secrets in plain text included: never leaves this package
 * @param tasks it is configured to have; none when it is stopped
 * @param status empty when no worker said anything yet
 */
record Found(String name, SortedMap<String, String> config, int tasks, Optional<Status> status) {
    private static final String CLASS = "connector.class";

    Found {
        config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    }

    /** @param info as {@code GET /connectors/NAME} answers */
    static Found from(String name, Value.Obj info, Optional<Status> status) {
        var config = new TreeMap<String, String>();
        if (info.get("config") instanceof Value.Obj(var fields)) {
            fields.forEach((setting, value) -> {
                if (value instanceof Value.Text(var text)) {
                    config.put(setting, text);
                }
            });
        }
        int tasks = info.get("tasks") instanceof Value.Arr(var items) ? items.size() : 0;
        return new Found(name, config, tasks, status);
    }

    /** What is known for certain; empty while workers share out connectors anew. */
    Optional<Run> run() {
        return status.filter(Status::isDefinite)
                .map(known -> Run.of(known.connector()).orElse(Run.RUNNING));
    }

    /** Stopping takes its tasks away before anything else, and that is kept, whichever worker has it. */
    private boolean isStopped() {
        return tasks == 0 && run().filter(run -> run != Run.STOPPED).isEmpty() || hasFailedWithoutTasks();
    }

    private boolean hasFailedWithoutTasks() {
        return tasks == 0
                && status.filter(known -> known.connector().equals("FAILED")).isPresent();
    }

    boolean isMarked() {
        return config.containsKey(Marks.RETIRED);
    }

    boolean isRetired() {
        return isMarked() && isStopped();
    }

    boolean hasFailed() {
        return status.filter(Status::hasFailed).isPresent();
    }

    String type() {
        return config.getOrDefault(CLASS, "");
    }
}
