package dev.migrator.snapshot.config;

import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.snapshot.work.ProtectionWatch;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells in the health of the service what protects the snapshots; never a reason to be down. */
@ApplicationScoped
public class ProtectionHealth {
    private final ProtectionWatch watch;
    private final SnapshotterConfig config;

    ProtectionHealth(MinioObjectStore bucket, SnapshotterConfig config) {
        this.watch = new ProtectionWatch(bucket, config.lockFor());
        this.config = config;
    }

    void start(@Observes KitReady ready) {
        watch.start();
    }

    void stop(@Observes @Priority(2_900) ShutdownEvent event) {
        watch.close();
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck protectionCheck() {
        return () -> {
            var found = watch.found();
            return HealthCheckResponse.named("bucket-protection")
                    .up()
                    .withData(
                            "protection", found.map(f -> f.protection().words()).orElse("not asked yet"))
                    .withData("lockFor", config.lockFor().toString())
                    .withData(
                            "problem",
                            found.flatMap(f -> f.problem()).map(p -> p.code()).orElse(""))
                    .build();
        };
    }
}
