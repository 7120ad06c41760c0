package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the monitoring that an environment declares was heard, lately enough, for something to be written there. */
record Monitoring(Facts facts, Instant now, LifecycleRules rules) {
    static final String LINE = "monitoring-active";
    private static final int SHOWN = 3;

    /** What comes next because of it before the target is read again; empty if nothing does. */
    Optional<Step> next() {
        if (!isDeclared()) {
            return Optional.empty();
        }
        var listening = facts.preparation().listening();
        if (listening.filter(Listening::isConnected).isPresent()) {
            return Optional.empty();
        }
        var again = listening.flatMap(last -> last.again(rules));
        return Optional.of(
                again.isPresent() && now.isBefore(again.get()) ? Step.WAIT : new Step.Ask(new Question.Monitoring()));
    }

    /** As {@link #next}, right before the first write: what was heard may be out of date by then. */
    Optional<Step> nextBeforeWriting() {
        return isDeclared() && !isFresh() ? Optional.of(new Step.Ask(new Question.Monitoring())) : Optional.empty();
    }

    private boolean isDeclared() {
        return rules.isMonitored(environment());
    }

    private boolean isFresh() {
        return facts.preparation()
                .listening()
                .filter(listening -> listening.isFresh(now))
                .isPresent();
    }

    private String environment() {
        return facts.change().orElseThrow().environment();
    }

    /** What the last answer complained about; none while nothing was heard of it. */
    List<Problem> problems() {
        return facts.isStarted() || !isDeclared()
                ? List.of()
                : facts.preparation()
                        .listening()
                        .flatMap(Listening::answer)
                        .map(answer -> answer.report().problems())
                        .orElse(List.of());
    }

    /** For the status: what keeps it from writing; empty if that is not monitoring. */
    Optional<String> complaint() {
        var problems = problems();
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        var shown = problems.stream().limit(SHOWN).map(Monitoring::brief).collect(Collectors.joining("; "));
        var more = problems.size() > SHOWN ? " and " + (problems.size() - SHOWN) + " more" : "";
        return Optional.of("monitoring, which is listened to again and again: " + shown + more);
    }

    private static String brief(Problem problem) {
        return problem.code()
                + (problem.thing().isEmpty() ? "" : " " + problem.thing())
                + (problem.expected().isEmpty() ? "" : ", expected " + problem.expected())
                + (problem.found().isEmpty() ? "" : ", found " + problem.found());
    }

    ChecklistLine line() {
        var connected = facts.preparation().listening().filter(Listening::isConnected);
        if (connected.isPresent() && (facts.isStarted() || isDeclared() && isFresh())) {
            return passed(connected.get());
        }
        if (!isDeclared()) {
            return notRequired("environment " + environment() + " declares no monitoring");
        }
        if (facts.isStarted()) {
            return notRequired("it began to write when none was declared, or under a version that had none");
        }
        return new ChecklistLine(LINE, Mark.MISSING, waitsFor(connected.isPresent()))
                .linking(facts.preparation()
                        .listening()
                        .flatMap(Listening::answer)
                        .flatMap(answer -> kept(answer.report())));
    }

    private static Optional<EvidenceLink> kept(MonitoringReport report) {
        return EvidenceLink.ifKept(EvidenceLink.MONITORING, report.uri(), report.digest());
    }

    private static ChecklistLine notRequired(String rule) {
        return new ChecklistLine(LINE, Mark.NOT_REQUIRED, rule);
    }

    private String waitsFor(boolean isOutOfDate) {
        var problems = problems();
        if (!problems.isEmpty()) {
            return "connected monitoring; signals silent or not well: " + problems.size() + "\n"
                    + problems.stream().map(Monitoring::brief).collect(Collectors.joining("\n"));
        }
        return isOutOfDate
                ? "monitoring that was heard lately; it is listened to again"
                : "its turn in the queue; then the declared monitoring is listened to";
    }

    /** Each signal with its last sample, one a line. */
    private static ChecklistLine passed(Listening listening) {
        var report = listening.current().orElseThrow().report();
        var evidence = new StringBuilder();
        evidence.append("signals heard and well: ")
                .append(report.heard().size())
                .append("; ");
        evidence.append(report.digest().map(Object::toString).orElse(""));
        evidence.append(" at ").append(report.uri());
        report.heard().forEach(line -> evidence.append("\nheard: ").append(line));
        return new ChecklistLine(LINE, Mark.PASSED, evidence.toString()).linking(kept(report));
    }
}
