package dev.migrator.kit.cdi;

import dev.migrator.kit.avro.ApicurioSchemas;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.health.Probe;
import dev.migrator.kit.objects.MinioObjectStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Health of a service. Readiness: can it serve? Liveness: would a restart help? Every check only looks at memory. */
@ApplicationScoped
public class KitHealth {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** A poll returns within a second; far later, only a restart helps. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Admin admin;
    private final ApicurioSchemas schemas;
    private final Wire wire;
    private final MinioObjectStore objects;
    private final Loops loops;
    private final KitStartup startup;
    private Probe broker;
    private Probe registry;
    private Probe store;

    KitHealth(
            Admin admin,
            ApicurioSchemas schemas,
            Wire wire,
            MinioObjectStore objects,
            Loops loops,
            KitStartup startup) {
        this.admin = admin;
        this.schemas = schemas;
        this.wire = wire;
        this.objects = objects;
        this.loops = loops;
        this.startup = startup;
    }

    void start(@Observes StartupEvent event) {
        broker = new Probe("broker", INTERVAL, this::lookAtBroker, () -> {});
        registry = new Probe("registry", INTERVAL, schemas::probe, this::registryIsBack);
        store = new Probe("object-store", INTERVAL, objects::probe, () -> {});
    }

    void stop(@Observes ShutdownEvent event) {
        List.of(broker, registry, store).forEach(Probe::close);
    }

    /** It may be another one, with other ids. */
    private void registryIsBack() {
        if (startup.done()) { // before that, starting does it
            wire.register();
        }
    }

    private void lookAtBroker() throws Exception {
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(5_000))
                .clusterId()
                .get(10, TimeUnit.SECONDS);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck brokerCheck() {
        return () -> response("broker", broker);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck registryCheck() {
        return () -> response("registry", registry);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck storeCheck() {
        return () -> response("object-store", store);
    }

    @Produces
    @Singleton
    @Startup
    HealthCheck startupCheck() {
        return () -> HealthCheckResponse.named("topics-and-schemas")
                .status(startup.done())
                .withData("state", startup.state())
                .build();
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck loopsCheck() {
        return () -> {
            var silentSince = Instant.now().minus(SILENCE);
            var dead = loops.all().stream()
                    .filter(loop -> !loop.alive() || loop.lastPoll().isBefore(silentSince))
                    .map(loop -> loop.name())
                    .toList();
            return HealthCheckResponse.named("loops")
                    .status(dead.isEmpty())
                    .withData("loops", loops.all().size())
                    .withData("dead", String.join(", ", dead))
                    .build();
        };
    }

    private static HealthCheckResponse response(String name, Probe probe) {
        if (probe == null) {
            return HealthCheckResponse.named(name)
                    .down()
                    .withData("found", "not asked yet")
                    .build();
        }
        var state = probe.state();
        var response = HealthCheckResponse.named(name).status(state.up());
        return state.up()
                ? response.build()
                : response.withData("found", state.found()).build();
    }
}
