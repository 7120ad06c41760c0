package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The values that a topic configuration can have (Apache Kafka 4, "Topic-Level Configs"). Where versions differ, the wider
 * range counts: the broker itself is asked in the dry run.
 */
final class TopicConfigValues {
    /** A value that can be right; {@code like} says so to people. */
    private sealed interface Form {
        record Number(BigDecimal min, BigDecimal max, boolean whole) implements Form {}

        /** All of a text. */
        record Shaped(Pattern shape, String like) implements Form {}

        record Words(List<String> words, boolean several) implements Form {}
    }

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}(\\.[0-9]{1,19})?");
    private static final long INT = Integer.MAX_VALUE;
    private static final long LONG = Long.MAX_VALUE;

    private static final String PAIR = "[0-9]+:[0-9]+";

    private static final Map<String, Form> FORMS = forms();

    private TopicConfigValues() {}

    /** What the value should have been, empty if it can be right or nothing is known about the setting. */
    static Optional<String> expectedInstead(String name, Value value) {
        return value instanceof Value.Text(var text) && FORMS.containsKey(name)
                ? switch (FORMS.get(name)) {
                    case Form.Number number -> fits(number, text) ? Optional.empty() : Optional.of(said(name, number));
                    case Form.Shaped(var shape, var like) ->
                        shape.matcher(text.strip()).matches() ? Optional.empty() : Optional.of(like);
                    case Form.Words words -> fits(words, text) ? Optional.empty() : Optional.of(said(words));
                }
                : Optional.empty();
    }

    private static boolean fits(Form.Number form, String text) {
        if (!(form.whole() ? WHOLE : DECIMAL).matcher(text.strip()).matches()) {
            return false;
        }
        var number = new BigDecimal(text.strip());
        return number.compareTo(form.min()) >= 0 && number.compareTo(form.max()) <= 0;
    }

    private static boolean fits(Form.Words form, String text) {
        var written = form.several()
                ? Arrays.stream(text.split(",", -1)).map(String::strip).toList()
                : List.of(text);
        return form.words().containsAll(written);
    }

    private static String said(String name, Form.Number form) {
        var what = form.whole() ? "a whole number" : "a number";
        var unit = name.endsWith(".ms") ? " of milliseconds" : name.endsWith(".bytes") ? " of bytes" : "";
        var most = form.max().compareTo(BigDecimal.valueOf(INT)) >= 0
                ? ""
                : " to " + form.max().toPlainString();
        return what + unit + " from " + form.min().toPlainString() + most;
    }

    private static String said(Form.Words form) {
        return (form.several() ? "one or more of " : "one of ") + String.join(", ", form.words());
    }

    private static Map<String, Form> forms() {
        var forms = new TreeMap<String, Form>();
        for (var name : List.of(
                "delete.retention.ms",
                "file.delete.delay.ms",
                "flush.ms",
                "message.timestamp.after.max.ms",
                "message.timestamp.before.max.ms",
                "min.compaction.lag.ms",
                "segment.jitter.ms")) {
            forms.put(name, whole(0, LONG));
        }
        for (var name : List.of("index.interval.bytes", "max.message.bytes", "segment.index.bytes", "segment.bytes")) {
            forms.put(name, whole(0, INT));
        }
        forms.put("flush.messages", whole(1, LONG));
        forms.put("segment.ms", whole(1, LONG));
        forms.put("max.compaction.lag.ms", whole(1, LONG));
        forms.put("min.insync.replicas", whole(1, INT));
        forms.put("retention.ms", whole(-1, LONG));
        forms.put("retention.bytes", whole(-LONG - 1, LONG));
        forms.put("local.retention.ms", whole(-2, LONG));
        forms.put("local.retention.bytes", whole(-2, LONG));
        forms.put("min.cleanable.dirty.ratio", new Form.Number(BigDecimal.ZERO, BigDecimal.ONE, false));
        forms.put(
                "compression.gzip.level",
                new Form.Shaped(Pattern.compile("-1|[1-9]"), "a whole number from 1 to 9, or -1"));
        forms.put("compression.lz4.level", whole(1, 17));
        forms.put("compression.zstd.level", whole(-131_072, 22));
        forms.put("cleanup.policy", new Form.Words(List.of("delete", "compact"), true));
        forms.put("compression.type", words("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"));
        forms.put("message.timestamp.type", words("CreateTime", "LogAppendTime"));
        for (var name : List.of("leader.replication.throttled.replicas", "follower.replication.throttled.replicas")) {
            forms.put(
                    name,
                    new Form.Shaped(
                            Pattern.compile("\\*|" + PAIR + "(," + PAIR + ")*,?"), "* or partition:broker,..."));
        }
        for (var name : List.of(
                "preallocate",
                "remote.log.copy.disable",
                "remote.log.delete.on.disable",
                "remote.storage.enable",
                "unclean.leader.election.enable")) {
            forms.put(name, words("true", "false"));
        }
        return forms;
    }

    private static Form whole(long min, long max) {
        return new Form.Number(BigDecimal.valueOf(min), BigDecimal.valueOf(max), true);
    }

    private static Form words(String... words) {
        return new Form.Words(List.of(words), false);
    }
}
