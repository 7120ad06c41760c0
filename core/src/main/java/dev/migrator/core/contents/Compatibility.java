package dev.migrator.core.contents;

import java.util.List;

/** Whether data written with one schema can be read with another one. */
public sealed interface Compatibility {
    record Compatible() implements Compatibility {}

    /** @param reasons what cannot be read, one sentence each, with where it stands; at least one */
    record Incompatible(List<String> reasons) implements Compatibility {
        public Incompatible {
            reasons = List.copyOf(reasons);
        }
    }

    /** @param what nobody can say here, the same words for all schemas it is so for */
    record Unknown(String what) implements Compatibility {}
}
