package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.core.snapshot.ChunkSource;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.SnapshotReader;
import dev.migrator.engine.Rehearsal;
import dev.migrator.kit.objects.ObjectStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is to be done in a place that is there for it: from what is declared, and what lies in the bucket. */
final class PlaceScripts {
    private final Environments environments;
    private final PlanSource plans;
    private final ObjectStore objects;
    private final ChunkSource chunks;

    PlaceScripts(Environments environments, PlanSource plans, ObjectStore objects, ChunkSource chunks) {
        this.environments = environments;
        this.plans = plans;
        this.objects = objects;
        this.chunks = chunks;
    }

    /**
     * Whoever asks for it.
     *
     * @param environment that the plan is for
     * @param place name of the one to do it in
     */
    record Asked(
            MigrationId id,
            String environment,
            String commit,
            Digest planDigest,
            String planUri,
            String place,
            StoredObject snapshot,
            Digest beforeHash) {
        static Asked by(Effect.RehearsalRequested asked) {
            return new Asked(
                    asked.id(),
                    asked.environment(),
                    asked.commit(),
                    asked.planDigest(),
                    asked.planUri(),
                    asked.rehearsalEnvironment(),
                    asked.snapshot(),
                    asked.beforeHash());
        }

        static Asked by(Effect.DrillRequested asked) {
            return new Asked(
                    asked.id(),
                    asked.environment(),
                    asked.commit(),
                    asked.planDigest(),
                    asked.planUri(),
                    asked.rehearsalEnvironment(),
                    asked.snapshot(),
                    asked.beforeHash());
        }
    }

    /**
     * @throws ProblemException {@code REH-PLACE} if it is no place for it, {@code REH-SNAPSHOT} if the snapshot holds something
     *     else than the plan saw, or what is wrong with plan or snapshot
     * @throws dev.migrator.kit.objects.ObjectStoreUnavailable if they cannot be fetched now
     */
    Rehearsal.Script script(Asked asked) {
        var targets = targets(asked);
        var plan = plans.plan(asked.planUri(), asked.planDigest());
        return new Rehearsal.Script(
                asked.id(),
                asked.commit(),
                plan,
                asked.planDigest(),
                asked.place(),
                targets,
                others(),
                untouched(asked.place()),
                snapshot(asked, plan));
    }

    /** Names of targets that are in both. What is not there for rehearsals alone is never touched, whoever asks for it. */
    private Set<String> targets(Asked asked) {
        var source = environments.declared(asked.environment());
        var place = environments.declared(asked.place());
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

    private Map<EntryKey, EntryState> snapshot(Asked asked, Plan plan) {
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
