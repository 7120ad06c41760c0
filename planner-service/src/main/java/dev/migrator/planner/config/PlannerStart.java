package dev.migrator.planner.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.evidence.EvidenceStore;
import dev.migrator.kit.feed.InventoryFeed;
import dev.migrator.kit.feed.StatusFeed;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.planner.work.KnownBundles;
import dev.migrator.planner.work.MigrationActivity;
import dev.migrator.planner.work.PlanJudge;
import dev.migrator.planner.work.PlanWork;
import dev.migrator.planner.work.SucceededBundles;
import dev.migrator.policy.Policies;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Starts to answer once topics and schemas are there. */
@ApplicationScoped
public class PlannerStart {
    private volatile StatusFeed feed;
    private volatile InventoryFeed inventory;

    void start(
            @Observes KitReady ready,
            Loops loops,
            Environments environments,
            TargetPool targets,
            MinioObjectStore objects,
            Publisher publisher,
            KafkaClients clients,
            Wire wire,
            Policies policies,
            Clock clock,
            PlannerConfig config,
            DriftStart drift) {
        var history = new SucceededBundles();
        Map<String, Object> settings = clients.consumer("unused");
        settings.remove("group.id"); // each planner reads all statuses
        var activity = new MigrationActivity();
        var statuses = new StatusFeed(settings, wire, history.and(activity)).start();
        feed = statuses;
        var known = new KnownBundles(history, new EvidenceStore(objects));
        var inventoryFeed = new InventoryFeed(clients, wire).start();
        inventory = inventoryFeed;
        var judge = new PlanJudge(environments, policies, known, config.policyValidity(), clock);
        var work = new PlanWork(
                environments,
                targets,
                objects,
                publisher,
                PlanLimits.ofBatchSize(config.batchSize()),
                judge,
                inventoryFeed::current,
                clock);
        loops.start("migration-planner", work, new WorkDelays(publisher, Topics.PLANS, "planner"), Topics.TASKS);
        drift.start(statuses, activity, inventoryFeed::current);
    }

    /** After the loops have ended, which ask them. */
    void stop(@Observes @Priority(3_000) ShutdownEvent event) {
        if (feed != null) {
            feed.close();
        }
        if (inventory != null) {
            inventory.close();
        }
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck statusFeed() {
        return () -> {
            var running = feed;
            return HealthCheckResponse.named("status-feed")
                    .status(running != null && running.alive() && running.caughtUp())
                    .build();
        };
    }

    /** A planner that has not read the inventory cannot answer. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck inventoryRead() {
        return () -> {
            var running = inventory;
            return HealthCheckResponse.named("inventory-feed")
                    .status(running != null && running.ready())
                    .build();
        };
    }

    /** Read at the start: a planner whose policies are not understood must not come up. */
    @Produces
    @Singleton
    @Startup
    Policies policies(MigratorConfig config, Environments environments) {
        return PoliciesLoader.load(config.policiesFile(), environments);
    }
}
