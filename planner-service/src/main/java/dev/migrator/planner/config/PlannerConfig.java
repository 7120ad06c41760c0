package dev.migrator.planner.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The planner's own settings. */
@ConfigMapping(prefix = "planner")
public interface PlannerConfig {
    /** Operations between two checkpoints, from 1; after a crash at most this many are attempted again. */
    @WithDefault("100")
    int batchSize();
}
