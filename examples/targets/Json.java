import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a JSON library would do; the JDK has none. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        var json = new Json(text);
        var value = json.value();
        if (json.next() != 0) {
            throw new IllegalArgumentException("text after the value");
        }
        return value;
    }

    static String write(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Map<?, ?> fields -> String.join(",", fields.entrySet().stream()
                    .map(field -> quoted((String) field.getKey()) + ":" + write(field.getValue())).toList())
                    .transform(inner -> "{" + inner + "}");
            case List<?> items -> "[" + String.join(",", items.stream().map(Json::write).toList()) + "]";
            case BigDecimal number -> number.toPlainString();
            case null, default -> String.valueOf(value);
        };
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> out.append(c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)
                ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return out.append('"').toString();
    }

    private Object value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Object object() {
        var fields = new LinkedHashMap<String, Object>();
        for (at++; next() != '}'; skip(',', '}')) {
            var name = string();
            skip(':', ':');
            fields.put(name, value());
        }
        at++;
        return fields;
    }

    private Object array() {
        var items = new ArrayList<>();
        for (at++; next() != ']'; skip(',', ']')) {
            items.add(value());
        }
        at++;
        return items;
    }

    private String string() {
        skip('"', '"');
        var out = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            if (c == '\\') {
                c = text.charAt(at++);
                int plain = "bfnrt".indexOf(c);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(at, at += 4), 16);
                } else if (plain >= 0) {
                    c = "\b\f\n\r\t".charAt(plain);
                }
            }
            out.append(c);
        }
        return out.toString();
    }

    private Object word() {
        int from = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var word = text.substring(from, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> new BigDecimal(word).stripTrailingZeros();
        };
    }

    /** The next character that is no white space, 0 at the end. */
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    /** Passes over {@code expected}; {@code last} is left to the caller. */
    private void skip(char expected, char last) {
        if (next() == expected) {
            at++;
        } else if (next() != last) {
            throw new IllegalArgumentException(expected + " expected");
        }
    }
}
