package dev.migrator.core.error;

import java.util.Objects;

/**
 * What a person is told when something is refused or fails: a stable code and the five things needed to act on it.
 *
 * @param code stable, documented in {@code docs/errors.md}, upper-case with hyphens, e.g. {@code PLN-STALE}
 * @param message one sentence that stands alone
 * @param thing what it is about, e.g. {@code topic orders.refunds, retention.ms}; may be empty
 * @param expected what would have been right; may be empty
 * @param found what was there instead; may be empty
 * @param todo what the reader can do next; may be empty
 */
public record Problem(String code, String message, String thing, String expected, String found, String todo) {
    public Problem {
        if (code == null || !code.matches("[A-Z0-9]+(-[A-Z0-9]+)+")) {
            throw new IllegalArgumentException("a problem needs a stable code like PLN-STALE, found " + code);
        }
        Objects.requireNonNull(message, "message");
        thing = thing == null ? "" : thing;
        expected = expected == null ? "" : expected;
        found = found == null ? "" : found;
        todo = todo == null ? "" : todo;
    }

    public static Problem of(String code, String message) {
        return new Problem(code, message, "", "", "", "");
    }

    public Problem about(String aThing) {
        return new Problem(code, message, aThing, expected, found, todo);
    }

    public Problem expected(String anExpectation) {
        return new Problem(code, message, thing, anExpectation, found, todo);
    }

    public Problem found(String aFinding) {
        return new Problem(code, message, thing, expected, aFinding, todo);
    }

    public Problem todo(String anAdvice) {
        return new Problem(code, message, thing, expected, found, anAdvice);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(code).append("  ").append(message);
        append(text, "thing", thing);
        append(text, "expected", expected);
        append(text, "found", found);
        append(text, "do", todo);
        return text.toString();
    }

    private static void append(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("\n  ").append(label).append(": ").append(value);
        }
    }
}
