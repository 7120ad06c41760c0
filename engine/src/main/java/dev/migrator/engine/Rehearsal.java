package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.rehearsal.Fit;
import dev.migrator.core.rehearsal.Rehearsable;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Does and undoes a plan in a place that is there for nothing else, beginning with what a snapshot holds, and compares what
 * comes of it with what the plan says. Remembers nothing: it begins by making the place as the snapshot says, so whoever
 * died in the middle is followed by one that does all of it again.
 */
public final class Rehearsal {
    private static final String BROKERS = "brokers";

    private final Targets place;
    private final Targets source;
    private final EngineSettings settings;
    private final Pace pace;

    /**
     * @param place targets to rehearse in; whatever the snapshot speaks of is removed there
     * @param source targets that the plan is for: asked what they are, and nothing else
     */
    public Rehearsal(Targets place, Targets source, EngineSettings settings, Pace pace) {
        this.place = place;
        this.source = source;
        this.settings = settings;
        this.pace = pace;
    }

    /**
     * What is rehearsed where.
     *
     * @param place name of the environment to rehearse in
     * @param targets that it has with the types that they have where the plan is for
     * @param snapshot what the plan writes and depends on, as it is where the plan is for
     */
    public record Script(
            MigrationId id,
            String commit,
            Plan plan,
            Digest planDigest,
            String place,
            Set<String> targets,
            Map<EntryKey, EntryState> snapshot) {
        public Script {
            targets = Set.copyOf(targets);
            snapshot = Map.copyOf(snapshot);
        }
    }

    /**
     * @param guard asked before every call that writes
     * @throws EngineUnavailable or {@link TargetException.Unavailable} if a target did not answer: run it again
     * @throws TargetException.Fenced if the guard says so
     */
    public RehearsalResult run(Script script, WriteGuard guard)
            throws EngineUnavailable, TargetException.Unavailable, TargetException.Fenced {
        var unproven = new ArrayList<Unproven>();
        try {
            var brokers = new HashMap<String, Integer>();
            for (var target : new TreeSet<>(script.targets())) {
                compare(target, brokers).ifPresent(unproven::add);
            }
            var fit = new Fit(brokers);
            var rehearsable = Rehearsable.of(script.plan(), script.place(), script.targets(), fit);
            unproven.addAll(0, rehearsable.unproven());
            if (rehearsable.plan().isEmpty()) {
                return RehearsalResult.failed(unproven, nothing(script));
            }
            return new RehearsalRun(script, rehearsable, fit, place, settings, pace, guard).run(unproven);
        } catch (TargetException.Unavailable | TargetException.Fenced e) {
            throw e;
        } catch (TargetException e) {
            return RehearsalResult.failed(unproven, e.problem());
        } catch (ProblemException e) {
            return RehearsalResult.failed(unproven, e.problem());
        }
    }

    /** What the two systems run on. */
    private Optional<Unproven> compare(String target, Map<String, Integer> brokers) throws TargetException {
        var here = place.writer(target);
        var there = source.writer(target);
        var identity = here.identity();
        if (!identity.isEmpty() && identity.equals(there.identity())) {
            throw new ProblemException(Problem.of("REH-SAME-SYSTEM", "the place to rehearse in is the real one")
                    .about("target " + target)
                    .expected("a system that is there for rehearsals alone")
                    .found("the identity " + identity + " in both environments")
                    .todo("correct its address in environments.yaml; nothing was written"));
        }
        var facts = here.facts().values();
        if (facts.containsKey(BROKERS)) {
            brokers.put(target, Integer.parseInt(facts.get(BROKERS)));
        }
        var version = facts.getOrDefault(SystemFacts.VERSION, "");
        var versionThere = there.facts().values().getOrDefault(SystemFacts.VERSION, "");
        return version.equals(versionThere)
                ? Optional.empty()
                : Optional.of(new Unproven(
                        "target " + target,
                        "it is version " + versionThere + ", and was rehearsed with " + version,
                        false));
    }

    private static Problem nothing(Script script) {
        return Problem.of("REH-NOTHING", "nothing of the plan can be rehearsed")
                .about("environment " + script.place())
                .expected("at least one operation on one of its targets: " + new TreeSet<>(script.targets()))
                .found("none")
                .todo(
                        "declare the targets in the rehearsal environment, or make an exception in the policy that asks for it");
    }
}
