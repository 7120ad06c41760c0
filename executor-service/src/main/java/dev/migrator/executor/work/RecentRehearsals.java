package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.RehearsalReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last answers that are in the log. A rehearsal that takes long is asked for again meanwhile: it is not done again for
 * that.
 */
final class RecentRehearsals {
    private static final int MOST = 100;

    private record Asked(MigrationId id, int revision, Digest plan, Digest snapshot) {
        static Asked of(Effect.RehearsalRequested asked) {
            return new Asked(
                    asked.id(),
                    asked.revision(),
                    asked.planDigest(),
                    asked.snapshot().digest());
        }
    }

    private final Map<Asked, RehearsalReport> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, RehearsalReport> eldest) {
            return size() > MOST;
        }
    };

    /** To be called once the answer is in the log, and not before. */
    synchronized void keep(Effect.RehearsalRequested asked, RehearsalReport report) {
        answers.put(Asked.of(asked), report);
    }

    synchronized Optional<RehearsalReport> find(Effect.RehearsalRequested asked) {
        return Optional.ofNullable(answers.get(Asked.of(asked)));
    }
}
