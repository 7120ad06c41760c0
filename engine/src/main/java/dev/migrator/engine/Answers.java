package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts what came of a command into an answer of bounded size. */
final class Answers {
    private static final int MOST_LINES = 100;

    private Answers() {}

    static Execution superseded(WorkerCommand command) {
        var problem = Problem.of("WRK-SUPERSEDED", "a newer command of this migration exists; nothing was written")
                .about(command.envelope().id().toString())
                .found("seq " + command.envelope().position().seq());
        return of(command, WorkerAnswer.Result.SUPERSEDED, Optional.empty(), List.of(), List.of(), problem);
    }

    /** The command cannot be carried out at all; nothing was written. */
    static Execution failed(WorkerCommand command, Problem problem) {
        return of(
                command,
                WorkerAnswer.Result.FAILED,
                Optional.empty(),
                List.of(),
                List.of(problem.message() + (problem.thing().isEmpty() ? "" : ": " + problem.thing())),
                problem);
    }

    static Execution done(WorkerCommand command, Digest stateHash, List<String> retained, List<String> differences) {
        return new Execution(
                answer(
                        command,
                        WorkerAnswer.Result.DONE,
                        WorkerAnswer.Counts.NONE,
                        Optional.of(stateHash),
                        retained,
                        differences,
                        Optional.empty()),
                List.of());
    }

    static Execution differs(
            WorkerCommand command, Digest stateHash, Digest expected, List<String> retained, List<String> lines) {
        var problem = Problem.of("TGT-DIFFERS", "the target is not as it was before the migration")
                .about(command.envelope().environment())
                .expected(expected.toString())
                .found(stateHash.toString())
                .todo(lines.isEmpty() ? "" : lines.getFirst());
        return of(
                command,
                WorkerAnswer.Result.DIFFERS,
                Optional.of(stateHash),
                retained,
                // a changed hash always has words, also when what differs is beyond what the plan says of before
                lines.isEmpty() ? List.of("state hash: expected " + expected + ", found " + stateHash) : lines,
                problem);
    }

    static Execution ofBatch(WorkerCommand command, List<Outcome> outcomes) {
        var counts = WorkerAnswer.Counts.NONE;
        var retained = new ArrayList<String>();
        var differences = new ArrayList<String>();
        Problem first = null;
        for (var outcome : outcomes) {
            counts = counts.plus(count(outcome));
            switch (outcome) {
                case Outcome.Applied _, Outcome.AlreadyApplied _ -> {}
                case Outcome.Retained(var key, var reason) -> retained.add(key.toString());
                case Outcome.Conflict conflict -> {
                    differences.add(conflict.key() + ": found " + Differences.describe(conflict.found()));
                    first = first == null ? conflict(conflict) : first;
                }
                case Outcome.Failed(var key, var problem) -> {
                    differences.add(key + ": " + problem.code() + " " + problem.message());
                    first = first == null ? problem : first;
                }
                case Outcome.Unknown(var key, var problem) -> {
                    differences.add(key + ": unknown, " + problem.message());
                    first = first == null ? problem : first;
                }
            }
        }
        var result = counts.conflicts() > 0
                ? WorkerAnswer.Result.CONFLICT
                : counts.failed() > 0 ? WorkerAnswer.Result.FAILED : WorkerAnswer.Result.DONE;
        return new Execution(
                answer(command, result, counts, Optional.empty(), retained, differences, Optional.ofNullable(first)),
                outcomes);
    }

    private static Problem conflict(Outcome.Conflict conflict) {
        return Problem.of("APL-CONFLICT", "an entry holds what nobody planned; it was left alone")
                .about(conflict.key().toString())
                .expected("what the plan started from, or its result")
                .found(Differences.describe(conflict.found()))
                .todo("find out who changed it, then plan again");
    }

    private static WorkerAnswer.Counts count(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _ -> new WorkerAnswer.Counts(1, 0, 0, 0, 0);
            case Outcome.AlreadyApplied _ -> new WorkerAnswer.Counts(0, 1, 0, 0, 0);
            case Outcome.Retained _ -> new WorkerAnswer.Counts(0, 0, 1, 0, 0);
            case Outcome.Conflict _ -> new WorkerAnswer.Counts(0, 0, 0, 1, 0);
            case Outcome.Failed _, Outcome.Unknown _ -> new WorkerAnswer.Counts(0, 0, 0, 0, 1);
        };
    }

    private static Execution of(
            WorkerCommand command,
            WorkerAnswer.Result result,
            Optional<Digest> stateHash,
            List<String> retained,
            List<String> differences,
            Problem problem) {
        return new Execution(
                answer(
                        command,
                        result,
                        WorkerAnswer.Counts.NONE,
                        stateHash,
                        retained,
                        differences,
                        Optional.of(problem)),
                List.of());
    }

    private static WorkerAnswer answer(
            WorkerCommand command,
            WorkerAnswer.Result result,
            WorkerAnswer.Counts counts,
            Optional<Digest> stateHash,
            List<String> retained,
            List<String> differences,
            Optional<Problem> problem) {
        return new WorkerAnswer(
                command.envelope().id(),
                command.envelope().position(),
                kind(command),
                batch(command),
                result,
                counts,
                stateHash,
                bounded(retained),
                bounded(differences),
                problem,
                Optional.empty());
    }

    private static List<String> bounded(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        var shown = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
        shown.add("… and " + (lines.size() - MOST_LINES + 1) + " more");
        return shown;
    }

    private static WorkerAnswer.Kind kind(WorkerCommand command) {
        return switch (command) {
            case WorkerCommand.CheckScope _ -> WorkerAnswer.Kind.CHECK_SCOPE;
            case WorkerCommand.ApplyBatch _ -> WorkerAnswer.Kind.APPLY_BATCH;
            case WorkerCommand.RevertBatch _ -> WorkerAnswer.Kind.REVERT_BATCH;
            case WorkerCommand.Close _ -> WorkerAnswer.Kind.CLOSE;
        };
    }

    private static int batch(WorkerCommand command) {
        return switch (command) {
            case WorkerCommand.ApplyBatch apply -> apply.batch();
            case WorkerCommand.RevertBatch revert -> revert.batch();
            case WorkerCommand.CheckScope _, WorkerCommand.Close _ -> -1;
        };
    }
}
