package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.RehearsalReport;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.core.snapshot.ChunkSource;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.SnapshotReader;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Answers RehearsalRequested: does and undoes a plan in the environment that is there for it. What the plan is for is only
 * asked what it is. The records of one environment have one key, so its rehearsals come one after another; a question that is
 * repeated while its rehearsal runs waits behind it, and is answered the same.
 */
final class RehearsalWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(RehearsalWork.class);

    private final Environments environments;
    private final Function<String, Targets> places;
    private final Function<String, Targets> lasting;
    private final PlanSource plans;
    private final ObjectStore objects;
    private final ChunkSource chunks;
    private final Lease lease;
    private final Takeover takeover;
    private final Publisher publisher;
    private final DelayListener delays;
    private final RecentRehearsals answered = new RecentRehearsals();

    /**
     * @param places targets to rehearse in, by environment; never with a secret that counts anywhere
     * @param lasting targets of the other environments, by environment
     * @param delays is told of each question that could not be answered
     */
    RehearsalWork(
            Environments environments,
            Function<String, Targets> places,
            Function<String, Targets> lasting,
            PlanSource plans,
            ObjectStore objects,
            ChunkSource chunks,
            Lease lease,
            Takeover takeover,
            Publisher publisher,
            DelayListener delays) {
        this.environments = environments;
        this.places = places;
        this.lasting = lasting;
        this.plans = plans;
        this.objects = objects;
        this.chunks = chunks;
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
            var targets = targets(asked);
            var plan = plans.plan(asked.planUri(), asked.planDigest());
            var script = new Rehearsal.Script(
                    asked.id(),
                    asked.commit(),
                    plan,
                    asked.planDigest(),
                    asked.rehearsalEnvironment(),
                    targets,
                    others(),
                    untouched(asked.rehearsalEnvironment()),
                    snapshot(asked, plan));
            var result = new Rehearsal(
                            places.apply(asked.rehearsalEnvironment()), lasting, EngineSettings.DEFAULT, Pace.SYSTEM)
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

    /** Names of targets that are in both. What is not there for rehearsals alone is never touched, whoever asks for it. */
    private Set<String> targets(Effect.RehearsalRequested asked) {
        var source = environments.declared(asked.environment());
        var place = environments.declared(asked.rehearsalEnvironment());
        var named = source.rehearsal()
                .filter(rule -> rule.environment().equals(place.name()))
                .isPresent();
        if (!named || place.mode() != Mode.REHEARSAL) {
            throw new ProblemException(Problem.of("REH-PLACE", "this is no place to rehearse in")
                    .about("environment " + place.name())
                    .expected("the one with mode: rehearsal that " + source.name() + " names")
                    .found(named ? "another mode" : "another name")
                    .todo("give all services the same environments.yaml; nothing was written"));
        }
        return place.targets().stream()
                .filter(target -> isIn(source, target))
                .map(TargetConfig::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names of the targets of every environment that is there for something else, by environment. */
    private Map<String, Set<String>> others() {
        return environments.lasting().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Environment::name,
                        environment -> environment.targets().stream()
                                .map(TargetConfig::name)
                                .collect(Collectors.toUnmodifiableSet())));
    }

    private Untouched untouched(String place) {
        var principals = new TreeMap<String, String>();
        environments
                .declared(place)
                .targets()
                .forEach(target -> target.principal().ifPresent(name -> principals.put(target.name(), name)));
        return new Untouched(principals);
    }

    private static boolean isIn(Environment source, TargetConfig target) {
        return source.target(target.name())
                .filter(there -> there.type().equals(target.type()))
                .isPresent();
    }

    private Map<EntryKey, EntryState> snapshot(Effect.RehearsalRequested asked, Plan plan) {
        var stored = asked.snapshot();
        var manifest = ManifestCodec.read(objects.get(stored.uri(), stored.digest()));
        var states = new TreeMap<EntryKey, EntryState>();
        new SnapshotReader(manifest, chunks).forEach(entry -> states.put(entry.key(), entry.state()));
        var hash = StateHash.of(StateHash.pairs(plan), states);
        if (!hash.equals(asked.beforeHash())) {
            throw new ProblemException(Problem.of("REH-SNAPSHOT", "the snapshot holds something else than the plan saw")
                    .about(stored.uri())
                    .expected("state " + asked.beforeHash())
                    .found("state " + hash)
                    .todo("report this; the migration was to be planned again"));
        }
        return states;
    }
}
