package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.engine.DryRun;
import dev.migrator.engine.DryRunSummary;
import dev.migrator.engine.Targets;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.target.TargetException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Answers DryRunRequested: asks the targets of a plan what they would say to it, with the credentials that will write it.
 * Writes nothing to them, so it needs neither a place in the queue nor the lease of a partition.
 */
final class DryRunWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(DryRunWork.class);

    private final Function<String, Targets> targets;
    private final PlanSource plans;
    private final ObjectStore objects;
    private final Publisher publisher;

    /** @param targets by environment */
    DryRunWork(Function<String, Targets> targets, PlanSource plans, ObjectStore objects, Publisher publisher) {
        this.targets = targets;
        this.plans = plans;
        this.objects = objects;
        this.publisher = publisher;
    }

    @Override
    public void handle(Task task) throws TargetException.Unavailable {
        if (Messages.effect(task.value()).orElse(null) instanceof Effect.DryRunRequested asked) {
            var report = report(asked);
            publisher.send(
                    Topics.RESULTS,
                    asked.environment(),
                    Messages.of(new Fact.DryRunAnswered(asked.id(), asked.revision(), asked.planDigest(), report)));
            LOG.infof(
                    "Dry run answered: migrationId=%s, revision=%d, accepted=%d, refused=%d, unchecked=%d",
                    asked.id(), asked.revision(), report.accepted(), report.refused(), report.unchecked());
        }
    }

    private DryRunReport report(Effect.DryRunRequested asked) throws TargetException.Unavailable {
        try {
            var plan = plans.plan(asked.planUri(), asked.planDigest());
            var outcomes = new DryRun(targets.apply(asked.environment())).ask(plan);
            var bytes = DryRunJson.bytes(asked, outcomes);
            var digest = Digest.of(bytes);
            var uri = ObjectKeys.dryRun(asked.commit(), asked.id(), asked.revision(), digest);
            // a tick needs what a person can open: without the bucket the question waits
            objects.put(uri, bytes);
            return DryRunSummary.of(outcomes, uri, digest);
        } catch (ProblemException unreadable) {
            return DryRunReport.impossible(unreadable.problem());
        }
    }
}
