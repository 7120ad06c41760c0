package dev.migrator.executor.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.executor.work.Worker;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.CachedObjects;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.worker.Publisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Starts intake and worker, after the lifecycle. */
@ApplicationScoped
public class WorkerStart {
    private volatile Worker worker;

    void start(
            @Observes @Priority(20) KitReady ready,
            Loops loops,
            KafkaClients clients,
            Wire wire,
            TargetPool targets,
            CachedObjects objects,
            MinioObjectStore bucket,
            Publisher publisher,
            MigratorConfig config,
            Environments environments,
            Clock clock,
            MeterRegistry meters) {
        worker = new Worker(
                loops, clients, wire, targets, objects, bucket, publisher, config, environments, clock, meters);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck retiredRead() {
        return () -> {
            var running = worker;
            return HealthCheckResponse.named("inventory-feed")
                    .status(running != null && running.knowsTheRetired())
                    .build();
        };
    }

    /** After the loops have ended. */
    void stop(@Observes @Priority(3_000) ShutdownEvent event) {
        if (worker != null) {
            worker.close();
        }
    }
}
