package dev.migrator.console.work;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.fleet.FleetRules;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;

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
     * @param request with the bundle inline, however large
     * @throws ProblemException {@code FLT-UNKNOWN}, {@code FLT-ID-LENGTH}, {@code BND-SIZE}: nothing was published
     */
    public void submit(FleetRequest request) {
        rules.refusal(request.id(), request.fleet()).ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
        publisher.send(Topics.FLEETS, request.id().value(), FleetMessages.of(fitting(request)));
    }

    private FleetRequest fitting(FleetRequest request) {
        var bundle = request.inlineBundle().orElseThrow();
        if (bundle.length > Bundle.MAX_BYTES) {
            throw new ProblemException(Problem.of("BND-SIZE", "the bundle is too large")
                    .expected("at most " + Bundle.MAX_BYTES + " bytes")
                    .found(bundle.length + " bytes")
                    .todo("split the manifests into several bundles"));
        }
        if (bundle.length <= Bundle.MAX_INLINE_BYTES) {
            return request;
        }
        var key = ObjectKeys.fleetBundle(request.commit(), request.id(), request.bundleDigest());
        objects.put(key, bundle);
        return request.inBucket(key);
    }

    public void stop(FleetId id, String by, String reason) {
        publisher.send(Topics.FLEETS, id.value(), FleetMessages.of(new FleetFact.StopOrdered(id, by, reason)));
    }
}
