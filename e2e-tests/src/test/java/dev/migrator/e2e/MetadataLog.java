package dev.migrator.e2e;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster's own log: each change of its metadata as its controller wrote it down, read from its disk with Kafka's own tool.
 * Nothing that the product says or does can change it.
 */
final class MetadataLog {
    /**
     * One change.
     *
     * @param type such as {@code TOPIC_RECORD}
     * @param about fields of the change that made the topic or the rule that this one speaks of by its id; its own where it has
     *     none, or made it
     */
    record Change(long offset, String type, Value.Obj fields, Value.Obj about) {
        /** Name of the topic, or of what a setting or a rule is for; empty where there is none. */
        String name() {
            var topic = about.get("topicId").isNull() ? "resourceName" : "name";
            return about.get(topic) instanceof Value.Text(var text) ? text : "";
        }

        /** Whether a client asked for it; what brokers and controllers tell each other is left out, and nothing else. */
        boolean isAskedFor() {
            return switch (type) {
                case "NO_OP_RECORD",
                        "BEGIN_TRANSACTION_RECORD",
                        "END_TRANSACTION_RECORD",
                        "ABORT_TRANSACTION_RECORD",
                        "REGISTER_CONTROLLER_RECORD",
                        "REGISTER_BROKER_RECORD",
                        "UNREGISTER_BROKER_RECORD",
                        "BROKER_REGISTRATION_CHANGE_RECORD",
                        "FENCE_BROKER_RECORD",
                        "UNFENCE_BROKER_RECORD",
                        "FEATURE_LEVEL_RECORD",
                        "PRODUCER_IDS_RECORD" -> false;
                // who leads and who is in sync changes when a broker is slow; on which brokers it lies, when a client
                // says so
                case "PARTITION_CHANGE_RECORD" ->
                    Stream.of("replicas", "addingReplicas", "removingReplicas")
                            .anyMatch(field -> !fields.get(field).isNull());
                default -> true;
            };
        }
    }

    private static final Pattern LINE = Pattern.compile("\\| offset: (\\d+) .*? payload: (\\{.*})");

    private final Path folder;
    private final Path jars;

    MetadataLog(SharedStack stack, String cluster) {
        this.folder = stack.stack().layout().data("kafka").resolve(cluster).resolve("__cluster_metadata-0");
        this.jars = stack.root().resolve("local-stack/servers/kafka/target/server");
    }

    /** Offset of the newest change. */
    long end() throws IOException, InterruptedException {
        return all().getLast().offset();
    }

    /** What was changed after that one, in order. */
    List<Change> after(long offset) throws IOException, InterruptedException {
        return all().stream().filter(change -> change.offset() > offset).toList();
    }

    private List<Change> all() throws IOException, InterruptedException {
        String segments;
        try (var files = Files.list(folder)) {
            segments = files.map(Path::toString)
                    .filter(file -> file.endsWith(".log"))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
        var tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        jars.resolve("*").toString(),
                        "kafka.tools.DumpLogSegments",
                        "--cluster-metadata-decoder",
                        "--files",
                        segments)
                .redirectErrorStream(true)
                .start();
        var changes = new ArrayList<Change>();
        var other = new ArrayList<String>();
        try (var lines = tool.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> read(line, changes, other));
        }
        if (tool.waitFor() != 0 || changes.isEmpty()) {
            throw new AssertionError("the log of " + folder + " cannot be read: " + other);
        }
        return named(changes);
    }

    /** The log is there from its first record: what has an id was made in it. */
    private static List<Change> named(List<Change> changes) {
        var made = new HashMap<Value, Value.Obj>();
        for (var change : changes) {
            switch (change.type()) {
                case "TOPIC_RECORD" -> made.put(change.fields().get("topicId"), change.fields());
                case "ACCESS_CONTROL_ENTRY_RECORD" -> made.put(change.fields().get("id"), change.fields());
                default -> {
                    // has no id of its own
                }
            }
        }
        return changes.stream()
                .map(change -> new Change(
                        change.offset(),
                        change.type(),
                        change.fields(),
                        Stream.of("topicId", "id")
                                .map(change.fields()::get)
                                .map(made::get)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(change.fields())))
                .toList();
    }

    private static void read(String line, List<Change> changes, List<String> other) {
        var match = LINE.matcher(line);
        if (match.matches()) {
            var record = (Value.Obj) CanonicalJson.parse(match.group(2).getBytes(StandardCharsets.UTF_8));
            var fields = (Value.Obj) record.get("data");
            var type = ((Value.Text) record.get("type")).value();
            changes.add(new Change(Long.parseLong(match.group(1)), type, fields, fields));
        } else if (!line.startsWith("baseOffset")) {
            other.add(line);
        }
    }
}
