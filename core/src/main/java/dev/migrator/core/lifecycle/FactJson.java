package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Value;

/** A fact as JSON: one object, named by component, its case in {@code is}; what is empty is left out. */
public final class FactJson {
    private FactJson() {}

    public static Value toValue(Fact.OfMigration fact) {
        return RecordCodec.write(fact, Fact.OfMigration.class);
    }

    /** @throws IllegalArgumentException if the value is no fact */
    public static Fact.OfMigration fromValue(Value value) {
        try {
            return RecordCodec.read(value, Fact.OfMigration.class);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("no fact: " + e.getMessage(), e);
        }
    }
}
