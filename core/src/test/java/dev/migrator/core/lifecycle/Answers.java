package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.WorkerAnswer.Counts;
import dev.migrator.core.lifecycle.WorkerAnswer.Kind;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.util.List;
import java.util.Optional;

/** Answers of a worker as a test wants them. */
final class Answers {
    private Answers() {}

    static Fact.Answered to(WorkerCommand command, Result result, Optional<Digest> hash, String difference) {
        var batch = switch (command) {
            case WorkerCommand.ApplyBatch apply -> apply.batch();
            case WorkerCommand.RevertBatch revert -> revert.batch();
            case WorkerCommand.CheckScope _, WorkerCommand.Close _ -> -1;
        };
        var kind = switch (command) {
            case WorkerCommand.ApplyBatch _ -> Kind.APPLY_BATCH;
            case WorkerCommand.RevertBatch _ -> Kind.REVERT_BATCH;
            case WorkerCommand.CheckScope _ -> Kind.CHECK_SCOPE;
            case WorkerCommand.Close _ -> Kind.CLOSE;
        };
        var good = result == Result.DONE;
        var answer = new WorkerAnswer(
                command.envelope().id(),
                command.envelope().position(),
                kind,
                batch,
                result,
                batch < 0 ? Counts.NONE : counts(result),
                batch < 0 ? hash : Optional.empty(),
                List.of(),
                good ? List.of() : List.of(difference),
                Optional.empty(),
                Optional.of("4be21d0/" + command.envelope().id() + "/outcomes.json"));
        return new Fact.Answered(good && kind == Kind.CHECK_SCOPE ? answer.with(kit(command.envelope())) : answer);
    }

    private static Counts counts(Result result) {
        return switch (result) {
            case DONE -> new Counts(1, 0, 0, 0, 0);
            case FAILED -> new Counts(0, 0, 0, 0, 1);
            case DIFFERS, CONFLICT, SUPERSEDED -> new Counts(0, 0, 0, 1, 0);
        };
    }

    /** The undo kit of that migration and plan. */
    static StoredObject kit(WorkerCommand.Envelope envelope) {
        return new StoredObject(
                envelope.commit() + "/" + envelope.id() + "/undo-kit.json",
                Digest.ofText("kit of " + envelope.planDigest()));
    }
}
