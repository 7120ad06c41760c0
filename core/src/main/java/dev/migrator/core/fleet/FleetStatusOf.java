package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people see of a run, computed from what is known. */
final class FleetStatusOf {
    private static final int MOST_PROBLEMS = 100; // members have their own; a status has to fit into a record

    private FleetStatusOf() {}

    /** @param sequence and {@code at} only stamp it */
    static FleetStatus status(FleetRun run, long sequence, Instant at) {
        var request = run.request().orElseThrow();
        return new FleetStatus(
                run.id(),
                request.fleet(),
                sequence,
                run.state(),
                request.commit(),
                request.requester(),
                request.bundleDigest(),
                request.bundleUri(),
                request.selector(),
                run.bake(),
                run.begun(),
                run.waves().size(),
                run.state() == FleetState.BAKING ? run.bakesUntil() : Optional.empty(),
                members(run),
                run.stop().flatMap(Stop::by),
                problems(run),
                at);
    }

    private static List<FleetMember> members(FleetRun run) {
        var members = new ArrayList<FleetMember>();
        for (int wave = 0; wave < run.waves().size(); wave++) {
            for (String environment : run.waves().get(wave)) {
                members.add(member(run, wave + 1, environment));
            }
        }
        return members;
    }

    private static FleetMember member(FleetRun run, int wave, String environment) {
        var child = run.child(environment);
        return new FleetMember(
                environment,
                wave,
                run.id().child(environment),
                child.seen().map(Seen::state).or(() -> child.asked().map(_ -> MigrationState.REQUESTED)),
                child.seen().flatMap(Seen::planDigest),
                child.seen().map(Seen::waitsFor).orElse(""),
                child.problem(),
                child.seen().map(Seen::since).or(child::asked));
    }

    private static List<Problem> problems(FleetRun run) {
        var problems = new ArrayList<Problem>();
        run.refusal().ifPresent(problems::add);
        run.stop()
                .filter(_ -> run.state() != FleetState.SUCCEEDED)
                .flatMap(stop -> stop.cause().or(() -> stop.by().map(_ -> FleetProblems.stopped(run, stop))))
                .ifPresent(problems::add);
        run.asked().stream()
                .flatMap(environment -> run.child(environment).problem().stream())
                .forEach(problems::add);
        return problems.stream().distinct().limit(MOST_PROBLEMS).toList();
    }
}
