package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does and undoes a plan in a place that is there for nothing else, beginning with what a snapshot holds, compares what comes
 * of it with what the plan says, and runs those of its checks that say something there. Remembers nothing: it begins by making the place as the snapshot says, so whoever
 * died in the middle is followed by one that does all of it again.
 */
public final class Rehearsal {
    private static final int NAMED = 3;

    private final Targets place;
    private final Function<String, Targets> lasting;
    private final PlaceChecks checks;
    private final EngineSettings settings;
    private final Pace pace;

    /**
     * @param place targets to rehearse in; whatever the snapshot speaks of is removed there
     * @param lasting targets of the other environments, by environment: asked what they are, and nothing else
     * @param checks run against the place
     */
    public Rehearsal(
            Targets place, Function<String, Targets> lasting, PlaceChecks checks, EngineSettings settings, Pace pace) {
        this.place = place;
        this.lasting = lasting;
        this.checks = checks;
        this.settings = settings;
        this.pace = pace;
    }

    /**
     * What is rehearsed, or drilled, where.
     *
     * @param place name of the environment to rehearse in
     * @param targets that it has with the types that they have where the plan is for
     * @param lasting names of the targets of all other environments, by environment
     * @param untouched what is left alone there
     * @param snapshot what the plan writes and depends on, as it is where the plan is for
     */
    public record Script(
            MigrationId id,
            String commit,
            Plan plan,
            Digest planDigest,
            String place,
            Set<String> targets,
            Map<String, Set<String>> lasting,
            Untouched untouched,
            Map<EntryKey, EntryState> snapshot) {
        public Script {
            targets = Set.copyOf(targets);
            lasting = Map.copyOf(lasting);
            snapshot = Map.copyOf(snapshot);
        }

        /** Targets of the place that the plan is about: no other is asked anything. */
        SortedSet<String> used() {
            var used = new TreeSet<String>();
            Stream.concat(plan.written().stream(), snapshot.keySet().stream())
                    .filter(key -> untouched.why(key).isEmpty())
                    .map(EntryKey::target)
                    .filter(targets::contains)
                    .forEach(used::add);
            return used;
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
            var survey = Survey.of(script, place, lasting, unproven);
            var rehearsable = survey.rehearsable();
            if (rehearsable.plan().isEmpty()) {
                return RehearsalResult.failed(unproven, nothing(script));
            }
            if (!rehearsable.risky().isEmpty()) {
                return RehearsalResult.failed(unproven, notProven(script, rehearsable.risky()));
            }
            var checked = new RehearsedChecks(checks, unproven, pace, guard);
            return new RehearsalRun(script, survey, place, checked, settings, pace, guard).run(unproven);
        } catch (TargetException.Unavailable | TargetException.Fenced e) {
            throw e;
        } catch (TargetException e) {
            return RehearsalResult.failed(unproven, e.problem());
        } catch (ProblemException e) {
            return RehearsalResult.failed(unproven, e.problem());
        }
    }

    private static Problem notProven(Script script, Map<EntryKey, String> risky) {
        var names = risky.keySet().stream().limit(NAMED).map(EntryKey::toString).collect(Collectors.joining(", "));
        return Problem.of("REH-NOT-PROVEN", "what makes a rehearsal necessary cannot be rehearsed")
                .about(names)
                .expected("that what deletes something or can lose data is done and undone in " + script.place())
                .found(risky.size() + " such operations left out: "
                        + risky.values().iterator().next())
                .todo(
                        "declare the target in the rehearsal environment, or make an exception in the policy that asks for it");
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
