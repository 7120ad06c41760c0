package dev.migrator.snapshot.work;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.avro.SnapshotMessages;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Takes snapshots of whole targets: those that people order, each id once, and those of the schedule. An order that is refused
 * has the reason in its place in the catalog.
 */
public final class OrderWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(OrderWork.class);

    private final Environments environments;
    private final TargetPool targets;
    private final int slice;
    private final SnapshotCatalog catalog;
    private final Recorder recorder;
    private final Audit audit;
    private final Clock clock;

    /** @param slice entries that one call reads, at least 1 */
    public OrderWork(
            Environments environments,
            TargetPool targets,
            int slice,
            Bucket bucket,
            Recorder recorder,
            Audit audit,
            Clock clock) {
        this.environments = environments;
        this.targets = targets;
        this.slice = slice;
        this.catalog = new SnapshotCatalog(bucket);
        this.recorder = recorder;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws ProblemException {@code ENV-UNKNOWN} for an order about an environment that has no catalog here */
    @Override
    public void handle(Task task) throws TargetException.Unavailable {
        var order = SnapshotMessages.order(task.value());
        if (order.isEmpty()) {
            return; // a command for a migration
        }
        var environment = environments
                .find(order.get().environment())
                .orElseThrow(() -> new ProblemException(Problem.of("ENV-UNKNOWN", "there is no such environment")
                        .expected("one of " + environments.names())
                        .found(order.get().environment())
                        .todo("declare it in the environments.yaml of the snapshotter")));
        if (!isAnswered(order.get())) {
            answer(order.get(), environment);
        }
    }

    private boolean isAnswered(SnapshotOrder order) {
        return catalog.takenFor(order.environment(), order.request()).isPresent()
                || catalog.refused(order.environment()).stream()
                        .anyMatch(name -> name.what().equals(order.request()));
    }

    private void answer(SnapshotOrder order, Environment environment) throws TargetException.Unavailable {
        try {
            take(order, chosen(order, environment));
        } catch (TargetException.Unavailable later) {
            throw later;
        } catch (TargetException refused) {
            refuse(order, refused.problem());
        } catch (ProblemException refused) {
            refuse(order, refused.problem());
        }
    }

    private static List<TargetConfig> chosen(SnapshotOrder order, Environment environment) {
        return order.target()
                .map(name -> List.of(environment
                        .target(name)
                        .orElseThrow(() -> new ProblemException(Problem.of("TGT-UNKNOWN", "there is no such target")
                                .about(environment.name() + "/" + name)
                                .expected(environment.targets().stream()
                                        .map(TargetConfig::name)
                                        .collect(Collectors.joining(", ", "one of ", "")))
                                .found(name)
                                .todo("correct the name, or declare it in environments.yaml")))))
                .orElse(environment.targets());
    }

    /** Exceptions as {@link Recorder#record}. */
    SnapshotName take(SnapshotOrder order, List<TargetConfig> configs) throws TargetException {
        var recorded = recorder.record(
                order.environment(), order.request(), new TargetsExport(targets, slice, order, configs), _ -> {
                    // every chunk is compared by its digest
                });
        record(
                order,
                "snapshot-taken",
                Optional.empty(),
                List.of("snapshot " + recorded.name().id()));
        LOG.infof(
                "Snapshot taken: environment=%s, snapshot=%s, entries=%d",
                order.environment(),
                recorded.name().id(),
                recorded.manifest().contents().entries());
        return recorded.name();
    }

    private void refuse(SnapshotOrder order, Problem problem) {
        catalog.writeRefused(SnapshotName.of(order.environment(), clock.instant(), order.request()), problem);
        record(order, "snapshot-refused", Optional.of(problem), List.of("request " + order.request()));
        LOG.warnf(
                "Snapshot refused: environment=%s, request=%s, code=%s",
                order.environment(), order.request(), problem.code());
    }

    private void record(SnapshotOrder order, String what, Optional<Problem> problem, List<String> details) {
        audit.record(order.environment(), Optional.empty(), what, order.by(), Optional.empty(), problem, details);
    }
}
