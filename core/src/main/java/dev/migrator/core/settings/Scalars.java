package dev.migrator.core.settings;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;

/** Single values as text. */
final class Scalars {
    private static final int LONGEST_QUOTE = 80;

    private Scalars() {}

    /** As it is put into a text: a number plain and without an exponent. */
    static String text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Num(BigDecimal number) -> number.toPlainString();
            default -> CanonicalJson.text(value);
        };
    }

    /** For people, shortened. */
    static String shown(Value value) {
        return brief(CanonicalJson.text(value));
    }

    static String brief(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
