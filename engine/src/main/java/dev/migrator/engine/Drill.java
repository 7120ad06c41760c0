package dev.migrator.engine;

import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Applies a plan in a place that is there for nothing else, lets something go wrong on the way, undoes all of it as a rollback
 * does, and compares what is there with what was there before. Remembers nothing, as {@link Rehearsal}.
 */
public final class Drill {
    private final Targets place;
    private final Function<String, Targets> lasting;
    private final EngineSettings settings;
    private final Pace pace;

    /**
     * @param place targets to drill in; whatever the snapshot speaks of is removed there
     * @param lasting targets of the other environments, by environment: asked what they are, and nothing else
     */
    public Drill(Targets place, Function<String, Targets> lasting, EngineSettings settings, Pace pace) {
        this.place = place;
        this.lasting = lasting;
        this.settings = settings;
        this.pace = pace;
    }

    /**
     * @param request draws which operation is hit
     * @param guard asked before every call that writes
     * @return also if a target does not answer: nobody asks for the same drill again
     * @throws EngineUnavailable if the thread is to stop: it says nothing about the plan, run it again
     * @throws TargetException.Fenced if the guard says so
     */
    public DrillResult run(Rehearsal.Script script, DrillFault fault, String request, WriteGuard guard)
            throws EngineUnavailable, TargetException.Fenced {
        var unproven = new ArrayList<Unproven>();
        var begun = new ArrayList<Scenery>();
        try {
            return run(script, fault, request, guard, unproven, begun);
        } catch (TargetException.Fenced e) {
            throw e;
        } catch (TargetException e) {
            goOn(e.problem(), e);
            return DrillResult.failed(unproven, e.problem()).leaving(cleared(begun));
        } catch (EngineUnavailable e) {
            goOn(e.problem(), e);
            return DrillResult.failed(unproven, e.problem()).leaving(cleared(begun));
        } catch (ProblemException e) {
            return DrillResult.failed(unproven, e.problem()).leaving(cleared(begun));
        }
    }

    private DrillResult run(
            Rehearsal.Script script,
            DrillFault fault,
            String request,
            WriteGuard guard,
            List<Unproven> unproven,
            List<Scenery> begun)
            throws EngineUnavailable, TargetException {
        var survey = patiently(unproven, notes -> Survey.of(script, place, lasting, notes));
        if (survey.rehearsable().plan().isEmpty()) {
            return DrillResult.failed(unproven, nothing(script));
        }
        survey.rehearsable().plan().phases().stream()
                .flatMap(phase -> phase.checks().stream())
                .map(check -> new Unproven("check " + check.name(), "smoke checks are not run in a drill", true))
                .forEach(unproven::add);
        var scenery = new Scenery(script, survey, place, settings, pace, guard);
        begun.add(scenery);
        var unfit = patiently(unproven, scenery::make);
        if (unfit.isPresent()) {
            return DrillResult.failed(unproven, unfit.get()).leaving(scenery.clear());
        }
        return new DrillRun(script, scenery, fault, request, place, settings, pace, guard)
                .run(unproven)
                .leaving(cleared(begun));
    }

    /** Something that may be done again from its beginning. */
    @FunctionalInterface
    private interface Step<T> {
        /** @param unproven takes what cannot be told there */
        T make(List<Unproven> unproven) throws EngineUnavailable, TargetException;
    }

    /** Repeats it while a target is unavailable: one answer that is lost says nothing of the plan, and nobody asks again. */
    private <T> T patiently(List<Unproven> unproven, Step<T> step) throws EngineUnavailable, TargetException {
        var patience = new Patience(settings, pace);
        while (true) {
            var notes = new ArrayList<Unproven>();
            try {
                var made = step.make(notes);
                unproven.addAll(notes);
                return made;
            } catch (TargetException.Unavailable e) {
                patience.await(e.problem(), e);
            }
        }
    }

    /** Removes what was made. @return what is still there, and why, a line each */
    private static List<String> cleared(List<Scenery> begun) throws EngineUnavailable, TargetException.Fenced {
        try {
            return begun.isEmpty()
                    ? List.of()
                    : RehearsalResult.remains(begun.getFirst().clear());
        } catch (TargetException.Fenced e) {
            throw e;
        } catch (TargetException e) {
            goOn(e.problem(), e);
            return notCleared(e.problem());
        } catch (EngineUnavailable e) {
            goOn(e.problem(), e);
            return notCleared(e.problem());
        }
    }

    /** What was seen was seen; whoever is next there removes what is left before anything else. */
    private static List<String> notCleared(Problem why) {
        return List.of("all of it: " + why.code() + " " + why.message());
    }

    /** What does not answer because we are being stopped is not the fault of who does not answer. */
    private static void goOn(Problem problem, Exception cause) throws EngineUnavailable {
        if (Thread.currentThread().isInterrupted()) {
            throw new EngineUnavailable(problem, cause);
        }
    }

    private static Problem nothing(Rehearsal.Script script) {
        return Problem.of(DrillReport.NOTHING, "nothing of the plan can be drilled")
                .about("environment " + script.place())
                .expected("at least one operation on one of its targets: " + new TreeSet<>(script.targets()))
                .found("none")
                .todo("drill the plan of another migration, or declare the targets in the rehearsal environment");
    }
}
