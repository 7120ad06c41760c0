package dev.migrator.console.work;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.fleet.FleetRules;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import java.util.Optional;

/** Publishes what people want of fleets. Returns once it is in the log; what becomes of it is the executor's to decide. */
public final class FleetOrders {
    private final Publisher publisher;
    private final ObjectStore objects;
    private final FleetRules rules;

    public FleetOrders(Publisher publisher, ObjectStore objects, Environments environments) {
        this.publisher = publisher;
        this.objects = objects;
        this.rules = FleetRules.of(environments);
    }

    /**
     * A bundle that is too large for a message goes to the bucket first.
     *
     * @return digest of the bundle
     * @throws ProblemException {@code FLT-UNKNOWN}, {@code FLT-ID-LENGTH}, {@code BND-SIZE}: nothing was published
     */
    public Digest submit(
            FleetId id,
            String fleet,
            byte[] bundle,
            String commit,
            String requester,
            Optional<LabelSelector> selector) {
        rules.refusal(id, fleet).ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
        if (bundle.length > Bundle.MAX_BYTES) {
            throw new ProblemException(Problem.of("BND-SIZE", "the bundle is too large")
                    .expected("at most " + Bundle.MAX_BYTES + " bytes")
                    .found(bundle.length + " bytes")
                    .todo("split the manifests into several bundles"));
        }
        var digest = Digest.of(bundle);
        var request =
                new FleetRequest(id, fleet, digest, Optional.empty(), Optional.of(bundle), commit, requester, selector);
        if (bundle.length > Bundle.MAX_INLINE_BYTES) {
            var key = ObjectKeys.fleetBundle(commit, id, digest);
            objects.put(key, bundle);
            request = request.inBucket(key);
        }
        publisher.send(Topics.FLEETS, id.value(), FleetMessages.of(request));
        return digest;
    }

    public void stop(FleetId id, String by, String reason) {
        publisher.send(Topics.FLEETS, id.value(), FleetMessages.of(new FleetFact.StopOrdered(id, by, reason)));
    }
}
