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
    private final Publisher publisher;
    private final ObjectStore objects;
    private final ApprovalSigner signer;

    public Orders(Publisher publisher, ObjectStore objects, ApprovalSigner signer) {
        this.publisher = publisher;
        this.objects = objects;
        this.signer = signer;
    }

    /** A bundle that is too large for a message goes to the bucket first. */
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
        boolean inline = bundle.length <= Bundle.MAX_INLINE_BYTES;
        Optional<String> uri = inline ? Optional.empty() : Optional.of(ObjectKeys.bundle(commit, id));
        uri.ifPresent(key -> objects.put(key, bundle));
        var change = new ChangeRequest(
                id,
                environment,
                intent,
                Digest.of(bundle),
                uri,
                inline ? Optional.of(bundle) : Optional.empty(),
                commit,
                requester,
                Optional.empty(),
                selector);
        publisher.send(Topics.CHANGES, id.value(), Messages.of(new Fact.Requested(change)));
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
        return new ChangeRequest(
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
