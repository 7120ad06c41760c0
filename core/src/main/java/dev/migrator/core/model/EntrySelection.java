package dev.migrator.core.model;

import java.util.ArrayList;
import java.util.Optional;

/**
 * Some of the entries of an environment; what is empty selects all.
 *
 * @param target its logical name
 * @param kind of entries, as a target knows them, e.g. {@code topic}
 * @param address of one entry
 */
public record EntrySelection(Optional<String> target, Optional<String> kind, Optional<String> address) {
    public static final EntrySelection ALL = new EntrySelection(Optional.empty(), Optional.empty(), Optional.empty());

    public boolean selects(EntryKey key) {
        return selects(key.target(), key.kind())
                && address.filter(wished -> !wished.equals(key.address())).isEmpty();
    }

    public boolean selects(String aTarget, String aKind) {
        return target.filter(wished -> !wished.equals(aTarget)).isEmpty()
                && kind.filter(wished -> !wished.equals(aKind)).isEmpty();
    }

    /** For people: {@code everything}, or {@code kind topic, entry orders}. */
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        target.ifPresent(name -> words.add("target " + name));
        kind.ifPresent(name -> words.add("kind " + name));
        address.ifPresent(name -> words.add("entry " + name));
        return words.isEmpty() ? "everything" : String.join(", ", words);
    }
}
