package dev.migrator.core.canonical;

import dev.migrator.core.error.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The one written form of a {@link Value}: UTF-8, no white space, object keys ascending by UTF-16 code unit, numbers
 * plain (no exponent), strings with only the escapes that JSON demands. Close to RFC 8785, with exact decimals.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    public static String text(Value value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    public static byte[] bytes(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads any JSON text, canonical or not; depth and size are bounded.
     *
     * @throws ProblemException with code {@code JSN-SYNTAX} or {@code JSN-LIMIT}, naming the offset
     */
    public static Value parse(String text) {
        return new JsonReader(text).document();
    }

    /** As {@link #parse(String)}; bytes that are not UTF-8 are a {@code JSN-SYNTAX} problem. */
    public static Value parse(byte[] utf8) {
        return parse(JsonReader.decode(utf8));
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Nil _ -> out.append("null");
            case Value.Bool(var b) -> out.append(b);
            case Value.Num(BigDecimal n) -> out.append(n.toPlainString());
            case Value.Text(var s) -> quote(s, out);
            case Value.Arr(var items) -> {
                out.append('[');
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    write(items.get(i), out);
                }
                out.append(']');
            }
            case Value.Obj(var fields) -> {
                out.append('{');
                var first = true;
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    if (!first) {
                        out.append(',');
                    }
                    first = false;
                    quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                }
                out.append('}');
            }
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    // lone surrogates have no UTF-8 form: escaped, so that the text survives a round trip
                    if (c < 0x20 || isLoneSurrogate(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
