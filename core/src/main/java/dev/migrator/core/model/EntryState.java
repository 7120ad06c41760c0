package dev.migrator.core.model;

import java.util.Optional;

/** What a target holds under a key, as read after {@code settle()}. */
public sealed interface EntryState {
    Absent ABSENT = new Absent();

    record Absent() implements EntryState {}

    /**
     * @param incarnation the target's own id for this life of the entry (topic id, global id), empty where it has none;
     *     deleted and created again, it differs
     */
    record Present(Content content, String incarnation) implements EntryState {}

    /**
     * Kept because it holds data or cannot be deleted, but out of use (access denied, artifact disabled). Counts as
     * absent in a state hash and is listed as retained.
     */
    record Retired(Content content, String incarnation) implements EntryState {}

    default boolean exists() {
        return this instanceof Present;
    }

    default Optional<Content> contentIfPresent() {
        return this instanceof Present present ? Optional.of(present.content()) : Optional.empty();
    }
}
