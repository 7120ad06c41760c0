package dev.migrator.planner.config;

import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.environment.Environments;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.feed.DriftFeed;
import dev.migrator.kit.feed.StatusFeed;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.planner.work.DriftSchedule;
import dev.migrator.planner.work.DriftSources;
import dev.migrator.planner.work.DriftWork;
import dev.migrator.planner.work.KnownInventory;
import dev.migrator.planner.work.MigrationActivity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Looks for drift while the planner runs. */
@ApplicationScoped
public class DriftStart {
    /** Longest wait for the end of a topic. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A report counts for as long as three looks may fail, and never for less. */
    private static final Duration AT_LEAST = Duration.ofMinutes(5);

    private final Environments environments;
    private final TargetPool targets;
    private final Publisher publisher;
    private final KafkaClients clients;
    private final Wire wire;
    private final Clock clock;
    private final PlannerConfig config;
    private final MeterRegistry meters;
    private volatile DriftFeed feed;
    private volatile DriftSchedule schedule;

    DriftStart(
            Environments environments,
            TargetPool targets,
            Publisher publisher,
            KafkaClients clients,
            Wire wire,
            Clock clock,
            PlannerConfig config,
            MeterRegistry meters) {
        this.environments = environments;
        this.targets = targets;
        this.publisher = publisher;
        this.clients = clients;
        this.wire = wire;
        this.clock = clock;
        this.config = config;
        this.meters = meters;
    }

    void start(StatusFeed statuses, MigrationActivity activity, KnownInventory inventory) {
        var reports = new DriftFeed(clients, wire).start();
        feed = reports;
        var sources = new DriftSources() {
            @Override
            public Optional<DriftReport> reported(String environment) {
                reports.awaitEnd(PATIENCE);
                return readable(reports, environment);
            }

            @Override
            public MigrationActivity.Mark activity(String environment) {
                statuses.awaitEnd(PATIENCE);
                return activity.mark(environment);
            }
        };
        var interval = config.driftInterval();
        var three = interval.multipliedBy(3);
        var work = new DriftWork(
                targets,
                inventory,
                sources,
                publisher,
                clock,
                config.driftSettle(),
                three.compareTo(AT_LEAST) > 0 ? three : AT_LEAST,
                Thread::sleep);
        environments.lasting().forEach(environment -> measure(reports, environment.name()));
        schedule = new DriftSchedule(interval, new Board(reports), work::check, clock, ThreadLocalRandom.current())
                .start(environments.lasting());
    }

    /** What nobody can read any more is reported anew. */
    private static Optional<DriftReport> readable(DriftFeed reports, String environment) {
        try {
            return reports.report(environment);
        } catch (Unavailable _) {
            return Optional.empty();
        }
    }

    private record Board(DriftFeed reports) implements DriftSchedule.Board {
        @Override
        public Optional<DriftReport> report(String environment) {
            return readable(reports, environment);
        }

        @Override
        public Optional<String> asked(String environment) {
            return reports.asked(environment);
        }
    }

    /** Not a number while it is not known. */
    private void measure(DriftFeed reports, String environment) {
        Gauge.builder(
                        "migrator.drift.entries",
                        () -> readable(reports, environment)
                                .filter(report -> report.isFresh(clock.instant()))
                                .map(report -> (double) open(reports, report))
                                .orElse(Double.NaN))
                .description(
                        "Managed entries that are not as they were last applied, without those acknowledged for now")
                .tag("environment", environment)
                .register(meters);
    }

    private long open(DriftFeed reports, DriftReport report) {
        var now = clock.instant();
        return report.drifted()
                - report.findings().stream()
                        .filter(finding -> reports.acknowledged(report.environment(), finding, now)
                                .isPresent())
                        .count();
    }

    /** Before the feeds end, which a look asks. */
    void stop(@Observes @Priority(2_900) ShutdownEvent event) {
        if (schedule != null) {
            schedule.close();
        }
        if (feed != null) {
            feed.close();
        }
    }
}
