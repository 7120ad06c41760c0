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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the checks of one rehearsal, each after its phase. One that cannot be run in the place is not proven; one that was run
 * and failed is something that the plan promises and that did not come true.
 */
final class RehearsedChecks {
    /** A small place may be slow, and then it is not the plan that is wrong. */
    private static final int MOST_TRIES = 2;
    /** What the place does not let its checks do; who checks in production may. */
    private static final Set<String> NOT_RUN = Set.of("CHK-DENIED", "CHK-TYPE");

    private static final String IN_SYNC = TopicKind.CONFIG + "min.insync.replicas";

    private final PlaceChecks place;
    private final List<Unproven> unproven;
    private final List<CheckResult> results = new ArrayList<>();

    /** @param unproven takes what could not be run */
    RehearsedChecks(PlaceChecks place, List<Unproven> unproven) {
        this.place = place;
        this.unproven = unproven;
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
     */
    Optional<Problem> run(Phase phase, Map<EntryKey, EntryState> found) throws TargetException {
        var failed = Optional.<Problem>empty();
        for (var check : phase.checks()) {
            var result = hasTooFewCopies(check, found)
                    ? notRun(check, "its topic has fewer copies there than have to be written")
                    : result(check);
            result.ifPresent(results::add);
            failed = failed.or(() -> result.flatMap(CheckResult::problem).map(why -> failed(check, phase, why)));
        }
        return failed;
    }

    private Optional<CheckResult> result(SmokeCheck check) throws TargetException {
        try {
            var result = place.run(check);
            for (int tried = 1; tried < MOST_TRIES && !result.passed(); tried++) {
                result = place.run(check);
            }
            var denied = result.problem().filter(why -> NOT_RUN.contains(why.code()));
            return denied.isPresent() ? notRun(check, denied.get()) : Optional.of(result);
        } catch (TargetException.Refused e) {
            return notRun(check, e.problem());
        } catch (ProblemException e) {
            return notRun(check, e.problem());
        }
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
