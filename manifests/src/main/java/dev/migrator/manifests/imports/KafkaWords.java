package dev.migrator.manifests.imports;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kafka's words however a tool writes them: {@code DescribeConfigs}, {@code describe_configs}, {@code DESCRIBE_CONFIGS}. */
final class KafkaWords {
    private static final Map<String, String> OPERATIONS = byLetters(
            "ALL",
            "ALTER",
            "ALTER_CONFIGS",
            "CLUSTER_ACTION",
            "CREATE",
            "CREATE_TOKENS",
            "DELETE",
            "DESCRIBE",
            "DESCRIBE_CONFIGS",
            "DESCRIBE_TOKENS",
            "IDEMPOTENT_WRITE",
            "READ",
            "TWO_PHASE_COMMIT",
            "WRITE");
    private static final Map<String, String> RESOURCE_TYPES =
            byLetters("TOPIC", "GROUP", "CLUSTER", "TRANSACTIONAL_ID");
    private static final Map<String, String> PERMISSIONS = byLetters("ALLOW", "DENY");
    private static final Map<String, String> PATTERNS =
            Map.of("literal", "LITERAL", "prefixed", "PREFIXED", "prefix", "PREFIXED");

    private KafkaWords() {}

    static Optional<String> operation(String word) {
        return of(OPERATIONS, word);
    }

    static Optional<String> resourceType(String word) {
        return of(RESOURCE_TYPES, word);
    }

    static Optional<String> permission(String word) {
        return of(PERMISSIONS, word);
    }

    /** Empty also for patterns that no rule can have, but only a search for rules. */
    static Optional<String> pattern(String word) {
        return of(PATTERNS, word);
    }

    private static Optional<String> of(Map<String, String> words, String word) {
        return Optional.ofNullable(words.get(letters(word)));
    }

    private static Map<String, String> byLetters(String... words) {
        return Stream.of(words).collect(Collectors.toUnmodifiableMap(KafkaWords::letters, word -> word));
    }

    private static String letters(String word) {
        return word.replaceAll("[_\\s-]", "").toLowerCase(Locale.ROOT);
    }

    static List<String> operations() {
        return OPERATIONS.values().stream().sorted().toList();
    }
}
