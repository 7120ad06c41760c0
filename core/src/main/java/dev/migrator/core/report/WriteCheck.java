package dev.migrator.core.report;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether everything that was written is an operation of the plan, and what had to be written or undone was. */
final class WriteCheck {
    private static final String NAME = "writes";
    private static final String RESULTS = "results";
    private static final String WHAT_TO_DO = "find out who wrote it: no plan that was approved asks for it";

    private final ReportContents contents;
    private final Map<Integer, Set<EntryKey>> planned = new HashMap<>();
    private final CheckLines lines = new CheckLines(NAME);
    private int writes;
    private int without;

    private WriteCheck(ReportContents contents, Plan plan) {
        this.contents = contents;
        plan.batches().forEach(batch -> {
            var keys = new HashSet<EntryKey>();
            batch.operations()
                    .forEach(operation -> keys.add(operation.operation().key()));
            planned.put(batch.number(), keys);
        });
    }

    static List<CheckLine> of(ReportContents contents) {
        var answers = contents.facts().stream()
                .flatMap(fact -> fact.said() instanceof Fact.Answered(var answer) && isWrite(answer)
                        ? Stream.of(answer)
                        : Stream.empty())
                .toList();
        if (answers.isEmpty() && !contents.hasEndedAfterWriting()) {
            return nothing(contents);
        }
        if (contents.plan().isEmpty()) {
            return List.of(CheckLine.notChecked(NAME, "there is no plan that can be read"));
        }
        return new WriteCheck(contents, contents.plan().get()).lines(answers);
    }

    private static List<CheckLine> nothing(ReportContents contents) {
        if (contents.isSaidToBeMissing(RESULTS)) {
            return List.of(CheckLine.notChecked(NAME, contents.why(RESULTS)));
        }
        return List.of(
                contents.hasBegunToWrite()
                        ? CheckLine.notChecked(NAME, "it has begun to write, and no answer of a worker is there yet")
                        : CheckLine.passed(NAME, "nothing was written"));
    }

    private static boolean isWrite(WorkerAnswer answer) {
        return answer.kind() == WorkerAnswer.Kind.APPLY_BATCH || answer.kind() == WorkerAnswer.Kind.REVERT_BATCH;
    }

    private List<CheckLine> lines(List<WorkerAnswer> answers) {
        answers.forEach(this::judge);
        complete();
        if (without > 0) {
            lines.notChecked(without + " of " + answers.size()
                    + " answers name no entries: the bucket was away when they were given");
        }
        if (contents.isSaidToBeMissing(RESULTS)) {
            lines.notChecked("further answers: " + contents.why(RESULTS));
        }
        return lines.passing(writes + " outcomes in " + answers.size() + " answers, each of an operation of the plan");
    }

    /** No end without an answer to each batch: to all of them, or to those that were begun and then undone, last one first. */
    private void complete() {
        if (!contents.hasEndedAfterWriting()) {
            return;
        }
        if (planned.isEmpty()) {
            contents.lacks("a batch of the plan", ReportRules.PLAN, lines);
        }
        var succeeded = contents.newest().orElseThrow().state() == MigrationState.SUCCEEDED;
        var applied =
                batches(WorkerAnswer.Kind.APPLY_BATCH, result -> !succeeded || result == WorkerAnswer.Result.DONE);
        var reverted = batches(WorkerAnswer.Kind.REVERT_BATCH, result -> result != WorkerAnswer.Result.SUPERSEDED);
        var last = Stream.of(Set.of(0), applied, reverted, Set.of(done() - 1))
                .flatMap(Set::stream)
                .max(Integer::compare);
        planned.keySet().stream()
                .filter(batch -> succeeded || batch <= last.get())
                .sorted()
                .forEach(batch -> {
                    if (!applied.contains(batch)) {
                        contents.lacks("the answer to APPLY_BATCH " + batch, RESULTS, lines);
                    }
                    if (!succeeded && !reverted.contains(batch)) {
                        contents.lacks("the answer to REVERT_BATCH " + batch, RESULTS, lines);
                    }
                });
    }

    /** Batches that the statuses count: as applied, and while undoing what is left of all that were begun. */
    private int done() {
        return contents.statuses().stream()
                .mapToInt(status -> status.said().batchesDone())
                .max()
                .orElse(0);
    }

    private Set<Integer> batches(WorkerAnswer.Kind kind, Predicate<WorkerAnswer.Result> result) {
        return contents.answers(kind).stream()
                .filter(answer -> result.test(answer.result()))
                .map(WorkerAnswer::batch)
                .filter(planned::containsKey)
                .collect(Collectors.toSet());
    }

    private void judge(WorkerAnswer answer) {
        if (!answer.id().equals(contents.manifest().migration())) {
            lines.fail(problem(
                    answer,
                    "an answer is one of another migration",
                    contents.manifest().migration().value(),
                    answer.id().value()));
            return;
        }
        if (!planned.containsKey(answer.batch())) {
            lines.fail(problem(
                    answer,
                    "a batch was written that the plan does not have",
                    "0 to " + (planned.size() - 1),
                    String.valueOf(answer.batch())));
            return;
        }
        if (answer.outcomesUri().isEmpty()) {
            without += answer.counts().equals(WorkerAnswer.Counts.NONE) ? 0 : 1;
            return;
        }
        var name =
                ReportRules.OUTCOMES + ReportRules.lastPart(answer.outcomesUri().get());
        var file = contents.zip().find(name);
        if (file.isEmpty()) {
            contents.absent(name, lines);
            return;
        }
        if (!ReportRules.isNamedBy(name, Digest.of(file.get()))) {
            lines.fail(problem(
                    answer,
                    "the outcomes of a batch are not those that it names",
                    name,
                    Digest.of(file.get()).toString()));
        }
        try {
            outcomes(answer, (Value.Obj) CanonicalJson.parse(file.get()));
        } catch (RuntimeException e) {
            lines.fail(ReportLines.unreadable(name, e).problem());
        }
    }

    private void outcomes(WorkerAnswer answer, Value.Obj outcomes) {
        var of = ReportLines.text(outcomes, "migration") + " " + ReportLines.text(outcomes, "command") + " "
                + ReportLines.number(outcomes, "batch") + " seq " + ReportLines.number(outcomes, "seq");
        var expected = answer.id() + " " + answer.kind() + " " + answer.batch() + " seq "
                + answer.position().seq();
        if (!of.equals(expected)) {
            lines.fail(problem(answer, "the outcomes of a batch are those of another one", expected, of));
        }
        for (var outcome : ((Value.Arr) outcomes.get("outcomes")).items()) {
            writes++;
            var key = PlanCodec.keyOf(((Value.Obj) outcome).get("key"));
            if (!planned.get(answer.batch()).contains(key)) {
                lines.fail(problem(
                        answer,
                        "an entry was written that the plan's batch does not name",
                        "an operation of batch " + answer.batch(),
                        key.toString()));
            }
        }
    }

    private static Problem problem(WorkerAnswer answer, String message, String expected, String found) {
        return Problem.of("RPT-WRITE", message)
                .about(answer.kind() + " " + answer.batch() + ", seq "
                        + answer.position().seq())
                .expected(expected)
                .found(found)
                .todo(WHAT_TO_DO);
    }
}
