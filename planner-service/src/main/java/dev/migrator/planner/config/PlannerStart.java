package dev.migrator.planner.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.planner.work.PlanWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts to answer once topics and schemas are there. */
@ApplicationScoped
public class PlannerStart {
    void start(
            @Observes KitReady ready,
            Loops loops,
            Environments environments,
            TargetPool targets,
            MinioObjectStore objects,
            Publisher publisher,
            PlannerConfig config) {
        var work = new PlanWork(environments, targets, objects, publisher, PlanLimits.ofBatchSize(config.batchSize()));
        loops.start("migration-planner", work, new WorkDelays(publisher, Topics.PLANS, "planner"), Topics.TASKS);
    }
}
