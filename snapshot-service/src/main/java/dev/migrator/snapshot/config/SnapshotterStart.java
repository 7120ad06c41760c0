package dev.migrator.snapshot.config;

import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.snapshot.work.SnapshotWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts to answer once topics and schemas are there. */
@ApplicationScoped
public class SnapshotterStart {
    void start(
            @Observes KitReady ready, Loops loops, TargetPool targets, MinioObjectStore objects, Publisher publisher) {
        loops.start(
                "migration-snapshotter",
                new SnapshotWork(targets, objects, publisher),
                new WorkDelays(publisher, Topics.SNAPSHOTS, "snapshotter"),
                Topics.TASKS);
    }
}
