package dev.migrator.core.kinds;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One entry that a resource asks for.
 *
 * @param uid identity of the change: the resource's, for an ACL its tuple
 * @param content every field that the manifest manages, and no other
 * @param dependsOn what has to be there first, in the bundle or in the target; an entry that goes, goes before these
 */
public record DesiredEntry(
        EntryKey key, String uid, Resource resource, Content content, SortedSet<EntryKey> dependsOn) {
    public DesiredEntry {
        dependsOn = Collections.unmodifiableSortedSet(new TreeSet<>(dependsOn));
    }

    public static DesiredEntry of(EntryKey key, String uid, Resource resource, Content content) {
        return new DesiredEntry(key, uid, resource, content, Collections.emptySortedSet());
    }

    public DesiredEntry withContent(Content other) {
        return new DesiredEntry(key, uid, resource, other, dependsOn);
    }

    public DesiredEntry dependingOn(Collection<EntryKey> others) {
        return new DesiredEntry(key, uid, resource, content, new TreeSet<>(others));
    }

    public boolean absent() {
        return resource.absent();
    }
}
