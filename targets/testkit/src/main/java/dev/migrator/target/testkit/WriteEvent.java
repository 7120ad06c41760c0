package dev.migrator.target.testkit;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;

/**
 * One change of one entry in an {@link InMemoryTarget}, by whomever.
 *
 * @param number from 1, over all entries
 * @param actor who did it: {@link #OUTSIDER} for edits behind the writer's back; else {@link #WRITER} or whom
 *     {@link InMemoryTarget#actor} names
 * @param before what the target really held, whatever reads showed
 */
public record WriteEvent(long number, String actor, EntryKey key, EntryState before, EntryState after) {
    public static final String WRITER = "writer";
    public static final String OUTSIDER = "outsider";
}
