package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.RehearsalReport;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.Pace;
import dev.migrator.engine.PlaceChecks;
import dev.migrator.engine.Rehearsal;
import dev.migrator.engine.Targets;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.DelayListener;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Answers RehearsalRequested: does and undoes a plan in the environment that is there for it. What the plan is for is only
 * asked what it is. The records of one environment have one key, so its rehearsals come one after another; a question that is
 * repeated while its rehearsal runs waits behind it, and is answered the same.
 */
final class RehearsalWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(RehearsalWork.class);

    private final PlaceScripts scripts;
    private final Function<String, Targets> places;
    private final Function<String, Targets> lasting;
    private final Function<String, PlaceChecks> checks;
    private final ObjectStore objects;
    private final Lease lease;
    private final Takeover takeover;
    private final Publisher publisher;
    private final DelayListener delays;
    private final RecentRehearsals answered = new RecentRehearsals();

    /**
     * @param places targets to rehearse in, by environment; never with a secret that counts anywhere
     * @param lasting targets of the other environments, by environment
     * @param checks against what there is to rehearse in, by environment
     * @param delays is told of each question that could not be answered
     */
    RehearsalWork(
            PlaceScripts scripts,
            Function<String, Targets> places,
            Function<String, Targets> lasting,
            Function<String, PlaceChecks> checks,
            ObjectStore objects,
            Lease lease,
            Takeover takeover,
            Publisher publisher,
            DelayListener delays) {
        this.scripts = scripts;
        this.places = places;
        this.lasting = lasting;
        this.checks = checks;
        this.objects = objects;
        this.lease = lease;
        this.takeover = takeover;
        this.publisher = publisher;
        this.delays = delays;
    }

    @Override
    public void handle(Task task) throws TargetException, InterruptedException {
        if (!(Messages.effect(task.value()).orElse(null) instanceof Effect.RehearsalRequested asked)) {
            return;
        }
        takeover.await(task);
        var known = answered.find(asked);
        var report = known.isPresent() ? known : answer(asked, task);
        if (report.isPresent()) {
            publish(asked, report.get(), task);
        }
    }

    /**
     * Empty if something did not answer: the lifecycle asks again for as long as it wants to know. If the record waited here,
     * one of a migration that has ended meanwhile would hold up all the others.
     */
    private Optional<RehearsalReport> answer(Effect.RehearsalRequested asked, Task task) throws TargetException.Fenced {
        try {
            return Optional.of(report(asked, lease.guard(task)));
        } catch (EngineUnavailable e) {
            delays.delayed(task, e.problem());
        } catch (TargetException.Unavailable e) {
            delays.delayed(task, e.problem());
        } catch (Unavailable e) {
            delays.delayed(task, e.problem());
        }
        return Optional.empty();
    }

    private void publish(Effect.RehearsalRequested asked, RehearsalReport report, Task task)
            throws TargetException.Fenced {
        lease.guard(task).check();
        publisher.send(
                Topics.RESULTS,
                asked.environment(),
                Messages.of(new Fact.RehearsalAnswered(
                        asked.id(),
                        asked.revision(),
                        asked.planDigest(),
                        asked.snapshot().digest(),
                        report)));
        answered.keep(asked, report);
        LOG.infof(
                "Rehearsal answered: migrationId=%s, revision=%d, passed=%s, operations=%d, asPredicted=%d, notProven=%d",
                asked.id(),
                asked.revision(),
                report.isPassed(),
                report.operations(),
                report.asPredicted(),
                report.notProven());
    }

    private RehearsalReport report(Effect.RehearsalRequested asked, WriteGuard guard)
            throws EngineUnavailable, TargetException.Unavailable, TargetException.Fenced {
        try {
            var script = scripts.script(PlaceScripts.Asked.by(asked));
            var result = new Rehearsal(
                            places.apply(asked.rehearsalEnvironment()),
                            lasting,
                            checks.apply(asked.rehearsalEnvironment()),
                            EngineSettings.DEFAULT,
                            Pace.SYSTEM)
                    .run(script, guard);
            var bytes = RehearsalJson.bytes(asked, result);
            var digest = Digest.of(bytes);
            var uri = ObjectKeys.rehearsal(asked.commit(), asked.id(), asked.revision(), digest);
            // a tick needs what a person can open: without the bucket the question waits
            objects.put(uri, bytes);
            return result.report(uri, digest);
        } catch (ProblemException unreadable) {
            return RehearsalReport.impossible(unreadable.problem());
        }
    }
}
