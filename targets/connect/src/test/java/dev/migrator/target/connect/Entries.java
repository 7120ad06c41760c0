package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Operations on connectors, and their outcomes once settled. */
final class Entries {
    static final String SOURCE = "org.apache.kafka.connect.file.FileStreamSourceConnector";
    static final String SINK = "org.apache.kafka.connect.file.FileStreamSinkConnector";

    private Entries() {}

    static String fresh(String begin) {
        return begin + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static EntryKey key(String name) {
        return new EntryKey(Workers.TARGET, "connector", name);
    }

    /** @param fields names and texts in turn */
    static Content content(String... fields) {
        var content = new TreeMap<String, Value>();
        for (int i = 0; i < fields.length; i += 2) {
            content.put(fields[i], Value.of(fields[i + 1]));
        }
        return Content.of(content);
    }

    static Operation.Create source(String name, Path file, String topic) {
        return new Operation.Create(
                key(name),
                content(
                        "class",
                        SOURCE,
                        "config.tasks.max",
                        "1",
                        "config.topic",
                        topic,
                        "config.file",
                        file.toString()));
    }

    static Operation.Create sink(String name, Path file, String topic) {
        return new Operation.Create(
                key(name),
                content(
                        "class",
                        SINK,
                        "config.tasks.max",
                        "1",
                        "config.topics",
                        topic,
                        "config.file",
                        file.toString()));
    }

    static Operation.Update update(String name, Map<String, Value> before, Map<String, Value> after) {
        return new Operation.Update(key(name), Content.of(before), Content.of(after));
    }

    static Operation.Update update(String name, String field, String before, String after) {
        return update(name, Map.of(field, Value.of(before)), Map.of(field, Value.of(after)));
    }

    static Operation.Delete retire(Operation.Create create) {
        return new Operation.Delete(create.key(), create.after(), Removal.RETIRE);
    }

    static Outcome apply(TargetWriter writer, Operation operation) throws TargetException {
        writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return writer.apply(List.of(operation), WriteGuard.ALWAYS).getFirst();
    }

    static EntryState read(TargetWriter writer, String name) throws TargetException {
        writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return writer.readAll(Set.of(key(name))).get(key(name));
    }

    static Value field(EntryState state, String field) {
        return switch (state) {
            case EntryState.Present(var content, var _) -> content.get(field);
            case EntryState.Retired(var content, var _) -> content.get(field);
            case EntryState.Absent _ -> Value.NULL;
        };
    }
}
