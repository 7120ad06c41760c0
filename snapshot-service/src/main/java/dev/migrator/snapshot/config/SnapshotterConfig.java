package dev.migrator.snapshot.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The snapshotter's own settings. */
@ConfigMapping(prefix = "snapshotter")
public interface SnapshotterConfig {
    /** Between two snapshots of each whole environment; zero: only when somebody asks. */
    @WithDefault("0s")
    Duration interval();

    /** Entries that one call reads of a target, from 1: bounds the memory. */
    @WithDefault("2000")
    int slice();

    /** How long snapshots are kept at least; zero: for ever, and nothing is ever removed. */
    @WithDefault("0s")
    Duration keepFor();

    /** So many of each environment are kept whatever their age, of migrations and of others each; from 0. */
    @WithDefault("10")
    int keepNewest();

    /** For so long after its end a migration may be undone and its snapshot is kept. */
    @WithDefault("7d")
    Duration undoWindow();

    /**
     * For so long object lock keeps what a snapshot consists of, in governance mode; zero: not at all. Otherwise longer than
     * {@link #safeAge}. Of use only in a bucket that has object lock.
     */
    @WithDefault("0s")
    Duration lockFor();

    /** Younger chunks are never removed: longer than any snapshot takes. */
    @WithDefault("1d")
    Duration safeAge();
}
