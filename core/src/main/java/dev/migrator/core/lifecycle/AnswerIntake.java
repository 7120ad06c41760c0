package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Preparation.ScopeCheck;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.util.List;
import java.util.Optional;

/** What the worker answered. Only the answer to the open command counts, and only once. */
final class AnswerIntake {
    private static final String WORKER = "executor";
    /** Superseded so often at once, a command waits before it is issued anew. */
    private static final int SUPERSEDED_AT_ONCE = 4;

    private AnswerIntake() {}

    static boolean isJudged(Turn turn, WorkerAnswer answer) {
        var facts = turn.facts;
        if (answer.position().seq() > facts.execution().seq()) {
            // kept, it could pass for the answer to a command that is not even issued
            turn.refuse(
                    new Fact.Answered(answer),
                    "fact-refused",
                    WORKER,
                    Problems.unasked(answer.position().toString()));
            return true;
        }
        var open = facts.outstanding().filter(o -> o.position().equals(Optional.of(answer.position())));
        if (open.isEmpty()) {
            return true;
        }
        var question = open.get().question();
        if (!isAnswerTo(question, answer)) {
            turn.refuse(
                    new Fact.Answered(answer),
                    "fact-refused",
                    WORKER,
                    Problems.contradiction("command at " + answer.position()));
            return true;
        }
        if (answer.result() == Result.SUPERSEDED) {
            superseded(turn, open.get());
            return true;
        }
        turn.facts = facts.answered();
        switch (question) {
            case Question.CheckScope _ -> scopeChecked(turn, answer);
            case Question.Apply(int batch) -> applied(turn, answer, batch);
            case Question.Revert(int batch) -> reverted(turn, answer, batch);
            case Question.Close(boolean rolledBack) -> closed(turn, answer, rolledBack);
            case Question.Plan _,
                    Question.DryRun _,
                    Question.Snapshot _,
                    Question.Rehearsal _,
                    Question.Monitoring _,
                    Question.Verify _ -> throw new IllegalStateException(question + " has no position");
        }
        return true;
    }

    private static boolean isAnswerTo(Question question, WorkerAnswer answer) {
        return switch (question) {
            case Question.CheckScope _ -> answer.kind() == WorkerAnswer.Kind.CHECK_SCOPE;
            case Question.Apply(int batch) -> answer.kind() == WorkerAnswer.Kind.APPLY_BATCH && answer.batch() == batch;
            case Question.Revert(int batch) ->
                answer.kind() == WorkerAnswer.Kind.REVERT_BATCH && answer.batch() == batch;
            case Question.Close _ -> answer.kind() == WorkerAnswer.Kind.CLOSE;
            case Question.Plan _,
                    Question.DryRun _,
                    Question.Snapshot _,
                    Question.Rehearsal _,
                    Question.Monitoring _,
                    Question.Verify _ -> false;
        };
    }

    /**
     * The worker knows a newer command than the newest: this state was restored from an older one. Issued anew in a
     * higher epoch until the worker takes it; compare-and-set makes the repetition harmless.
     */
    private static void superseded(Turn turn, Outstanding open) {
        var again = open.superseded(
                open.attempt() < SUPERSEDED_AT_ONCE
                        ? turn.now
                        : turn.now.plus(turn.rules.commands().after(open.attempt())));
        turn.facts = turn.facts.with(turn.facts.execution().nextEpoch()).asking(again);
        turn.audit("command-superseded", WORKER, open.question().toString(), "attempt " + open.attempt());
    }

    private static void scopeChecked(Turn turn, WorkerAnswer answer) {
        var before = turn.facts.plan().orElseThrow().beforeHash();
        var check = check(answer, before);
        turn.facts = turn.facts.with(turn.facts.preparation().with(check));
        turn.audit("target-read-again", WORKER, check.toString());
    }

