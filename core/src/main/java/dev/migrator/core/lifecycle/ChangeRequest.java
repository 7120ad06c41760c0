package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.model.LabelSelector;
import java.util.Optional;

/**
 * What a person or a pipeline asks for.
 *
 * @param environment where to
 * @param bundleDigest SHA-256 of the bundle's canonical bytes
 * @param bundleUri key in our bucket, empty while the bundle travels inline
 * @param inlineBundle the bundle itself, at most 256 KiB, empty when it is in the bucket
 * @param commit the commit the bundle was packed from; groups objects in the bucket; {@code [A-Za-z0-9._-]{1,64}}
 * @param requester who asks, for the audit; may not approve their own change where an approval is needed
 * @param exactPlan when given, any other plan is refused: what was read is what runs
 * @param selector when given, only resources of the bundle with these labels are planned
 * @param drift {@link DriftDecision#OVERWRITE} to overwrite what others changed, whatever the environment decides; else
 *     empty. A protected environment asks for an approval all the same
 * @param document what stands where the bundle does; empty for a bundle of manifests
 * @param fleet id of the run of a fleet that it belongs to, empty for a migration on its own
 */
public record ChangeRequest(
        MigrationId id,
        String environment,
        Intent intent,
        Digest bundleDigest,
        Optional<String> bundleUri,
        Optional<byte[]> inlineBundle,
        String commit,
        String requester,
        Optional<Digest> exactPlan,
        Optional<LabelSelector> selector,
        Optional<DriftDecision> drift,
        Optional<Document> document,
        Optional<String> fleet) {
    public ChangeRequest {
        if (drift.filter(decision -> decision != DriftDecision.OVERWRITE).isPresent()) {
            throw new IllegalArgumentException(
                    "a change overwrites drift or leaves it to the environment, found " + drift);
        }
    }

    public enum Intent {
        /** Plan, and carry it out. */
        APPLY,
        /** Plan only: ends in {@code PLANNED} or {@code NO_CHANGES}, writes nothing, takes no scope. */
        PLAN
    }

    /** Of no fleet. */
    public ChangeRequest(
            MigrationId id,
            String environment,
            Intent intent,
            Digest bundleDigest,
            Optional<String> bundleUri,
            Optional<byte[]> inlineBundle,
            String commit,
            String requester,
            Optional<Digest> exactPlan,
            Optional<LabelSelector> selector,
            Optional<DriftDecision> drift,
            Optional<Document> document) {
        this(
                id,
                environment,
                intent,
                bundleDigest,
                bundleUri,
                inlineBundle,
                commit,
                requester,
                exactPlan,
                selector,
                drift,
                document,
                Optional.empty());
    }

    /** With the environment's own decision on drift. */
    public ChangeRequest(
            MigrationId id,
            String environment,
            Intent intent,
            Digest bundleDigest,
            Optional<String> bundleUri,
            Optional<byte[]> inlineBundle,
            String commit,
            String requester,
            Optional<Digest> exactPlan,
            Optional<LabelSelector> selector) {
        this(
                id,
                environment,
                intent,
                bundleDigest,
                bundleUri,
                inlineBundle,
                commit,
                requester,
                exactPlan,
                selector,
                Optional.empty(),
                Optional.empty());
    }

    /** All of the bundle, with whatever plan comes of it. */
    public ChangeRequest(
            MigrationId id,
            String environment,
            Intent intent,
            Digest bundleDigest,
            Optional<String> bundleUri,
            Optional<byte[]> inlineBundle,
            String commit,
            String requester) {
        this(
                id,
                environment,
                intent,
                bundleDigest,
                bundleUri,
                inlineBundle,
                commit,
                requester,
                Optional.empty(),
                Optional.empty());
    }

    /** The same change, that overwrites what others changed. */
    public ChangeRequest overwritingDrift() {
        return new ChangeRequest(
                id,
                environment,
                intent,
                bundleDigest,
                bundleUri,
                inlineBundle,
                commit,
                requester,
                exactPlan,
                selector,
                Optional.of(DriftDecision.OVERWRITE),
                document,
                fleet);
    }

    /** The same change, as one that brings such a document and no bundle. */
    public ChangeRequest with(Document instead) {
        return new ChangeRequest(
                id,
                environment,
                intent,
                bundleDigest,
                bundleUri,
                inlineBundle,
                commit,
                requester,
                exactPlan,
                selector,
                drift,
                Optional.of(instead),
                fleet);
    }

    /** The same change, as a part of that run of a fleet. */
    public ChangeRequest ofFleet(String run) {
        return new ChangeRequest(
                id,
                environment,
                intent,
                bundleDigest,
                bundleUri,
                inlineBundle,
                commit,
                requester,
                exactPlan,
                selector,
                drift,
                document,
                Optional.of(run));
    }

    /** The same change, its bundle in the bucket. */
    ChangeRequest inBucket(String uri) {
        return new ChangeRequest(
                id,
                environment,
                intent,
                bundleDigest,
                Optional.of(uri),
                Optional.empty(),
                commit,
                requester,
                exactPlan,
                selector,
                drift,
                document,
                fleet);
    }

    /** The same change, to be remembered and not to be worked on: what travelled inline is gone. */
    ChangeRequest withoutInlineBundle() {
        return new ChangeRequest(
                id,
                environment,
                intent,
                bundleDigest,
                bundleUri,
                Optional.empty(),
                commit,
                requester,
                exactPlan,
                selector,
                drift,
                document,
                fleet);
    }

    public boolean overwritesDrift() {
        return drift.isPresent();
    }

    /** Same id, same content: the second publication of one event. Anything else under one id is {@code ID_REUSED}. */
    public boolean sameAs(ChangeRequest other) {
        return id.equals(other.id)
                && environment.equals(other.environment)
                && intent == other.intent
                && bundleDigest.equals(other.bundleDigest)
                && commit.equals(other.commit)
                && requester.equals(other.requester)
                && exactPlan.equals(other.exactPlan)
                && selector.equals(other.selector)
                && drift.equals(other.drift)
                && document.equals(other.document)
                && fleet.equals(other.fleet);
    }
}
