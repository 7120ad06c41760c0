package dev.migrator.target.testkit;

import dev.migrator.core.model.Content;
import java.util.Set;

/**
 * How one kind of entry behaves in an {@link InMemoryTarget}.
 *
 * @param incarnations whether each life of an entry has an id of its own
 * @param deletable whether an entry can be removed for good; else it is retired
 * @param retirable whether an entry can be kept out of use; else a delete removes it
 * @param holdsData whether an entry can hold data, which keeps it from being removed
 * @param defaults fields that the system sets on every new entry, managed by nobody
 * @param immutable fields that no update changes
 */
public record MemoryKind(
        String name,
        boolean incarnations,
        boolean deletable,
        boolean retirable,
        boolean holdsData,
        Content defaults,
        Set<String> immutable) {
    public static final MemoryKind TOPIC =
            new MemoryKind("topic", true, true, true, true, Content.EMPTY, Set.of("partitions"));
    public static final MemoryKind ACL = new MemoryKind("acl", false, true, false, false, Content.EMPTY, Set.of());
    public static final MemoryKind ARTIFACT_VERSION =
            new MemoryKind("artifact-version", true, true, true, false, Content.EMPTY, Set.of("content"));

    /** The same kind in a system that forbids deletion. */
    public MemoryKind withoutDeletion() {
        return new MemoryKind(name, incarnations, false, retirable, holdsData, defaults, immutable);
    }
}
