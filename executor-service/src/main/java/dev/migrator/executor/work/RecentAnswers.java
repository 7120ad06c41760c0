package dev.migrator.executor.work;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last answers that are in the log. A command that took long was asked for again meanwhile; the repetition waits behind
 * it, and what it asks for is known by then: nothing need be settled, read or judged once more.
 */
final class RecentAnswers {
    private static final int MOST = 1_000;

    private record Asked(MigrationId id, Position position, WorkerAnswer.Kind kind) {}

    private final Map<Asked, WorkerAnswer> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, WorkerAnswer> eldest) {
            return size() > MOST;
        }
    };

    /** To be called once the answer is in the log, and not before. */
    synchronized void keep(WorkerAnswer answer) {
        answers.put(new Asked(answer.id(), answer.position(), answer.kind()), answer);
    }

    synchronized Optional<WorkerAnswer> find(WorkerCommand command) {
        var envelope = command.envelope();
        return Optional.ofNullable(answers.get(new Asked(envelope.id(), envelope.position(), BatchWork.kind(command))));
    }
}
