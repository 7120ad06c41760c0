package dev.migrator.core.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts that are not (or not yet) part of what is known.
 *
 * @param early belong to a request, plan or phase which is not known yet; in order of arrival
 * @param refused digests of the last {@value #REFUSALS} refused facts, so that a repeated one is refused in silence
 */
record Inbox(List<Early> early, List<String> refused) {
    static final int REFUSALS = 32;
    static final Inbox EMPTY = new Inbox(List.of(), List.of());

    record Early(Fact.OfMigration fact, Instant heard) {}

    Inbox {
        early = List.copyOf(early);
        refused = List.copyOf(refused);
    }

    Inbox with(Early more) {
        var all = new ArrayList<>(early);
        all.add(more);
        return new Inbox(all, refused);
    }

    Inbox without(Early less) {
        return new Inbox(early.stream().filter(other -> !other.equals(less)).toList(), refused);
    }

    Inbox hearingAfter(Instant oldest) {
        return new Inbox(
                early.stream().filter(one -> one.heard().isAfter(oldest)).toList(), refused);
    }

    Inbox refusing(String digest) {
        var all = new ArrayList<>(refused);
        all.add(digest);
        return new Inbox(early, all.subList(Math.max(0, all.size() - REFUSALS), all.size()));
    }

    Inbox withoutEarly() {
        return new Inbox(List.of(), refused);
    }
}
