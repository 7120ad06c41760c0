package dev.migrator.core.present;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** A value as people read it: JSON over several lines, also where it is JSON inside a text. Bounded. */
final class Pretty {
    private Pretty() {}

    /** @param most characters; what is longer ends with how much is left out */
    static String of(Value value, int most) {
        var out = new StringBuilder();
        write(value, "", out);
        if (out.length() <= most) {
            return out.toString();
        }
        int end = Character.isHighSurrogate(out.charAt(most - 1)) ? most - 1 : most;
        return out.substring(0, end) + "\n… " + Units.count((long) out.length() - end) + " more characters";
    }

    /** A schema is a text that holds JSON. */
    private static Value unpacked(Value value) {
        if (value instanceof Value.Text(var text) && (text.startsWith("{") || text.startsWith("["))) {
            try {
                return CanonicalJson.parse(text);
            } catch (ProblemException _) {
                return value; // it only looked like it
            }
        }
        return value;
    }

    private static void write(Value value, String indent, StringBuilder out) {
        switch (value) {
            case Value.Obj(var fields) -> {
                var parts = new ArrayList<Runnable>();
                fields.forEach((name, inner) -> parts.add(() -> {
                    out.append(CanonicalJson.text(Value.of(name))).append(": ");
                    write(indent.isEmpty() ? unpacked(inner) : inner, indent + "  ", out);
                }));
                block("{", "}", parts, indent, out);
            }
            case Value.Arr(var items) -> {
                var parts = new ArrayList<Runnable>();
                items.forEach(inner -> parts.add(() -> write(inner, indent + "  ", out)));
                block("[", "]", parts, indent, out);
            }
            case Value.Text(var text) when indent.isEmpty() -> out.append(text);
            case Value.Nil _ when indent.isEmpty() -> out.append("(not set)");
            case Value.Text _, Value.Nil _, Value.Bool _, Value.Num _ -> out.append(CanonicalJson.text(value));
        }
    }

    private static void block(String open, String close, List<Runnable> parts, String indent, StringBuilder out) {
        out.append(open);
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "\n" : ",\n").append(indent).append("  ");
            parts.get(i).run();
        }
        out.append(parts.isEmpty() ? "" : "\n" + indent).append(close);
    }
}
