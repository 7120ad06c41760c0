package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.executor.stream.LifecycleTopology;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;

/**
 * Takes in what outsiders publish about runs of fleets: any key, any client. What makes sense goes on by run, so that all
 * facts of one meet in one partition. A bundle that travels inline is put into the bucket here, once for all environments.
 */
final class FleetIntake implements TaskHandler {
    private final Publisher publisher;
    private final ObjectStore objects;

    FleetIntake(Publisher publisher, ObjectStore objects) {
        this.publisher = publisher;
        this.objects = objects;
    }

    @Override
    public void handle(Task task) {
        switch (FleetMessages.fact(task.value()).orElse(null)) {
            case FleetFact.Requested(var request) ->
                publisher.send(
                        LifecycleTopology.FLEET_FACTS,
                        request.id().value(),
                        FleetMessages.of(request.inlineBundle()
                                .map(bytes -> inBucket(request, bytes))
                                .orElse(request)));
            case FleetFact.StopOrdered stop ->
                publisher.send(LifecycleTopology.FLEET_FACTS, stop.id().value(), task.value());
            case FleetFact.ChildSeen _ -> throw other(task); // only the lifecycle says how migrations get on
            case null -> throw other(task);
        }
    }

    private FleetRequest inBucket(FleetRequest request, byte[] bytes) {
        var found = Digest.of(bytes);
        if (!found.equals(request.bundleDigest())) {
            throw new ProblemException(Problem.of("FLT-DIGEST", "the bundle is not the one that the digest says")
                    .about("run " + request.id())
                    .expected(request.bundleDigest().toString())
                    .found(found.toString())
                    .todo("publish the request again with the SHA-256 of the bundle's bytes"));
        }
        var key = ObjectKeys.fleetBundle(request.commit(), request.id(), found);
        objects.put(key, bytes);
        return request.inBucket(key);
    }

    private static ProblemException other(Task task) {
        return new ProblemException(Problem.of("FLT-TYPE", "the record is nothing that a run of a fleet is told")
                .about(task.place())
                .expected("FleetRequested or FleetStopOrdered")
                .found(task.value().getSchema().getName())
                .todo("publish one of them"));
    }
}
