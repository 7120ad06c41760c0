package dev.migrator.snapshot.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.snapshot.Retention;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.DelayListener;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.snapshot.work.LockRule;
import dev.migrator.snapshot.work.OrderWork;
import dev.migrator.snapshot.work.Recorder;
import dev.migrator.snapshot.work.SnapshotSchedule;
import dev.migrator.snapshot.work.SnapshotWork;
import dev.migrator.snapshot.work.Sweeper;
import dev.migrator.snapshot.work.Traffic;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts to answer once topics and schemas are there. */
@ApplicationScoped
public class SnapshotterStart {
    private final Environments environments;
    private final TargetPool targets;
    private final MinioObjectStore bucket;
    private final SnapshotterConfig config;
    private final Clock clock;
    private final String version;
    private volatile SnapshotSchedule schedule;

    SnapshotterStart(
            Environments environments,
            TargetPool targets,
            MinioObjectStore bucket,
            SnapshotterConfig config,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.environments = environments;
        this.targets = targets;
        this.bucket = bucket;
        this.config = config;
        this.clock = clock;
        this.version = version;
    }

    void start(@Observes KitReady ready, Loops loops, Publisher publisher, Audit audit, KeepingStart keeping) {
        var traffic = new Traffic(bucket, config.safeAge());
        var lock = LockRule.of(bucket, config.lockFor(), config.safeAge());
        var recorder = new Recorder(bucket, traffic, lock, clock, version);
        loops.start(
                "migration-snapshotter",
                new SnapshotWork(targets, config.slice(), bucket, recorder, publisher),
                new WorkDelays(publisher, Topics.SNAPSHOTS, "snapshotter"),
                Topics.TASKS);
        var orders = new OrderWork(environments, targets, config.slice(), bucket, recorder, audit, clock);
        loops.start("migration-snapshot-orders", orders, DelayListener.NONE, Topics.COMMANDS);
        if (config.interval().isPositive()) {
            schedule = new SnapshotSchedule(
                            config.interval(), new SnapshotCatalog(bucket), orders, clock, ThreadLocalRandom.current())
                    .start(environments.lasting());
        }
        if (config.keepFor().isPositive()) {
            var retention = new Retention(config.keepFor(), config.keepNewest(), config.undoWindow());
            keeping.start(new Sweeper(bucket, traffic, retention, config.safeAge(), clock));
        }
    }

    /** Before the targets are closed that it reads. */
    void stop(@Observes @Priority(2_900) ShutdownEvent event) {
        if (schedule != null) {
            schedule.close();
        }
    }
}
