package dev.migrator.target.verify;

import dev.migrator.core.canonical.Value;
import java.util.Locale;

/**
 * What became of one rule.
 *
 * @param topic what the rule is about, e.g. {@code compare and set}
 * @param rule a sentence
 * @param why of a failed rule what was seen, of one that does not apply why; else empty
 */
record RuleResult(String topic, String rule, Verdict verdict, String why) {
    enum Verdict {
        PASSED,
        FAILED,
        NOT_APPLICABLE;

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    Value toValue() {
        return Value.object(
                "topic", Value.of(topic),
                "rule", Value.of(rule),
                "verdict", Value.of(verdict.words()),
                "why", Value.of(why));
    }

    /** {@code aCreateMakesWhatItSays} is "a create makes what it says". */
    static String words(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1 $2")
                .toLowerCase(Locale.ROOT);
    }
}
