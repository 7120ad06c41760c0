package dev.migrator.engine;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.rehearsal.Fit;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a plan is about: made in a place as the snapshot says, and removed again in the end. For one thread, and for one use. */
final class Scenery {
    private final Rehearsal.Script script;
    private final Survey survey;
    private final Fit fit;
    private final Furnishing furnishing;
    private Plan plan;
    private Map<EntryKey, EntryState> before = Map.of();

    Scenery(
            Rehearsal.Script script,
            Survey survey,
            Targets place,
            EngineSettings settings,
            Pace pace,
            WriteGuard guard) {
        this.script = script;
        this.survey = survey;
        this.fit = survey.fit();
        this.plan = survey.rehearsable().plan();
        this.furnishing = new Furnishing(script, place, settings, pace, guard);
    }

    /**
     * Removes what is there, and makes what the snapshot says.
     *
     * @param unproven takes what could not be made, where nothing is compared with it
     * @return what the plan writes and what is not as the snapshot says: then nothing is to be done there
     */
    Optional<Problem> make(List<Unproven> unproven) throws EngineUnavailable, TargetException {
        clear();
        var wanted = wanted();
        var refused = furnishing.make(wanted);
        before = furnishing.read(plan.written());
        var unfit = unfit(wanted, before, refused);
        if (unfit.isEmpty()) {
            refused.forEach((key, problem) ->
                    unproven.add(new Unproven(key.toString(), "it could not be made there: " + problem.code(), false)));
            plan = survey.rehearsable().expecting(lives(before));
        }
        return unfit;
    }

    /** What of the plan can be done there; once it is made, with the lives that entries have there. */
    Plan plan() {
        return plan;
    }

    /** What the plan writes, as it was made. */
    Map<EntryKey, EntryState> before() {
        return before;
    }

    /** Entries that are made there, and that the plan does not write. */
    Set<EntryKey> beside() {
        var beside = new TreeSet<>(wanted().keySet());
        beside.removeAll(plan.written());
        return beside;
    }

    /** Settled. */
    Map<EntryKey, EntryState> read(Set<EntryKey> keys) throws TargetException {
        return furnishing.read(keys);
    }

    /** @return why entries are still there, as far as a target said why */
    Map<EntryKey, Problem> clear() throws EngineUnavailable, TargetException {
        var gone = new TreeMap<EntryKey, EntryState>();
        wanted().keySet().forEach(key -> gone.put(key, EntryState.ABSENT));
        return furnishing.make(gone);
    }

    /** What the snapshot says, of targets that are there, as it is possible there. */
    private SortedMap<EntryKey, EntryState> wanted() {
        var wanted = new TreeMap<EntryKey, EntryState>();
        plan.written().forEach(key -> wanted.put(key, EntryState.ABSENT));
        script.snapshot().forEach((key, state) -> {
            if (script.targets().contains(key.target())
                    && script.untouched().why(key).isEmpty()) {
                wanted.put(
                        key,
                        switch (state) {
                            case EntryState.Absent absent -> absent;
                            case EntryState.Present(var content, var life) ->
                                new EntryState.Present(fit.content(key, content), life);
                            case EntryState.Retired(var content, var life) ->
                                new EntryState.Retired(fit.content(key, content), life);
                        });
            }
        });
        return wanted;
    }

    /** What the plan writes has to begin as it does where the plan is for; lives are others in every place. */
    private Optional<Problem> unfit(
            Map<EntryKey, EntryState> wanted, Map<EntryKey, EntryState> found, Map<EntryKey, Problem> refused) {
        var pairs = StateHash.pairs(plan);
        for (var pair : pairs.entrySet()) {
            var key = pair.getKey();
            var want = wanted.get(key);
            var is = found.getOrDefault(key, EntryState.ABSENT);
            var sameUse = (want instanceof EntryState.Retired) == (is instanceof EntryState.Retired)
                    || want instanceof EntryState.Absent;
            if (!sameUse || !line(key, pair.getValue(), want).equals(line(key, pair.getValue(), is))) {
                return Optional.of(Problem.of("REH-SETUP", "the rehearsal environment cannot be made like the real one")
                        .about(key.toString())
                        .expected(Differences.describe(want))
                        .found(Differences.describe(is)
                                + Optional.ofNullable(refused.get(key))
                                        .map(why -> ", as " + why.code() + " " + why.message() + " " + why.found())
                                        .orElse(""))
                        .todo("look at the rehearsal environment: its version, its rights, what else is in it"));
            }
        }
        return Optional.empty();
    }

    private static Object line(EntryKey key, SortedSet<String> fields, EntryState state) {
        return StateHash.line(
                key,
                fields,
                state instanceof EntryState.Present(var content, var _) ? new EntryState.Present(content, "") : state);
    }

    private static Map<EntryKey, String> lives(Map<EntryKey, EntryState> states) {
        var lives = new TreeMap<EntryKey, String>();
        states.forEach((key, state) -> {
            switch (state) {
                case EntryState.Present(var _, var life) -> lives.put(key, life);
                case EntryState.Retired(var _, var life) -> lives.put(key, life);
                case EntryState.Absent _ -> {
                    // has no life
                }
            }
        });
        return lives;
    }
}
