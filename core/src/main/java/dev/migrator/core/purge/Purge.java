package dev.migrator.core.purge;

import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.model.EntrySelection;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an environment's migrations have retired is to be removed for good. It stands where a change otherwise has its bundle:
 * it is planned against what is there, approved, and carried out like one.
 *
 * @param environment the only one that it is for
 * @param retiredBy nothing that was retired later is touched
 * @param selection which of it
 */
public record Purge(String environment, Instant retiredBy, EntrySelection selection) {
    public static final String KIND = "Purge";
    private static final String BY = "retired by ";

    public Purge {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(retiredBy);
        Objects.requireNonNull(selection);
    }

    public Document document() {
        return new Document(Document.Kind.PURGE, title());
    }

    /** {@code retired by TIME}. */
    public String title() {
        return BY + retiredBy;
    }

    /** The time that a document of this kind names; empty for another document. */
    public static Optional<Instant> retiredBy(Document document) {
        return Optional.of(document)
                .filter(found ->
                        found.kind() == Document.Kind.PURGE && found.title().startsWith(BY))
                .map(found -> Instant.parse(found.title().substring(BY.length())));
    }
}
