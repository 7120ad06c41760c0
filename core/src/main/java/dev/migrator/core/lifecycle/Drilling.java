package dev.migrator.core.lifecycle;

import dev.migrator.core.drill.DrillInterval;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.EnvironmentState.Drilled;
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
                    .map(evidence -> new ChecklistLine(LINE, Mark.PASSED, evidence)
                            .linking(start.get().drill().map(Drilling::link)))
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
        return line(
                        environment,
                        last.get(),
                        new DrillInterval(every.get()).overdue(last.get().at()),
                        now)
                .linking(last.get().kept().map(Drilling::link));
    }

    private static ChecklistLine line(EnvironmentState environment, Drilled last, Instant due, Instant now) {
        if (last.why().isPresent()) {
            return missing(
                    "a drill that passes; the last one FAILED: " + last.why().get() + "; " + last.evidence(),
                    environment);
        }
        return now.isBefore(due)
                ? new ChecklistLine(LINE, Mark.PASSED, last.evidence())
                : missing("a drill, OVERDUE since " + due + "; the last one: " + last.evidence(), environment);
    }

    private static EvidenceLink link(StoredObject kept) {
        return EvidenceLink.of(EvidenceLink.DRILL, kept);
    }

    /** What the line stands on before anything is written; empty if no drill is required. */
    static Optional<Drilled> proof(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
        return line(environment, facts, now, rules).mark() == Mark.PASSED ? environment.drilled() : Optional.empty();
    }

    private static ChecklistLine notRequired(String why) {
        return new ChecklistLine(LINE, Mark.NOT_REQUIRED, why);
    }

    private static ChecklistLine missing(String what, EnvironmentState environment) {
        return new ChecklistLine(LINE, Mark.MISSING, what + " (migrator drill --env " + environment.name() + ")");
    }
}
