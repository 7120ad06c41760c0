package dev.migrator.planner.work;

import dev.migrator.core.drift.DriftReport;
import java.util.Optional;

/** What a check for drift has to know besides targets and inventory. Each answer is as of the moment of the call. */
public interface DriftSources {
    /**
     * The newest report about an environment, empty if there is none that can be read.
     *
     * @throws dev.migrator.kit.Unavailable if that cannot be said
     */
    Optional<DriftReport> reported(String environment);

    /** @throws dev.migrator.kit.Unavailable if that cannot be said: not knowing is not "nobody writes" */
    MigrationActivity.Mark activity(String environment);
}
