package dev.migrator.core.model;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Texts that stand for something else: <code>${env.name}</code> is a variable, <code>${secret:name}</code> a secret that
 * only the executor reads, <code>$${</code> a plain <code>${</code>. Anything else behind <code>${</code> is refused: a
 * misspelt variable must not reach a target as text.
 */
public final class Placeholders {
    /** Names of variables, as a regular expression. */
    public static final String NAME = "[A-Za-z][A-Za-z0-9._-]{0,63}";

    private static final int LONGEST_QUOTE = 80;
    private static final String OPEN = "${";
    private static final String ESCAPED = "$${";
    private static final String SECRET = "${secret:";
    private static final String VARIABLE = "${env.";
    private static final Pattern NAMES = Pattern.compile(NAME);
    private static final Pattern SECRET_NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");
    private static final Pattern ONLY_A_SECRET = Pattern.compile("\\$\\{secret:[A-Za-z0-9][A-Za-z0-9._/-]{0,127}}");
    private static final Pattern NOT_A_SECRET = Pattern.compile("\\$\\{(?!secret:[A-Za-z0-9][A-Za-z0-9._/-]{0,127}})");

    /** One stretch of a text. */
    public sealed interface Part {
        record Plain(String text) implements Part {}

        record Variable(String name) implements Part {}

        record Secret(String name) implements Part {
            public String text() {
                return secret(name);
            }
        }
    }

    private Placeholders() {}

    /** Whether the text says nothing but itself. */
    public static boolean isPlain(String text) {
        return !text.contains(OPEN);
    }

    /** Whether any text inside stands for something else, or is escaped so as not to. */
    public static boolean anyIn(Value value) {
        return switch (value) {
            case Value.Text(var text) -> !isPlain(text);
            case Value.Arr(var items) -> items.stream().anyMatch(Placeholders::anyIn);
            case Value.Obj(var fields) -> fields.values().stream().anyMatch(Placeholders::anyIn);
            default -> false;
        };
    }

    /** Whether the text is one secret reference and nothing else. */
    public static boolean isSecret(String text) {
        return text.startsWith(SECRET) && ONLY_A_SECRET.matcher(text).matches();
    }

    public static String secret(String name) {
        return SECRET + name + "}";
    }

    /** The name in a text that is one secret reference. */
    public static String secretName(String text) {
        return text.substring(SECRET.length(), text.length() - 1);
    }

    /** How often the text holds what looks like a secret reference. */
    public static int secretsIn(String text) {
        int count = 0;
        for (int at = text.indexOf(SECRET); at >= 0; at = text.indexOf(SECRET, at + 1)) {
            count++;
        }
        return count;
    }

    /** The same values, written so that reading them back gives these very texts. */
    public static Value escaped(Value value) {
        return mapped(value, text -> text.replace(OPEN, ESCAPED));
    }

    /** As {@link #escaped} for what was resolved: secret references are left as they are. */
    public static Value escapedButSecrets(Value value) {
        return mapped(value, text -> NOT_A_SECRET.matcher(text).replaceAll("\\$\\$\\{"));
    }

    private static Value mapped(Value value, UnaryOperator<String> change) {
        return switch (value) {
            case Value.Text(var text) -> isPlain(text) ? value : Value.of(change.apply(text));
            case Value.Arr(var items) ->
                Value.array(items.stream().map(item -> mapped(item, change)).toList());
            case Value.Obj(var fields) -> {
                var changed = new TreeMap<String, Value>();
                fields.forEach((name, field) -> changed.put(name, mapped(field, change)));
                yield Value.object(changed);
            }
            default -> value;
        };
    }

    /** @throws ProblemException with code {@code VAR-SYNTAX} or {@code SEC-NAME} */
    public static List<Part> parse(String text) {
        var parts = new ArrayList<Part>();
        var plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith(ESCAPED, at)) {
                plain.append(OPEN);
                at += ESCAPED.length();
            } else if (text.startsWith(OPEN, at)) {
                if (!plain.isEmpty()) {
                    parts.add(new Part.Plain(plain.toString()));
                    plain.setLength(0);
                }
                int end = text.indexOf('}', at);
                parts.add(placeholder(text, at, end));
                at = end + 1;
            } else {
                plain.append(text.charAt(at++));
            }
        }
        if (!plain.isEmpty()) {
            parts.add(new Part.Plain(plain.toString()));
        }
        return parts;
    }

    private static Part placeholder(String text, int start, int end) {
        if (end < 0) {
            throw syntax(text.substring(start));
        }
        var written = text.substring(start, end + 1);
        if (written.startsWith(VARIABLE)) {
            var name = written.substring(VARIABLE.length(), written.length() - 1);
            if (NAMES.matcher(name).matches()) {
                return new Part.Variable(name);
            }
        }
        if (written.startsWith(SECRET)) {
            var name = written.substring(SECRET.length(), written.length() - 1);
            if (!SECRET_NAMES.matcher(name).matches()) {
                throw new ProblemException(Problem.of("SEC-NAME", "a secret reference has no proper name")
                        .expected("1 to 128 letters, digits, '.', '_', '-' and '/', e.g. ${secret:registry-writer}")
                        .found(brief(written)));
            }
            return new Part.Secret(name);
        }
        throw syntax(written);
    }

    private static ProblemException syntax(String found) {
        return new ProblemException(Problem.of("VAR-SYNTAX", "a text has ${ and then neither a variable nor a secret")
                .expected("${env.name} or ${secret:name}")
                .found(brief(found))
                .todo("correct it; for a plain ${ write $${"));
    }

    private static String brief(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
