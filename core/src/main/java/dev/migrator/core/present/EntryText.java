package dev.migrator.core.present;

import dev.migrator.core.model.EntryKey;

/** An entry in the words of people: an ACL as a sentence, an action by its name. */
public final class EntryText {
    private EntryText() {}

    /** With its target; what came from outside is in it as it came. */
    public static String of(EntryKey key) {
        return OperationText.subject(key) + " (" + key.target() + ")";
    }
}
