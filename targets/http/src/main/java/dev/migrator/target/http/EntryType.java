package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;

/**
 * A kind of entry that the system has.
 *
 * @param name as the system calls it
 * @param incarnations whether each life of an entry has an id
 */
record EntryType(String name, boolean incarnations) {
    private static final int LONGEST = 63;

    static EntryType from(Value described) throws Strange {
        var type = Read.object(described, "a type");
        return new EntryType(
                Read.text(type, "type", LONGEST),
                !type.get("incarnations").isNull() && Read.flag(type, "incarnations"));
    }
}
