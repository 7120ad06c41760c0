package dev.migrator.manifests.yaml;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** How a text is written as YAML so that {@link YamlReader} reads it back: plain where that can be, else in quotes. */
public final class YamlScalars {
    /** What may not begin a plain text (YAML 1.2.2, section 5.3). */
    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    /** What may not stand in a plain text between brackets. */
    private static final String FLOW_INDICATORS = ",[]{}";

    /** Text in YAML 1.2, and something else to the many tools that still read YAML 1.1. */
    private static final Set<String> OLD_WORDS = Set.of("y", "n", "yes", "no", "on", "off");

    private YamlScalars() {}

    /**
     * The text on one line.
     *
     * @param inFlow whether it stands between brackets, where fewer texts can be plain
     */
    public static String inline(String text, boolean inFlow) {
        if (isPlain(text, inFlow)) {
            return text;
        }
        var escapes = text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
        return escapes && isOneLine(text) ? "'" + text.replace("'", "''") + "'" : doubleQuoted(text);
    }

    private static boolean isPlain(String text, boolean inFlow) {
        return !text.isEmpty()
                && isOneLine(text)
                && !text.startsWith(" ")
                && !text.endsWith(" ")
                && INDICATORS.indexOf(text.charAt(0)) < 0
                && !text.startsWith("...")
                && !text.endsWith(":")
                && !text.contains(": ")
                && !text.contains(" #")
                && !(inFlow && text.chars().anyMatch(c -> FLOW_INDICATORS.indexOf(c) >= 0))
                && !OLD_WORDS.contains(text.toLowerCase(Locale.ROOT))
                && !CoreScalars.isAmbiguous(text);
    }

    private static boolean isOneLine(String text) {
        return text.chars().allMatch(c -> isPrintable((char) c)) && hasWholePairs(text);
    }

    private static boolean hasWholePairs(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** JSON's quoting is YAML's, save for what YAML does not print. */
    private static String doubleQuoted(String text) {
        var quoted = CanonicalJson.text(Value.of(text));
        var safe = new StringBuilder(quoted.length());
        quoted.chars().forEach(c -> {
            if (isPrintable((char) c)) {
                safe.append((char) c);
            } else {
                safe.append(String.format("\\u%04x", c));
            }
        });
        return safe.toString();
    }

    /** Whether a text of several lines can be written as a block that says nothing about its own indentation. */
    public static boolean isLiteral(String text) {
        return text.indexOf('\n') >= 0
                && !text.startsWith("\n")
                && !text.startsWith(" ")
                && !text.startsWith("\t")
                && !text.endsWith("\n\n")
                && !text.equals("\n")
                && text.lines().noneMatch(line -> !line.isEmpty() && line.isBlank())
                && isBlock(text);
    }

    /** Whether a text can be written as a block at all. */
    public static boolean isBlock(String text) {
        return IntStream.range(0, text.length())
                        .allMatch(at ->
                                text.charAt(at) == '\n' || text.charAt(at) == '\t' || isPrintable(text.charAt(at)))
                && !text.replace("\n", "").isEmpty()
                && hasWholePairs(text);
    }

    /**
     * The text as a literal block: its header, and its lines below it.
     *
     * @param indent of the lines, at least 2 and two more than that of what holds the text
     */
    public static String literal(String text, int indent) {
        var header = "|" + (isLiteral(text) ? "" : "2") + chomping(text);
        var written = new StringBuilder(header);
        var lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : lines.split("\n", -1)) {
            written.append('\n');
            if (!line.isEmpty()) {
                written.repeat(' ', indent).append(line);
            }
        }
        return written.toString();
    }

    private static String chomping(String text) {
        if (!text.endsWith("\n")) {
            return "-";
        }
        return text.endsWith("\n\n") ? "+" : "";
    }

    private static boolean isPrintable(char c) {
        return c >= 0x20 && c < 0x7F || c >= 0xA0 && c != 0x2028 && c != 0x2029 && c != 0xFEFF && c < 0xFFFE;
    }
}
