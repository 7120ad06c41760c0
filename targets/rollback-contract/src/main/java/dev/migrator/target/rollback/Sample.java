package dev.migrator.target.rollback;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one entry may hold: of the fields that can be updated, each its first value or its other one.
 *
 * @param first as it is made
 * @param update of every field that can be updated, to its other value; empty for a kind that has none
 */
record Sample(EntryKey key, Content first, Optional<Operation.Update> update) {
    /** Of entries that are made with one. */
    static final String SECRET = "s3cret of a migration";

    static Sample of(KindHarness kind, String name, Chance chance) {
        var create =
                chance.oneIn(3) ? kind.withSecret(name, SECRET).orElseGet(() -> kind.create(name)) : kind.create(name);
        return new Sample(create.key(), create.after(), kind.update(create));
    }

    /** Some of the fields that can be updated; where a secret is written with them, they go together. */
    SortedSet<String> someFields(Chance chance) {
        if (update.isEmpty()) {
            return Collections.emptySortedSet();
        }
        var fields = update.get().after().fields().keySet();
        if (update.get().after().secrets().fields().isEmpty()) {
            return chance.some(fields);
        }
        return chance.oneIn(2) ? new TreeSet<>(fields) : Collections.emptySortedSet();
    }

    /** With their other values in these fields. */
    Content with(SortedSet<String> others) {
        return update.map(all -> first.and(all.before()).and(all.after().only(others)))
                .orElse(first);
    }

    /** Changes some fields, at least one, of an entry that has its other values in {@code others}. */
    Operation.Update update(SortedSet<String> others, Chance chance) {
        var changed = someFields(chance);
        if (changed.isEmpty()) {
            changed = new TreeSet<>(update.orElseThrow().after().fields().keySet());
        }
        var next = new TreeSet<>(others);
        for (var field : changed) {
            if (!next.remove(field)) {
                next.add(field);
            }
        }
        return new Operation.Update(key, with(others).only(changed), with(next).only(changed));
    }
}