    private static ScopeCheck check(WorkerAnswer answer, Digest before) {
        if (answer.result() == Result.FAILED) {
            return new ScopeCheck.Failed(answer.problem().orElseGet(Mishaps::checkFailed));
        }
        if (answer.result() != Result.DONE || !answer.stateHash().equals(Optional.of(before))) {
            return new ScopeCheck.Changed(answer.stateHash());
        }
        return answer.undoKit().isPresent()
                ? new ScopeCheck.Unchanged(before, answer.undoKit())
                : new ScopeCheck.Failed(Mishaps.noUndoKit());
    }

    private static void applied(Turn turn, WorkerAnswer answer, int batch) {
        turn.facts = turn.facts.with(turn.facts.report().counting(answer));
        if (answer.result() == Result.DONE) {
            turn.facts = turn.facts.with(turn.facts.execution().appliedOne());
            turn.audit(
                    "batch-applied", WORKER, "batch " + batch, answer.counts().toString());
            return;
        }
        var why = Mishaps.batchNotApplied(answer);
        if (turn.facts.isRollbackDecided()) {
            turn.facts = turn.facts.with(turn.facts.report().with(List.of(why)));
            turn.audit("batch-not-applied", WORKER, why);
        } else {
            turn.rollBack(List.of(why), WORKER);
        }
    }

    private static void reverted(Turn turn, WorkerAnswer answer, int batch) {
        var execution = turn.facts.execution();
        var undo = execution.undo().orElseThrow();
        var report = turn.facts.report().counting(answer);
        var isFirst = undo.reverted() < execution.issued();
        if (isFirst && answer.hasRefusals()) {
            // what is left of it is said once it was tried again
            undo = undo.refusedOne(batch, answer.counts());
        } else {
            report =
                    isFirst ? report : report.uncounting(undo.again().getFirst().counts());
            undo = isFirst ? undo.revertedOne() : undo.triedAgain();
            report = report.differing(answer.differences());
            if (answer.result() != Result.DONE) {
                report = report.with(List.of(Mishaps.batchNotReverted(answer)));
            }
        }
        turn.facts = turn.facts.with(execution.undoing(undo)).with(report);
        turn.audit(
                isFirst ? "batch-reverted" : "batch-reverted-again",
                WORKER,
                "batch " + batch,
                answer.result().name(),
                answer.counts().toString());
    }

    private static void closed(Turn turn, WorkerAnswer answer, boolean rolledBack) {
        if (!rolledBack && answer.isUndoneByKit()) {
            turn.rollBack(List.of(answer.problem().orElseThrow()), WORKER);
            return;
        }
        var report = turn.facts.report().counting(answer).measured(answer.stateHash());
        report = rolledBack && isAsBefore(turn.facts, answer)
                ? report.differingOnly(answer.differences())
                : report.differing(answer.differences());
        var problem = closingProblem(turn, answer, rolledBack);
        if (problem.isPresent()) {
            report = report.with(List.of(problem.get()));
        }
        var result = rolledBack && answer.result() == Result.DONE && !isAsBefore(turn.facts, answer)
                ? Result.DIFFERS
                : answer.result();
        turn.facts = turn.facts.with(turn.facts.execution().closed(result)).with(report);
        turn.audit("closed", WORKER, result.name(), "state " + answer.stateHash());
    }

    /** The measured end: whatever single reverts reported, the hash decides. */
    private static boolean isAsBefore(Facts facts, WorkerAnswer answer) {
        return answer.result() == Result.DONE
                && answer.stateHash().equals(facts.plan().map(PlanSummary::beforeHash));
    }

    private static Optional<Problem> closingProblem(Turn turn, WorkerAnswer answer, boolean rolledBack) {
        if (rolledBack) {
            return isAsBefore(turn.facts, answer)
                    ? Optional.empty()
                    : Optional.of(Mishaps.notAsBefore(turn.facts, answer));
        }
        return answer.result() == Result.DONE
                ? Optional.empty()
                : answer.problem().or(() -> Optional.of(Mishaps.endNotMeasured()));
    }
}
