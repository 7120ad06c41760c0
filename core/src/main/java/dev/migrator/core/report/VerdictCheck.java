package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether each verdict is one about a phase of the plan, with the evidence that it names. */
final class VerdictCheck {
    private static final String NAME = "verdicts";

    private final ReportContents contents;
    private final Set<Integer> phases;
    private final CheckLines lines = new CheckLines(NAME);
    private int verdicts;

    private VerdictCheck(ReportContents contents) {
        this.contents = contents;
        this.phases = contents.plan().stream()
                .flatMap(plan -> plan.phases().stream())
                .map(phase -> phase.number())
                .collect(Collectors.toSet());
    }

    static List<CheckLine> of(ReportContents contents) {
        var check = new VerdictCheck(contents);
        contents.facts().forEach(check::judge);
        if (contents.isSaidToBeMissing(NAME)) {
            check.lines.notChecked("further ones: " + contents.why(NAME));
        }
        return check.lines.passing(
                check.verdicts == 0 ? "none was given" : check.verdicts + ", each about a phase of the plan");
    }

    private void judge(Recorded<Fact.OfMigration> fact) {
        switch (fact.said()) {
            case Fact.PhaseVerified verified -> {
                phase(fact, verified.phase());
                evidence(fact, verified.evidenceUri());
            }
            case Fact.AnomalyDetected anomaly -> phase(fact, anomaly.phase());
            case Fact.RollbackCommanded rollback -> phase(fact, rollback.phase());
            default -> {
                // no verdict
            }
        }
    }

    private void phase(Recorded<Fact.OfMigration> fact, int phase) {
        verdicts++;
        if (!fact.said().id().equals(contents.manifest().migration())) {
            lines.fail(problem(
                    fact,
                    "a verdict is one about another migration",
                    contents.manifest().migration().value(),
                    fact.said().id().value()));
        } else if (contents.plan().isPresent() && !phases.contains(phase)) {
            lines.fail(problem(
                    fact,
                    "a verdict is about a phase that the plan does not have",
                    phases.toString(),
                    String.valueOf(phase)));
        }
    }

    private void evidence(Recorded<Fact.OfMigration> fact, String key) {
        var name = ReportRules.EVIDENCE + ReportRules.lastPart(key);
        var file = contents.zip().find(name);
        if (file.isEmpty()) {
            contents.absent(name, lines);
        } else if (!name.endsWith("-" + Digest.of(file.get()).brief() + ".json")) {
            lines.fail(problem(
                    fact,
                    "the evidence of a verdict is not the one that it names",
                    name,
                    Digest.of(file.get()).toString()));
        }
    }

    private static Problem problem(Recorded<Fact.OfMigration> fact, String message, String expected, String found) {
        return Problem.of("RPT-VERDICT", message)
                .about(fact.said().getClass().getSimpleName() + ", " + fact.place())
                .expected(expected)
                .found(found)
                .todo("nothing follows from this verdict");
    }
}
