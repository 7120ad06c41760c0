package dev.migrator.core.settings;

import java.util.List;
import java.util.Optional;

/**
 * One rule of a mapping.
 *
 * @param kind empty when names of every kind are meant
 * @param examples at least one
 * @param pointer of the rule in its document
 */
record MappingRule(
        Optional<String> kind,
        String field,
        SafePattern match,
        Replacement to,
        List<Example> examples,
        Document document,
        String pointer) {
    MappingRule {
        examples = List.copyOf(examples);
    }

    /** What comes out for what goes in, as all rules of the environment together have it. */
    record Example(String given, String expect, String pointer) {}

    boolean isFor(String otherField, String otherKind) {
        return field.equals(otherField) && (kind.isEmpty() || kind.get().equals(otherKind));
    }

    String title() {
        return document.title() + ", " + pointer.substring("/spec/".length()).replace('/', '.');
    }
}
