package dev.migrator.manifests.patch;

import dev.migrator.core.canonical.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a manifest should say of one entry, because it is so. */
public sealed interface Truth {
    /**
     * The entry is there.
     *
     * @param fields as they are, by name as in {@link dev.migrator.core.model.Content}; {@link Value#NULL} for one that is
     *     not set. Others stay as the manifest says.
     */
    record There(SortedMap<String, Value> fields) implements Truth {
        public There {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

    /** There is no such entry. */
    record Gone() implements Truth {}
}
