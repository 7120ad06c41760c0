package dev.migrator.verifier.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.feed.SignalReader;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.TaskLoopSettings;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.verifier.work.HttpCheck;
import dev.migrator.verifier.work.MonitoringWork;
import dev.migrator.verifier.work.Signals;
import dev.migrator.verifier.work.SmokeChecks;
import dev.migrator.verifier.work.StateVerification;
import dev.migrator.verifier.work.VerifySettings;
import dev.migrator.verifier.work.VerifyWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/** Starts to answer once topics and schemas are there. */
@ApplicationScoped
public class VerifierStart {
    /** Checks mostly wait: for a page, or for a target that has not come to it yet. */
    private static final int MOST_CHECKS = 128;

    void start(
            @Observes KitReady ready,
            Loops loops,
            TargetPool targets,
            MinioObjectStore objects,
            Publisher publisher,
            MigratorConfig migrator,
            VerifierConfig config,
            Environments environments,
            KafkaClients clients,
            Wire wire,
            Clock clock) {
        var settings = new VerifySettings(config.patience(), config.httpTimeout());
        var checks = new SmokeChecks(targets, new HttpCheck(settings.httpTimeout()));
        var signals = new Signals(environments, new SignalReader(clients, wire), clock);
        var verify =
                new VerifyWork(targets, objects, publisher, checks, signals, StateVerification.Clock.SYSTEM, settings);
        var listen = new MonitoringWork(signals, objects, publisher);
        loops.start(
                TaskLoopSettings.of("migration-verifier", migrator.workDir(), Topics.TASKS)
                        .concurrent(MOST_CHECKS),
                task -> {
                    verify.handle(task);
                    listen.handle(task);
                },
                new WorkDelays(publisher, Topics.VERDICTS, "verifier"));
    }
}
