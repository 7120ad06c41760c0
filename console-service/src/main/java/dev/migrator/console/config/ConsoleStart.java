package dev.migrator.console.config;

import dev.migrator.console.api.Users;
import dev.migrator.console.work.ChecklistEvidence;
import dev.migrator.console.work.DriftBoard;
import dev.migrator.console.work.DrillBoard;
import dev.migrator.console.work.DrillSchedule;
import dev.migrator.console.work.Drills;
import dev.migrator.console.work.EntryWriters;
import dev.migrator.console.work.FleetBoard;
import dev.migrator.console.work.FleetOrders;
import dev.migrator.console.work.Operations;
import dev.migrator.console.work.Orders;
import dev.migrator.console.work.Plans;
import dev.migrator.console.work.ReportLog;
import dev.migrator.console.work.Reports;
import dev.migrator.console.work.RestoreDocuments;
import dev.migrator.console.work.RetiredBoard;
import dev.migrator.console.work.SnapshotBoard;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.console.work.StoredBundles;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.evidence.EvidenceStore;
import dev.migrator.kit.feed.DriftFeed;
import dev.migrator.kit.feed.DrillFeed;
import dev.migrator.kit.feed.FleetFeed;
import dev.migrator.kit.feed.InventoryFeed;
import dev.migrator.kit.feed.StatusFeed;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.worker.Publisher;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The console's parts, and when they start. */
@ApplicationScoped
public class ConsoleStart {
    /** For reading all topics for one report. */
    private static final Duration REPORT_PATIENCE = Duration.ofSeconds(60);

    private volatile StatusFeed feed;
    private volatile FleetFeed fleets;
    private volatile DrillFeed drills;
    private volatile DrillSchedule schedule;

    void start(
            @Observes KitReady ready,
            KafkaClients clients,
            Wire wire,
            StatusBoard board,
            FleetBoard fleetBoard,
            DrillBoard drillBoard,
            Drills orders,
            DriftFeed drift,
            InventoryFeed retired,
            Clock clock) {
        Map<String, Object> settings = clients.consumer("unused");
        settings.remove("group.id"); // each console reads everything
        feed = new StatusFeed(settings, wire, board).start();
        fleets = new FleetFeed(settings, wire, fleetBoard).start();
        var drilled = new DrillFeed(settings, wire, drillBoard).start();
        drills = drilled;
        var statuses = feed;
        schedule =
                new DrillSchedule(orders, drillBoard, () -> statuses.caughtUp() && drilled.caughtUp(), clock).start();
        drift.start();
        retired.start();
    }

    void stop(@Observes ShutdownEvent event) {
        if (schedule != null) {
            schedule.close();
        }
        if (drills != null) {
            drills.close();
        }
        if (feed != null) {
            feed.close();
        }
        if (fleets != null) {
            fleets.close();
        }
    }

    /** Read at the start: a console whose users file is wrong must not come up. */
    @Produces
    @Singleton
    @Startup
    Users users(MigratorConfig config) {
        return Users.read(
                needed(config.console().usersFile(), "migrator.console.users-file", "the users of the console"));
    }

    @Produces
    @Singleton
    @Startup
    ApprovalSigner signer(MigratorConfig config) {
        return ApprovalSigner.load(needed(
                config.approvals().privateKeyFile(),
                "migrator.approvals.private-key-file",
                "a PEM file (PKCS 8) with an Ed25519 private key"));
    }

    @Produces
    @Singleton
    Orders orders(Publisher publisher, MinioObjectStore objects, ApprovalSigner signer) {
        return new Orders(publisher, objects, signer);
    }

    @Produces
    @Singleton
    FleetOrders fleetOrders(Publisher publisher, MinioObjectStore objects, Environments environments) {
        return new FleetOrders(publisher, objects, environments);
    }

    @Produces
    @Singleton
    Drills drills(Environments environments, DrillBoard board, StatusBoard statuses, Publisher publisher, Clock clock) {
        return new Drills(environments, board, statuses, publisher, clock);
    }

    @Produces
    @Singleton
    Reports reports(
            KafkaClients clients,
            Wire wire,
            MinioObjectStore objects,
            ApprovalSigner signer,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Map<String, Object> settings = clients.consumer("unused");
        settings.remove("group.id"); // each report reads for itself
        settings.put("max.poll.records", 2_000);
        settings.put("default.api.timeout.ms", 15_000);
        var log = new ReportLog(
                () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                wire,
                clock,
                REPORT_PATIENCE);
        return new Reports(log::of, objects, signer, clock, "console-service " + version);
    }

    @Produces
    @Singleton
    Plans plans(MinioObjectStore objects, Environments environments) {
        return new Plans(objects, environments);
    }

    @Produces
    @Singleton
    Operations operations(Plans plans, MinioObjectStore objects) {
        return new Operations(plans, objects);
    }

    @Produces
    @Singleton
    ChecklistEvidence checklist(MinioObjectStore objects) {
        return new ChecklistEvidence(objects);
    }

    @Produces
    @Singleton
    EvidenceStore evidence(MinioObjectStore objects) {
        return new EvidenceStore(objects);
    }

    @Produces
    @Singleton
    SnapshotBoard snapshots(
            Environments environments,
            MinioObjectStore objects,
            StatusBoard statuses,
            Plans plans,
            Publisher publisher,
            Clock clock) {
        var writers = new EntryWriters(statuses, plans);
        return new SnapshotBoard(environments, new SnapshotCatalog(objects), writers, publisher, clock);
    }

    @Produces
    @Singleton
    RestoreDocuments restores(Environments environments, MinioObjectStore objects) {
        return new RestoreDocuments(environments, new SnapshotCatalog(objects), objects);
    }

    @Produces
    @Singleton
    StoredBundles storedBundles(StatusBoard board, Environments environments) {
        return new StoredBundles(board, environments);
    }

    @Produces
    @Singleton
    DriftFeed drift(KafkaClients clients, Wire wire) {
        return new DriftFeed(clients, wire);
    }

    void close(@Disposes DriftFeed drift) {
        drift.close();
    }

    @Produces
    @Singleton
    InventoryFeed retired(KafkaClients clients, Wire wire) {
        return InventoryFeed.ofRetired(clients, wire);
    }

    void close(@Disposes InventoryFeed retired) {
        retired.close();
    }

    @Produces
    @Singleton
    RetiredBoard retiredBoard(Environments environments, InventoryFeed retired, StatusBoard statuses, Clock clock) {
        return new RetiredBoard(environments, retired::current, statuses::find, clock);
    }

    @Produces
    @Singleton
    DriftBoard driftBoard(Environments environments, DriftFeed drift, Publisher publisher, Audit audit, Clock clock) {
        return new DriftBoard(environments, DriftBoard.Reports.of(drift), publisher, audit, clock);
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

    @Produces
    @Singleton
    @Readiness
    HealthCheck fleetFeed() {
        return () -> {
            var running = fleets;
            return HealthCheckResponse.named("fleet-feed")
                    .status(running != null && running.alive() && running.caughtUp())
                    .build();
        };
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck drillFeed() {
        return () -> {
            var running = drills;
            return HealthCheckResponse.named("drill-feed")
                    .status(running != null && running.alive() && running.caughtUp())
                    .build();
        };
    }

    private static Path needed(Optional<Path> file, String name, String expected) {
        return file.orElseThrow(() -> new ProblemException(Problem.of("CFG-MISSING", "a setting is missing")
                .about(name)
                .expected(expected)
                .todo("set it and start the console again")));
    }
}
