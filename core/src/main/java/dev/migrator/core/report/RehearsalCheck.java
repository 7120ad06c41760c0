package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether what came of a rehearsal is what the worker published of it, and is there if it counts. */
final class RehearsalCheck {
    private static final String NAME = "rehearsed";

    private final ReportContents contents;
    private final CheckLines lines = new CheckLines(NAME);
    private final Set<String> named = new HashSet<>();
    private int answers;

    private RehearsalCheck(ReportContents contents) {
        this.contents = contents;
    }

    /** No lines where nothing was rehearsed and nothing says so. */
    static List<CheckLine> of(ReportContents contents) {
        var check = new RehearsalCheck(contents);
        contents.facts().forEach(check::judge);
        check.unnamed();
        check.counts();
        return check.answers == 0
                ? check.lines.all()
                : check.lines.passing(check.answers + " rehearsals, as the worker published them");
    }

    private void judge(Recorded<Fact.OfMigration> fact) {
        if (!(fact.said() instanceof Fact.RehearsalAnswered answered)) {
            return;
        }
        answers++;
        if (!answered.id().equals(contents.manifest().migration())) {
            lines.fail(problem(
                    "a rehearsal is one of another migration",
                    fact.place(),
                    contents.manifest().migration().value(),
                    answered.id().value()));
        }
        if (!answered.report().uri().isBlank()) {
            file(answered);
        }
    }

    private void file(Fact.RehearsalAnswered answered) {
        var name =
                ReportRules.REHEARSAL + ReportRules.lastPart(answered.report().uri());
        named.add(name);
        var file = contents.zip().files().get(name);
        if (file == null) {
            contents.absent(name, lines);
        } else if (!answered.report().digest().equals(Optional.of(file.digest()))) {
            lines.fail(problem(
                    "what came of a rehearsal is not what the worker published",
                    name,
                    answered.report().digest().map(Digest::toString).orElse("a digest"),
                    file.digest().toString()));
        }
    }

    private void unnamed() {
        contents.zip().files().keySet().stream()
                .filter(name -> name.startsWith(ReportRules.REHEARSAL) && !named.contains(name))
                .forEach(name -> lines.fail(
                        problem("a rehearsal is named by no answer", name, "the files that answers name", "one more")));
    }

    /**
     * Of the newest plan, begun with its snapshot, and passed: what came of an earlier one does not count. The plan's own bytes
     * say whether it had to be rehearsed before anything was written.
     */
    private void counts() {
        var newest = contents.newest();
        var ticked = newest.stream()
                .flatMap(status -> status.checklist().stream())
                .anyMatch(line -> line.name().equals(NAME) && line.mark() == ChecklistLine.Mark.PASSED);
        var needed = contents.hasBegunToWrite()
                && contents.plan()
                        .filter(plan -> !plan.rehearsedFor().isEmpty())
                        .isPresent();
        if ((ticked || needed)
                && contents.facts().stream()
                        .noneMatch(fact -> fact.said() instanceof Fact.RehearsalAnswered answered
                                && answered.report().isPassed()
                                && newest.flatMap(MigrationStatus::planDigest)
                                        .equals(Optional.of(answered.planDigest()))
                                && isOfTheSnapshot(answered))) {
            contents.lacks("the rehearsal of the plan", "results", lines);
        }
    }

    /** That the plan was stored with: what began with another state proves nothing of it. Its absence is for another check. */
    private boolean isOfTheSnapshot(Fact.RehearsalAnswered answered) {
        var stored = contents.facts().stream()
                .flatMap(fact -> fact.said() instanceof Fact.SnapshotStored snapshot
                                && snapshot.planDigest().equals(answered.planDigest())
                                && snapshot.revision() == answered.revision()
                        ? Stream.of(snapshot.digest())
                        : Stream.empty())
                .toList();
        return stored.isEmpty() || stored.contains(answered.snapshotDigest());
    }

    private static Problem problem(String message, String thing, String expected, String found) {
        return Problem.of("RPT-REHEARSAL", message)
                .about(thing)
                .expected(expected)
                .found(found)
                .todo("nothing follows from what is said to have come of a rehearsal");
    }
}
