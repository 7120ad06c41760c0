package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.engine.Drill;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.Pace;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Answers DrillRequested: applies a plan in the environment that is there for it, lets something go wrong, and undoes it. It is
 * asked once, so there is an answer to whatever comes of it, and a place that does not answer is a drill that failed. Without
 * the bucket the record waits: there is neither plan nor evidence then, and the rehearsals behind it could not be made either.
 */
final class DrillWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(DrillWork.class);

    private final PlaceScripts scripts;
    private final Function<String, Targets> places;
    private final Function<String, Targets> lasting;
    private final ObjectStore objects;
    private final Lease lease;
    private final Takeover takeover;
    private final Publisher publisher;
    private final Clock clock;
    private final EngineSettings settings;
    private final RecentDrills drills = new RecentDrills();

    /**
     * @param places targets to drill in, by environment; never with a secret that counts anywhere
     * @param lasting targets of the other environments, by environment
     */
    DrillWork(
            PlaceScripts scripts,
            Function<String, Targets> places,
            Function<String, Targets> lasting,
            ObjectStore objects,
            Lease lease,
            Takeover takeover,
            Publisher publisher,
            Clock clock,
            EngineSettings settings) {
        this.scripts = scripts;
        this.places = places;
        this.lasting = lasting;
        this.objects = objects;
        this.lease = lease;
        this.takeover = takeover;
        this.publisher = publisher;
        this.clock = clock;
        this.settings = settings;
    }

    /** A drill that waits delays no migration: the one whose plan it borrows may have ended long ago. */
    static DelayListener withoutDrills(DelayListener delays) {
        return (task, problem) -> {
            if (asked(task).isEmpty()) {
                delays.delayed(task, problem);
            }
        };
    }

    private static Optional<Effect.DrillRequested> asked(Task task) {
        return Messages.effect(task.value())
                .filter(Effect.DrillRequested.class::isInstance)
                .map(Effect.DrillRequested.class::cast);
    }

    @Override
    public void handle(Task task) throws TargetException, InterruptedException {
        var asked = asked(task);
        if (asked.isPresent()) {
            takeover.await(task);
            handle(asked.get(), lease.guard(task));
        }
    }

    private void handle(Effect.DrillRequested asked, WriteGuard guard) throws TargetException.Fenced {
        var known = drills.find(asked);
        var report = known.isPresent() ? known.get() : answer(asked, guard);
        guard.check();
        publisher.send(Topics.RESULTS, asked.environment(), Messages.of(new Fact.DrillAnswered(report)));
        LOG.infof(
                "Drill answered: environment=%s, request=%s, migrationId=%s, fault=%s, passed=%s, undone=%d, tookMillis=%d",
                asked.environment(),
                asked.requestId(),
                asked.id(),
                asked.fault().label(),
                report.isPassed(),
                report.undone(),
                report.took().toMillis());
    }

    private DrillReport answer(Effect.DrillRequested asked, WriteGuard guard) throws TargetException.Fenced {
        DrillReport report;
        try {
            report = stored(asked, guard);
        } catch (ProblemException unreadable) {
            report = refused(asked, unreadable.problem());
        }
        drills.keep(asked, report);
        return report;
    }

    /** What was done is not done again because its evidence could not be stored at once. */
    private DrillReport stored(Effect.DrillRequested asked, WriteGuard guard) throws TargetException.Fenced {
        var done = drills.unstored(asked);
        var drill = done.isPresent() ? done.get() : drilled(asked, guard);
        drills.done(asked, drill);
        // a line of a checklist needs what a person can open: without the bucket the answer waits
        objects.put(drill.report().uri(), drill.evidence());
        return drill.report();
    }

    private RecentDrills.Unstored drilled(Effect.DrillRequested asked, WriteGuard guard) throws TargetException.Fenced {
        var script = script(asked);
        try {
            var result = new Drill(places.apply(asked.rehearsalEnvironment()), lasting, settings, Pace.SYSTEM)
                    .run(script, asked.fault(), asked.requestId(), guard);
            var at = now();
            var bytes = DrillEvidenceJson.bytes(asked, result, at);
            var digest = Digest.of(bytes);
            var uri = ObjectKeys.drill(asked.environment(), at, asked.requestId(), digest);
            return new RecentDrills.Unstored(result.report(asked, at, uri, digest), bytes);
        } catch (EngineUnavailable stopped) {
            // we are being stopped: whoever comes next does all of it
            throw new Unavailable(stopped.problem(), stopped);
        }
    }

    /** What is wrong with plan, snapshot or place before anything is begun says nothing of whether it can be undone. */
    private Rehearsal.Script script(Effect.DrillRequested asked) {
        try {
            return scripts.script(PlaceScripts.Asked.by(asked));
        } catch (ProblemException e) {
            var why = e.problem();
            throw new ProblemException(Problem.of(DrillReport.NOT_POSSIBLE, "the drill cannot be begun")
                    .about(why.thing().isBlank() ? "migration " + asked.id() : why.thing())
                    .expected(why.expected())
                    .found(why.code() + " " + why.message() + (why.found().isBlank() ? "" : ": " + why.found()))
                    .todo(why.todo()));
        }
    }

    private DrillReport refused(Effect.DrillRequested asked, Problem why) {
        return DrillReport.refused(
                asked.environment(),
                asked.requestId(),
                asked.id(),
                asked.rehearsalEnvironment(),
                asked.fault(),
                why,
                asked.by(),
                now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
