package dev.migrator.verifier.config;

import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.verifier.work.HttpCheck;
import dev.migrator.verifier.work.SmokeChecks;
import dev.migrator.verifier.work.VerifySettings;
import dev.migrator.verifier.work.VerifyWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts to answer once topics and schemas are there. */
@ApplicationScoped
public class VerifierStart {
    void start(
            @Observes KitReady ready,
            Loops loops,
            TargetPool targets,
            MinioObjectStore objects,
            Publisher publisher,
            VerifierConfig config) {
        var settings = new VerifySettings(config.patience(), config.httpTimeout());
        var checks = new SmokeChecks(targets, new HttpCheck(settings.httpTimeout()));
        loops.start(
                "migration-verifier",
                new VerifyWork(targets, objects, publisher, checks, settings),
                new WorkDelays(publisher, Topics.VERDICTS, "verifier"),
                Topics.TASKS);
    }
}
