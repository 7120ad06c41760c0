package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.model.LabelSelector;
import java.util.Optional;

/**
 * What a person or a pipeline asks for: a bundle for every environment of a fleet.
 *
 * @param fleet its name in {@code environments.yaml}
 * @param bundleDigest SHA-256 of the bundle's canonical bytes
 * @param bundleUri key in our bucket, empty while the bundle travels inline
 * @param inlineBundle the bundle itself, at most 256 KiB, empty when it is in the bucket
 * @param commit the commit the bundle was packed from; {@code [A-Za-z0-9._-]{1,64}}
 * @param requester who asks, for the audit; may not approve any of the migrations where an approval is needed
 * @param selector when given, only resources of the bundle with these labels are planned
 */
public record FleetRequest(
        FleetId id,
        String fleet,
        Digest bundleDigest,
        Optional<String> bundleUri,
        Optional<byte[]> inlineBundle,
        String commit,
        String requester,
        Optional<LabelSelector> selector) {

    /** The same request, its bundle in the bucket. */
    public FleetRequest inBucket(String uri) {
        return new FleetRequest(
                id, fleet, bundleDigest, Optional.of(uri), Optional.empty(), commit, requester, selector);
    }

    /** Same id, same content: the second publication of one event. Where the bundle lies makes no difference. */
    public boolean sameAs(FleetRequest other) {
        return id.equals(other.id)
                && fleet.equals(other.fleet)
                && bundleDigest.equals(other.bundleDigest)
                && commit.equals(other.commit)
                && requester.equals(other.requester)
                && selector.equals(other.selector);
    }

    /** The change of one of its environments: always the same, so that asking for it twice starts one migration. */
    ChangeRequest child(String environment) {
        return new ChangeRequest(
                        id.child(environment),
                        environment,
                        ChangeRequest.Intent.APPLY,
                        bundleDigest,
                        bundleUri,
                        inlineBundle,
                        commit,
                        requester,
                        Optional.empty(),
                        selector)
                .ofFleet(id.value());
    }
}
