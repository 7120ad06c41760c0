package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.Plan;
import java.util.List;

/** Whether the plan's bytes are those that the status and the approvals name. */
final class PlanCheck {
    private static final String NAME = "plan";

    private PlanCheck() {}

    static List<CheckLine> of(ReportContents contents) {
        var lines = new CheckLines(NAME);
        var stated = contents.newest().flatMap(status -> status.planDigest());
        var bytes = contents.zip().find(ReportRules.PLAN);
        if (bytes.isEmpty()) {
            if (stated.isEmpty() && contents.hasEndedAfterWriting()) {
                contents.lacks("the plan", ReportRules.PLAN, lines);
            } else if (stated.isEmpty()) {
                lines.notChecked("there was no plan");
            } else {
                contents.absent(ReportRules.PLAN, lines);
            }
            return lines.all();
        }
        var digest = Digest.of(bytes.get());
        if (!stated.equals(java.util.Optional.of(digest))) {
            lines.fail(Problem.of("RPT-PLAN", "the plan is another one than the migration had")
                    .about(ReportRules.PLAN)
                    .expected(stated.map(Digest::toString).orElse("no plan"))
                    .found(digest.toString())
                    .todo("nothing follows from this plan"));
        }
        contents.plan()
                .map(Plan::environment)
                .filter(environment -> !environment.equals(contents.manifest().environment()))
                .ifPresent(environment -> lines.fail(Problem.of("RPT-PLAN", "the plan is one for another environment")
                        .about(ReportRules.PLAN)
                        .expected(contents.manifest().environment())
                        .found(environment)
                        .todo("nothing follows from this plan")));
        if (contents.plan().isEmpty()) {
            lines.notChecked("what the plan says: it cannot be read");
        }
        return lines.passing("its bytes give " + digest + ", as the last status names it");
    }
}
