package dev.migrator.core.lifecycle;

import dev.migrator.core.lifecycle.EnvironmentState.Place;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who or what a migration waits for, in a sentence; empty while it simply goes on. */
final class WaitsFor {
    private static final int SHOWN = 3;
    /** Asked this often, silence is worth a word. */
    private static final int LATE = 3;

    private static final Set<String> PEOPLE_CAN_HELP = Set.of("approved", Drilling.LINE);

    private WaitsFor() {}

    static String of(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
        if (facts.isEnded()) {
            return environment.holds().containsKey(facts.id())
                    ? "its changes are held: correct them, or migrator release " + facts.id() + " --reason …"
                    : "";
        }
        var delay = facts.outstanding().flatMap(Outstanding::delay);
        if (delay.isPresent()) {
            return facts.outstanding().get().question().answeredBy() + ": "
                    + delay.get().code() + " " + delay.get().message();
        }
        var pause = facts.orders().pause();
        if (pause.isPresent()) {
            return pause(facts, pause.get());
        }
        var monitoring = new Monitoring(facts, now, rules).complaint();
        if (monitoring.isPresent()) {
            return monitoring.get();
        }
        if (facts.outstanding().isPresent()) {
            return answer(facts, facts.outstanding().get());
        }
        if (facts.bakesUntil().isPresent()) {
            return bake(facts, facts.bakesUntil().get());
        }
        var rehearsing = new Rehearsing(environment, facts, rules);
        if (rehearsing.isWaiting()) {
            return "the rehearsal of " + rehearsing.before().orElseThrow();
        }
        if (environment.placeOf(facts.id()) == Place.QUEUED) {
            return shown(Queue.blockers(environment, facts.id()));
        }
        if (facts.snapshot().isPresent() && !Checklist.isSnapshotVerified(facts)) {
            return shown(Queue.holders(environment, facts.id())) + "; then it is planned again";
        }
        return Checklist.of(environment, facts, now, rules).stream()
                .filter(line -> PEOPLE_CAN_HELP.contains(line.name()) && line.mark() == ChecklistLine.Mark.MISSING)
                .map(ChecklistLine::evidence)
                .findFirst()
                .orElse("");
    }

    private static String pause(Facts facts, Orders.Pause pause) {
        var batch = facts.isApplyUnanswered() ? "the end of the running batch; then " : "";
        var otherwise = ", else it is " + (facts.isStarted() ? "rolled back" : "cancelled") + " at " + pause.deadline();
        return pause.isByAnomaly()
                ? batch + "a person, as verification found something wrong: migrator rollback " + facts.id()
                        + ", or migrator resume " + facts.id() + ", which has it verified again" + otherwise
                : batch + "a resume (paused by " + pause.by() + ")" + otherwise;
    }

    private static String answer(Facts facts, Outstanding open) {
        var late = open.attempt() >= LATE ? ", asked " + open.attempt() + " times" : "";
        if (open.question().isCommand()) {
            return late.isEmpty() ? "" : "executor" + late;
        }
        var revision =
                open.question() instanceof Question.Plan && facts.preparation().revision() > 1
                        ? ", as what revision " + (facts.preparation().revision() - 1) + " was made from is out of date"
                        : "";
        var what = switch (open.question()) {
            case Question.DryRun _ -> " (dry run)";
            case Question.Monitoring _ -> " (monitoring)";
            case Question.Rehearsal(var place) -> " (rehearsal in " + place + ")";
            default -> "";
        };
        return open.question().answeredBy() + what + late + revision;
    }

    /** While the last phase bakes, all is there and nothing is final. */
    private static String bake(Facts facts, Instant until) {
        var phases = facts.plan().orElseThrow().phases();
        int current = facts.execution().verified();
        var text = "bake of phase " + phases.get(current).name() + " until " + until;
        return current + 1 < phases.size()
                ? text
                : text + ", the undo window: migrator rollback " + facts.id() + " undoes it without a new plan";
    }

    private static String shown(List<MigrationId> blockers) {
        var shown = blockers.stream().limit(SHOWN).map(MigrationId::value).collect(Collectors.joining(", "));
        return blockers.size() > SHOWN ? shown + " and " + (blockers.size() - SHOWN) + " more" : shown;
    }
}
