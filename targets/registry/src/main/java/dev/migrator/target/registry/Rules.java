package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules of an artifact and the values they may have. The registry itself takes any value, and then answers every new
 * version of the artifact with an error, so a value is checked before it is written.
 */
final class Rules {
    static final String COMPATIBILITY = "COMPATIBILITY";
    static final String VALIDITY = "VALIDITY";
    static final String INTEGRITY = "INTEGRITY";
    static final List<String> TYPES = List.of(COMPATIBILITY, INTEGRITY, VALIDITY);

    private static final Map<String, Set<String>> VALUES = Map.of(
            COMPATIBILITY,
            Set.of(
                    "NONE",
                    "BACKWARD",
                    "BACKWARD_TRANSITIVE",
                    "FORWARD",
                    "FORWARD_TRANSITIVE",
                    "FULL",
                    "FULL_TRANSITIVE"),
            VALIDITY,
            Set.of("NONE", "SYNTAX_ONLY", "FULL"),
            INTEGRITY,
            Set.of("NONE", "REFS_EXIST", "ALL_REFS_MAPPED", "NO_DUPLICATES", "FULL"));

    private Rules() {}

    /** What is wrong with that value, if anything. Only {@code INTEGRITY} takes several, separated by commas. */
    static Optional<Problem> check(String type, String value) {
        var allowed = VALUES.get(type);
        if (allowed == null) {
            return Optional.of(Problem.of("TGT-RULE-VALUE", "a registry has no such rule")
                    .expected("one of " + TYPES)
                    .found(type));
        }
        var parts = type.equals(INTEGRITY) ? Arrays.asList(value.split(",", -1)) : List.of(value);
        if (allowed.containsAll(parts)) {
            return Optional.empty();
        }
        return Optional.of(Problem.of("TGT-RULE-VALUE", "the rule " + type + " does not take this value")
                .expected((type.equals(INTEGRITY) ? "some of " : "one of ") + new TreeSet<>(allowed))
                .found(value)
                .todo("correct the rule in the manifest"));
    }
}
