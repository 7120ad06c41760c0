package dev.migrator.manifests.yaml;

import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a plain scalar means in the core schema of YAML 1.2.2 (section 10.3.2): {@code yes} and {@code on} are text. */
final class CoreScalars {
    /** Longest number; longer ones are no quantity of anything here. */
    static final int MAX_NUMBER_CHARS = 64;

    private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern SMALL_EXPONENT = Pattern.compile("[^eE]*([eE][-+]?[0-9]{1,2})?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?(\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN");

    private CoreScalars() {}

    /** @return empty for a number that has no exact, finite and reasonably short decimal form */
    static Optional<Value> resolve(String plain) {
        if (NULL.matcher(plain).matches()) {
            return Optional.of(Value.NULL);
        }
        if (TRUE.matcher(plain).matches()) {
            return Optional.of(Value.of(true));
        }
        if (FALSE.matcher(plain).matches()) {
            return Optional.of(Value.of(false));
        }
        if (!mayBeNumber(plain)) {
            return Optional.of(Value.of(plain));
        }
        if (NOT_FINITE.matcher(plain).matches()) {
            return Optional.empty();
        }
        if (INTEGER.matcher(plain).matches()) {
            return number(plain, 10, 0);
        }
        if (OCTAL.matcher(plain).matches()) {
            return number(plain, 8, 2);
        }
        if (HEX.matcher(plain).matches()) {
            return number(plain, 16, 2);
        }
        if (DECIMAL.matcher(plain).matches()) {
            return plain.length() > MAX_NUMBER_CHARS
                            || !SMALL_EXPONENT.matcher(plain).matches()
                    ? Optional.empty()
                    : Optional.of(new Value.Num(new BigDecimal(plain)));
        }
        return Optional.of(Value.of(plain));
    }

    /** Whether the text, written plain, would be read as something that is not this text. */
    static boolean isAmbiguous(String text) {
        return !resolve(text).equals(Optional.of(Value.of(text)));
    }

    private static boolean mayBeNumber(String plain) {
        char c = plain.charAt(0);
        return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.';
    }

    private static Optional<Value> number(String digits, int radix, int skip) {
        if (digits.length() > MAX_NUMBER_CHARS) {
            return Optional.empty();
        }
        return Optional.of(new Value.Num(new BigDecimal(new BigInteger(digits.substring(skip), radix))));
    }
}
