package dev.migrator.core.plan;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** One change to one metadata entry. Each case holds exactly what doing and undoing it needs. */
public sealed interface Operation {
    EntryKey key();

    /** @param after every managed field; a retired entry under the same key is taken into use again */
    record Create(EntryKey key, Content after) implements Operation {
        public Create {
            Objects.requireNonNull(key);
            Objects.requireNonNull(after);
        }
    }

    /** {@code before} and {@code after} speak of the same fields: those that change, and no others. */
    record Update(EntryKey key, Content before, Content after) implements Operation {
        public Update {
            Objects.requireNonNull(key);
            if (!before.fields().keySet().equals(after.fields().keySet())) {
                throw new IllegalArgumentException("an update names the same fields before and after: " + key);
            }
        }
    }

    /** @param before the managed fields that the entry must hold, in use or retired, for the delete to go ahead */
    record Delete(EntryKey key, Content before, Removal removal) implements Operation {
        public Delete {
            Objects.requireNonNull(key);
            Objects.requireNonNull(before);
            Objects.requireNonNull(removal);
        }
    }

    /** Removes for good what was retired: the one operation that nothing can undo, whatever the target. */
    default boolean isPurge() {
        return this instanceof Delete(var _, var _, var removal) && removal == Removal.PURGE;
    }

    /** @throws IllegalStateException if this {@link #isPurge}: made again, the entry would be another one, without its data */
    default Operation inverse() {
        if (isPurge()) {
            throw new IllegalStateException("a purge has no inverse: " + key());
        }
        return switch (this) {
            case Create(var k, var after) -> new Delete(k, after, Removal.REMOVE_IF_EMPTY);
            case Update(var k, var before, var after) -> new Update(k, after, before);
            case Delete(var k, var before, var _) -> new Create(k, before);
        };
    }

    /** The (entry, field) pairs that this operation writes, by field. */
    default SortedSet<String> writtenFields() {
        return new TreeSet<>(
                switch (this) {
                    case Create(var _, var after) -> after.fields().keySet();
                    case Update(var _, var _, var after) -> after.fields().keySet();
                    case Delete(var _, var before, var _) -> before.fields().keySet();
                });
    }
}
