package dev.migrator.planner.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The planner's own settings. */
@ConfigMapping(prefix = "planner")
public interface PlannerConfig {
    /**
     * Operations between two checkpoints at most, from 1, for targets that would take more at once; after a crash that many
     * are attempted again.
     */
    @WithDefault("10000")
    int batchSize();

    /**
     * How long what the policies say of a plan counts at most before it has to be planned again, if they look at the
     * time; at least a minute, and longer than a snapshot takes.
     */
    @WithDefault("15m")
    Duration policyValidity();

    /** Between two looks for drift at an environment; zero: only when somebody asks. */
    @WithDefault("10m")
    Duration driftInterval();

    /** Between the two reads that have to agree; longer than servers show the old state after a write. */
    @WithDefault("5s")
    Duration driftSettle();
}
