package dev.migrator.console.work;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.purge.Purge;
import dev.migrator.core.purge.PurgeCodec;
import dev.migrator.core.restore.Restore;
import dev.migrator.core.restore.RestoreCodec;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Statement;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Publishes what people want. Returns once it is in the log; what becomes of it is the lifecycle's to decide. */
public final class Orders {
    /** As of a migration's id. */
    private static final int MAX_COMMIT = 64;

    private final Publisher publisher;
    private final ObjectStore objects;
    private final ApprovalSigner signer;

    public Orders(Publisher publisher, ObjectStore objects, ApprovalSigner signer) {
        this.publisher = publisher;
        this.objects = objects;
        this.signer = signer;
    }

    /** A bundle that is too large for a message goes to the bucket first. @throws ProblemException {@code BND-SIZE} */
    public void submit(
            MigrationId id,
            String environment,
            ChangeRequest.Intent intent,
            byte[] bundle,
            String commit,
            String requester,
            Optional<LabelSelector> selector) {
        if (bundle.length > Bundle.MAX_BYTES) {
            throw new ProblemException(Problem.of("BND-SIZE", "the bundle is too large")
                    .expected("at most " + Bundle.MAX_BYTES + " bytes")
                    .found(bundle.length + " bytes")
                    .todo("split the manifests into several bundles"));
        }
        publish(brought(id, environment, intent, bundle, commit, requester, selector));
    }

    /**
     * The document goes where a bundle otherwise does.
     *
     * @return digest of the document
     * @throws ProblemException {@code RST-TOO-MANY} if it is larger than a bundle may be
     */
    public Digest restore(MigrationId id, ChangeRequest.Intent intent, Restore restore, String requester) {
        var document = RestoreCodec.bytes(restore);
        if (document.length > Bundle.MAX_BYTES) {
            throw new ProblemException(Problem.of("RST-TOO-MANY", "too much to put back in one migration")
                    .about(restore.source().title())
                    .expected("at most " + Bundle.MAX_BYTES + " bytes")
                    .found(document.length + " bytes")
                    .todo("restore one target or one kind at a time"));
        }
        var change = brought(
                        id,
                        restore.environment(),
                        intent,
                        document,
                        commitOf(restore.source()),
                        requester,
                        Optional.empty())
                .with(restore.document());
        publish(change);
        return change.bundleDigest();
    }

    /** @return digest of the document, which goes where a bundle otherwise does */
    public Digest purge(MigrationId id, ChangeRequest.Intent intent, Purge purge, String requester) {
        var change = brought(
                        id, purge.environment(), intent, PurgeCodec.bytes(purge), "purge", requester, Optional.empty())
                .with(purge.document());
        publish(change);
        return change.bundleDigest();
    }

    /** Names the source where others name a commit, and a folder of the bucket. */
    static String commitOf(Restore.Source source) {
        var does = source.from() == Restore.From.SNAPSHOT ? "restore-" : "revert-";
        var name = does + source.id().replaceAll("[^A-Za-z0-9._-]", "-");
        return name.substring(0, Math.min(MAX_COMMIT, name.length()));
    }

    private ChangeRequest brought(
            MigrationId id,
            String environment,
            ChangeRequest.Intent intent,
            byte[] bytes,
            String commit,
            String requester,
            Optional<LabelSelector> selector) {
        boolean inline = bytes.length <= Bundle.MAX_INLINE_BYTES;
        Optional<String> uri = inline ? Optional.empty() : Optional.of(ObjectKeys.bundle(commit, id));
        uri.ifPresent(key -> objects.put(key, bytes));
        return new ChangeRequest(
                id,
                environment,
                intent,
                Digest.of(bytes),
                uri,
                inline ? Optional.of(bytes) : Optional.empty(),
                commit,
                requester,
                Optional.empty(),
                selector);
    }

    /** A bundle that an earlier migration left in the bucket; a plan that it names is the only one that will run. */
    public void submitStored(
            MigrationId id,
            String environment,
            ChangeRequest.Intent intent,
            StoredBundles.Stored stored,
            String requester) {
        publish(of(id, environment, intent, stored, requester));
    }

    /** What was last applied there is applied again, over whatever others have changed since. */
    public void revertDrift(MigrationId id, String environment, StoredBundles.Stored stored, String requester) {
        publish(of(id, environment, ChangeRequest.Intent.APPLY, stored, requester)
                .overwritingDrift());
    }

    private static ChangeRequest of(
            MigrationId id,
            String environment,
            ChangeRequest.Intent intent,
            StoredBundles.Stored stored,
            String requester) {
        var change = new ChangeRequest(
                id,
                environment,
                intent,
                stored.digest(),
                Optional.of(stored.uri()),
                Optional.empty(),
                stored.commit(),
                requester,
                stored.plan(),
                stored.selector());
        return stored.document().map(change::with).orElse(change);
    }

    private void publish(ChangeRequest change) {
        publisher.send(Topics.CHANGES, change.id().value(), Messages.of(new Fact.Requested(change)));
    }

    /** Signed by this service for the person that it has authenticated. */
    public void decide(
            MigrationStatus status,
            Digest planDigest,
            String approver,
            Set<String> groups,
            boolean granted,
            String reason) {
        var statement = new Statement(
                status.environment(), status.id(), planDigest, approver, granted, reason, List.copyOf(groups));
        publisher.send(Topics.APPROVALS, status.environment(), statement.signed(signer.sign(statement)));
    }

    public void command(
            MigrationStatus status, String requestId, Fact.Commanded.Command command, String by, String reason) {
        publisher.send(
                Topics.COMMANDS,
                status.environment(),
                Messages.of(new Fact.Commanded(status.id(), requestId, command, by, reason)));
    }
}
