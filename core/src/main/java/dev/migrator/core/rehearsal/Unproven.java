package dev.migrator.core.rehearsal;

import java.util.Objects;

/**
 * Something that a rehearsal cannot tell.
 *
 * @param about for people: an entry, a check, a target
 * @param why the same words for the same cause, so that a thousand entries are told of once
 * @param left whether it was left out of the rehearsal; if not, it was rehearsed and only this of it is not known
 */
public record Unproven(String about, String why, boolean left) {
    public Unproven {
        Objects.requireNonNull(about);
        Objects.requireNonNull(why);
    }
}
