package dev.migrator.e2e;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A cluster's own log: each change of its metadata as its controller wrote it down, read from its disk with Kafka's own tool.
 * Nothing that the product says or does can change it.
 */
final class MetadataLog {
    /** One change: {@code TOPIC_RECORD} and its fields. */
    record Change(long offset, String type, Value.Obj fields) {
        /** Name of the topic, or of what a setting or a rule is for; empty where there is none. */
        String name() {
            var field = fields.get(type.equals("TOPIC_RECORD") ? "name" : "resourceName");
            return field instanceof Value.Text(var text) ? text : "";
        }

        boolean isOfTopicsOrRules() {
            return switch (type) {
                case "TOPIC_RECORD", "CONFIG_RECORD", "ACCESS_CONTROL_ENTRY_RECORD" -> true;
                default -> false;
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
        return changes;
    }

    private static void read(String line, List<Change> changes, List<String> other) {
        var match = LINE.matcher(line);
        if (match.matches()) {
            var record = (Value.Obj) CanonicalJson.parse(match.group(2).getBytes(StandardCharsets.UTF_8));
            changes.add(
                    new Change(Long.parseLong(match.group(1)), ((Value.Text) record.get("type")).value(), (Value.Obj)
                            record.get("data")));
        } else if (!line.startsWith("baseOffset")) {
            other.add(line);
        }
    }
}
