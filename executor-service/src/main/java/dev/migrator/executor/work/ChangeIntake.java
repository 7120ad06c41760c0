package dev.migrator.executor.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.executor.stream.LifecycleTopology;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import java.util.regex.Pattern;

/**
 * Takes in what outsiders publish: any key, any client, any schema version. What makes sense goes on by environment, so
 * that all facts of one meet in one partition; the rest goes to the dead letters. Waiting for the registry happens here,
 * never inside the topology.
 */
final class ChangeIntake implements TaskHandler {
    /** As in {@code environments.schema.json}; the state store's keys rely on it. */
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    private final Publisher publisher;

    ChangeIntake(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void handle(Task task) {
        if (!(Messages.fact(task.value()).orElse(null) instanceof Fact.Requested(var change))) {
            throw new ProblemException(Problem.of("CHG-TYPE", "the record is no change")
                    .about(task.place())
                    .expected("ChangeRequested")
                    .found(task.value().getSchema().getName())
                    .todo("publish ChangeRequested"));
        }
        if (!ENVIRONMENT.matcher(change.environment()).matches()) {
            throw new ProblemException(Problem.of("CHG-ENVIRONMENT", "the environment's name has another shape")
                    .about("migration " + change.id())
                    .expected("1 to 64 of A-Z a-z 0-9 . _ -, as in environments.yaml")
                    .found(change.environment()
                            .substring(0, Math.min(80, change.environment().length())))
                    .todo("publish the change again with the name of a declared environment"));
        }
        publisher.send(LifecycleTopology.CHANGES_BY_ENVIRONMENT, change.environment(), task.value());
    }
}
