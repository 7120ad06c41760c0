package dev.migrator.executor.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The executor's own settings. */
@ConfigMapping(prefix = "executor")
public interface ExecutorConfig {
    /** Longest pause of a migration; then it is rolled back, or cancelled when nothing was written. */
    @WithDefault("4h")
    Duration pauseDeadline();

    /** Standby copies of the lifecycle's state on other instances. */
    @WithDefault("1")
    int standbyReplicas();

    /** Replication of the lifecycle's internal topics; -1 takes the broker's default. */
    @WithDefault("-1")
    int replicationFactor();
}
