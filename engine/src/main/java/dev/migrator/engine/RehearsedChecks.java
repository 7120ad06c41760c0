package dev.migrator.engine;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.SmokeCheckKind;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the checks of one rehearsal, each after its phase. One that cannot be run in the place is not proven; one that was run
 * and failed is something that the plan promises and that did not come true. A place that does not answer is neither: all of it is
 * asked again. For one thread, and for one use.
 */
final class RehearsedChecks {
    /** A small place may be slow, and then it is not the plan that is wrong. */
    private static final int MOST_TRIES = 2;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    /** Of all checks of one rehearsal together, as others wait for the place meanwhile; the one that runs then comes to its end. */
    private static final Duration MOST_TIME = Duration.ofMinutes(10);
    /** What the place does not let its checks do; who checks in production may. */
    private static final Set<String> NOT_RUN =
            Set.of("CHK-DENIED", "CHK-TYPE", "TGT-AUTHENTICATION", "TGT-DENIED", "TGT-TLS");
    /** What passes when the place is back, or has less to do. Checkers tell it as a result. */
    private static final Set<String> AWAY = Set.of("CHK-NOT-READ", "TGT-THROTTLED", "TGT-UNAVAILABLE");
    /** Says in {@code found} why, and begins with the code. */
    private static final String ROUND_TRIP = "CHK-ROUND-TRIP";

    private static final String IN_SYNC = TopicKind.CONFIG + "min.insync.replicas";

    private final PlaceChecks place;
    private final List<Unproven> unproven;
    private final Pace pace;
    private final WriteGuard guard;
    private final List<CheckResult> results = new ArrayList<>();
    private Duration spent = Duration.ZERO;
    private boolean failed;

    /**
     * @param unproven takes what could not be run
     * @param guard asked before every check, as some of them write
     */
    RehearsedChecks(PlaceChecks place, List<Unproven> unproven, Pace pace, WriteGuard guard) {
        this.place = place;
        this.unproven = unproven;
        this.pace = pace;
        this.guard = guard;
    }

    /** Those that were run, in the order of the plan. */
    List<CheckResult> results() {
        return List.copyOf(results);
    }

    /**
     * Runs all of a phase, so that one that fails hides no other.
     *
     * @param found what the phase wrote, and more, as it is there
     * @return why the first of them failed
     * @throws TargetException.Unavailable if the place did not answer one of them, and none has failed
     */
    Optional<Problem> run(Phase phase, Map<EntryKey, EntryState> found) throws TargetException {
        var first = Optional.<Problem>empty();
        for (var check : phase.checks()) {
            var left = whyLeft(check, found);
            var result = left.isPresent() ? notRun(check, left.get()) : timed(check);
            result.ifPresent(results::add);
            first = first.or(() -> result.flatMap(CheckResult::problem).map(why -> failed(check, phase, why)));
            failed = first.isPresent();
        }
        return first;
    }

    private Optional<String> whyLeft(SmokeCheck check, Map<EntryKey, EntryState> found) {
        if (hasTooFewCopies(check, found)) {
            return Optional.of("its topic has fewer copies there than have to be written");
        }
        return spent.compareTo(MOST_TIME) < 0
                ? Optional.empty()
                : Optional.of("those before it took all of the %d min that checks have there"
                        .formatted(MOST_TIME.toMinutes()));
    }

    private Optional<CheckResult> timed(SmokeCheck check) throws TargetException {
        var start = pace.elapsed();
        try {
            return result(check);
        } finally {
            spent = spent.plus(pace.elapsed().minus(start));
        }
    }

    private Optional<CheckResult> result(SmokeCheck check) throws TargetException {
        try {
            var result = once(check);
            // what the first one that failed says is enough: no time is lost on others then
            for (int tried = 1; tried < MOST_TRIES && !failed && mayPass(result); tried++) {
                pause();
                result = once(check);
            }
            var why = result.problem();
            if (why.filter(RehearsedChecks::isAway).isPresent()) {
                throw new TargetException.Unavailable(why.get(), null);
            }
            var denied = why.filter(RehearsedChecks::isNotRun);
            return denied.isPresent() ? notRun(check, denied.get()) : Optional.of(result);
        } catch (TargetException.Unavailable e) {
            if (failed) {
                return notRun(check, e.problem()); // asked again, the same one would fail
            }
            throw e;
        } catch (TargetException.Refused e) {
            return notRun(check, e.problem());
        } catch (ProblemException e) {
            return notRun(check, e.problem());
        }
    }

    private CheckResult once(SmokeCheck check) throws TargetException {
        guard.check();
        return place.run(check);
    }

    private void pause() throws TargetException.Unavailable {
        try {
            pace.pause(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException.Unavailable(
                    Problem.of("WRK-INTERRUPTED", "the worker is being stopped")
                            .todo("nothing; the rehearsal is done again"),
                    e);
        }
    }

    private static boolean mayPass(CheckResult result) {
        return result.problem().filter(why -> !isNotRun(why)).isPresent();
    }

    private static boolean isNotRun(Problem why) {
        return NOT_RUN.contains(why.code());
    }

    private static boolean isAway(Problem why) {
        return AWAY.contains(why.code())
                || why.code().equals(ROUND_TRIP) && AWAY.contains(why.found().split(" ", 2)[0]);
    }

    private Optional<CheckResult> notRun(SmokeCheck check, Problem why) {
        return notRun(check, "it cannot be run there: " + why.code() + " " + why.message());
    }

    private Optional<CheckResult> notRun(SmokeCheck check, String why) {
        unproven.add(new Unproven("check " + check.name(), why, true));
        return Optional.empty();
    }

    /** No record is taken then, and none would be taken however good the plan is. */
    private static boolean hasTooFewCopies(SmokeCheck check, Map<EntryKey, EntryState> found) {
        return check.type().equals(SmokeCheckKind.TOPIC_ROUND_TRIP)
                && SmokeCheckKind.subject(check).map(found::get).orElse(EntryState.ABSENT)
                        instanceof EntryState.Present(var topic, var _)
                && number(topic.get(TopicKind.REPLICATION))
                        .flatMap(copies -> number(topic.get(IN_SYNC)).map(least -> least.compareTo(copies) > 0))
                        .orElse(false);
    }

    /** Configs of topics are texts, wherever they stand. */
    private static Optional<BigDecimal> number(Value value) {
        return switch (value) {
            case Value.Num(var number) -> Optional.of(number);
            case Value.Text(var text) when text.matches("[0-9]{1,9}") -> Optional.of(new BigDecimal(text));
            default -> Optional.empty();
        };
    }

    private static Problem failed(SmokeCheck check, Phase phase, Problem why) {
        return Problem.of("REH-CHECK", "a smoke check of the plan fails in the rehearsal environment")
                .about("check " + check.name() + " after phase " + phase.name())
                .expected("that it passes once the phase is applied")
                .found(why.code() + " " + why.message() + (why.found().isEmpty() ? "" : ": " + why.found()))
                .todo(
                        "correct the manifests or the check, or the rehearsal environment if it is not like the real one");
    }
}
