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
 * @param uid identity of the change: the resource's, for an ACL its tuple, with the target where the manifest names one
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

    /** Whether its address alone says what it is, as an ACL's does, whatever resource asks for it. */
    public boolean isItsAddress() {
        return uid.equals(key.address()) || uid.equals(addressInTarget());
    }

    /**
     * With an identity of its own in each target: what is its address may stand in several targets of one type, where
     * manifests have to name one.
     */
    DesiredEntry inNamedTarget() {
        return resource.target().isPresent() && isItsAddress()
                ? new DesiredEntry(key, addressInTarget(), resource, content, dependsOn)
                : this;
    }

    private String addressInTarget() {
        return key.address() + " in " + key.target();
    }

    public boolean absent() {
        return resource.absent();
    }
}
