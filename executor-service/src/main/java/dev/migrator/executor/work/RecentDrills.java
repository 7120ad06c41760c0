package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.MigrationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last drills that came to their end here. One that is ordered twice under one request, or whose answer could not be
 * stored or published at once, is not done again for that.
 */
final class RecentDrills {
    private static final int MOST = 100;
    /** With evidence that is not stored yet, which may be large. */
    private static final int MOST_UNSTORED = 8;

    /** @param evidence bytes that belong where the report says */
    record Unstored(DrillReport report, byte[] evidence) {}

    private record Asked(
            String environment, String request, MigrationId id, DrillFault fault, Digest plan, Digest snapshot) {
        static Asked of(Effect.DrillRequested asked) {
            return new Asked(
                    asked.environment(),
                    asked.requestId(),
                    asked.id(),
                    asked.fault(),
                    asked.planDigest(),
                    asked.snapshot().digest());
        }
    }

    private final Map<Asked, DrillReport> answers = lastOf(MOST);
    private final Map<Asked, Unstored> unstored = lastOf(MOST_UNSTORED);

    private static <K, V> Map<K, V> lastOf(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** To be called once it was done, before its evidence is stored. */
    synchronized void done(Effect.DrillRequested asked, Unstored drill) {
        unstored.put(Asked.of(asked), drill);
    }

    synchronized Optional<Unstored> unstored(Effect.DrillRequested asked) {
        return Optional.ofNullable(unstored.get(Asked.of(asked)));
    }

    /** To be called once its evidence is stored, and not before. */
    synchronized void keep(Effect.DrillRequested asked, DrillReport report) {
        unstored.remove(Asked.of(asked));
        answers.put(Asked.of(asked), report);
    }

    synchronized Optional<DrillReport> find(Effect.DrillRequested asked) {
        return Optional.ofNullable(answers.get(Asked.of(asked)));
    }
}
