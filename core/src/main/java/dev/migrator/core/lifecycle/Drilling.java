package dev.migrator.core.lifecycle;

import dev.migrator.core.drill.DrillInterval;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import java.time.Instant;
import java.util.Optional;

/** Whether an environment was shown to be able to go back, lately enough, for something to be written there. */
final class Drilling {
    static final String LINE = "drilled";

    private Drilling() {}

    static ChecklistLine line(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
        var start = facts.execution().start();
        if (start.isPresent()) {
            return start.get()
                    .drilled()
                    .map(evidence -> new ChecklistLine(LINE, Mark.PASSED, evidence))
                    .orElseGet(() -> notRequired("none was required when it began to write"));
        }
        var every = rules.drillsOf(environment.name());
        if (every.isEmpty()) {
            return notRequired("environment " + environment.name() + " is drilled on no schedule");
        }
        var document = facts.change().flatMap(ChangeRequest::document);
        if (document.filter(what -> what.kind() == Document.Kind.RESTORE).isPresent()) {
            return notRequired("what puts an earlier state back waits for no drill");
        }
        var last = environment.drilled();
        if (last.isEmpty()) {
            return missing("a first drill", environment);
        }
        if (last.get().why().isPresent()) {
            return missing(
                    "a drill that passes; the last one FAILED: "
                            + last.get().why().get() + "; " + last.get().evidence(),
                    environment);
        }
        var due = new DrillInterval(every.get()).overdue(last.get().at());
        return now.isBefore(due)
                ? new ChecklistLine(LINE, Mark.PASSED, last.get().evidence())
                : missing(
                        "a drill, OVERDUE since " + due + "; the last one: "
                                + last.get().evidence(),
                        environment);
    }

    /** What the line says before anything is written; empty if no drill is required. */
    static Optional<String> proof(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
        var line = line(environment, facts, now, rules);
        return line.mark() == Mark.PASSED ? Optional.of(line.evidence()) : Optional.empty();
    }

    private static ChecklistLine notRequired(String why) {
        return new ChecklistLine(LINE, Mark.NOT_REQUIRED, why);
    }

    private static ChecklistLine missing(String what, EnvironmentState environment) {
        return new ChecklistLine(LINE, Mark.MISSING, what + " (migrator drill --env " + environment.name() + ")");
    }
}
