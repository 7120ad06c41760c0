package dev.migrator.planner.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.planner.work.BundleHistory;
import dev.migrator.planner.work.PlanJudge;
import dev.migrator.planner.work.PlanWork;
import dev.migrator.policy.Policies;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

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
            Policies policies,
            Clock clock,
            PlannerConfig config) {
        var judge = new PlanJudge(environments, policies, BundleHistory.NONE, config.policyValidity(), clock);
        var work = new PlanWork(
                environments, targets, objects, publisher, PlanLimits.ofBatchSize(config.batchSize()), judge);
        loops.start("migration-planner", work, new WorkDelays(publisher, Topics.PLANS, "planner"), Topics.TASKS);
    }

    /** Read at the start: a planner whose policies are not understood must not come up. */
    @Produces
    @Singleton
    @Startup
    Policies policies(MigratorConfig config, Environments environments) {
        return PoliciesLoader.load(config.policiesFile(), environments);
    }
}
