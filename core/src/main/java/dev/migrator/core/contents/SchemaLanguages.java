package dev.migrator.core.contents;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The languages that somebody here can read. Without any, contents are not judged. */
public final class SchemaLanguages {
    public static final SchemaLanguages NONE = new SchemaLanguages(List.of());

    private final Map<String, SchemaLanguage> byType = new TreeMap<>();

    public SchemaLanguages(Collection<SchemaLanguage> languages) {
        languages.forEach(language -> byType.put(language.type(), language));
    }

    public Optional<SchemaLanguage> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** The same, with a memory for the answers about one bundle. */
    public SchemaLanguages remembering() {
        return new SchemaLanguages(byType.values().stream()
                .<SchemaLanguage>map(RememberedLanguage::new)
                .toList());
    }
}
