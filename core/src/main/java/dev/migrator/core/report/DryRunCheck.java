package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether what the targets said beforehand is what the worker published of it, and is there if it counts. */
final class DryRunCheck {
    private static final String NAME = "dry-run";
    private static final String WHAT_TO_DO = "nothing follows from what the targets are said to have said";

    private final ReportContents contents;
    private final CheckLines lines = new CheckLines(NAME);
    private final Set<String> named = new HashSet<>();
    private int answers;

    private DryRunCheck(ReportContents contents) {
        this.contents = contents;
    }

    static List<CheckLine> of(ReportContents contents) {
        var check = new DryRunCheck(contents);
        contents.facts().forEach(check::judge);
        check.unnamed();
        check.counts();
        if (check.answers == 0) {
            check.lines.open("no answer of the targets is there");
        }
        return check.lines.passing(check.answers + " answers of the targets, as the worker published them");
    }

    private void judge(Recorded<Fact.OfMigration> fact) {
        if (!(fact.said() instanceof Fact.DryRunAnswered answered)) {
            return;
        }
        answers++;
        if (!answered.id().equals(contents.manifest().migration())) {
            lines.fail(problem(
                    "an answer of the targets is one about another migration",
                    fact.place(),
                    contents.manifest().migration().value(),
                    answered.id().value()));
        }
        if (!answered.report().uri().isBlank()) {
            file(answered);
        }
    }

    private void file(Fact.DryRunAnswered answered) {
        var name = ReportRules.DRY_RUN + ReportRules.lastPart(answered.report().uri());
        named.add(name);
        var file = contents.zip().files().get(name);
        if (file == null) {
            contents.absent(name, lines);
        } else if (answered.report().digest().isEmpty()) {
            lines.open(name + ": the answer does not name its digest");
        } else if (!answered.report().digest().get().equals(file.digest())) {
            lines.fail(problem(
                    "what the targets said is not what the worker published",
                    name,
                    answered.report().digest().map(Digest::toString).orElse(""),
                    file.digest().toString()));
        }
    }

    private void unnamed() {
        contents.zip().files().keySet().stream()
                .filter(name -> name.startsWith(ReportRules.DRY_RUN) && !named.contains(name))
                .forEach(name -> lines.fail(problem(
                        "what the targets are said to have said is named by no answer",
                        name,
                        "the files that answers name",
                        "one more")));
    }

    /** Of the newest plan: what was said to an earlier one does not count. */
    private void counts() {
        var newest = contents.newest();
        var passed = newest.stream()
                .flatMap(status -> status.checklist().stream())
                .anyMatch(line -> line.name().equals(NAME) && line.mark() == ChecklistLine.Mark.PASSED);
        if (passed
                && contents.facts().stream()
                        .noneMatch(fact -> fact.said() instanceof Fact.DryRunAnswered answered
                                && newest.get().planDigest().equals(java.util.Optional.of(answered.planDigest())))) {
            contents.lacks("the answer of the targets to the plan", "results", lines);
        }
    }

    private static Problem problem(String message, String thing, String expected, String found) {
        return Problem.of("RPT-DRY-RUN", message)
                .about(thing)
                .expected(expected)
                .found(found)
                .todo(WHAT_TO_DO);
    }
}
