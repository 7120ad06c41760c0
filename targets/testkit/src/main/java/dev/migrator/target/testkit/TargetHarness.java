package dev.migrator.target.testkit;

import dev.migrator.target.TargetWriter;
import java.time.Duration;
import java.util.List;

/**
 * How the contract suite gets at one target. Everything it makes carries names it was given, which are new for each
 * test, so that one system serves the whole suite.
 */
public interface TargetHarness extends AutoCloseable {
    /** The same open writer on every call. */
    TargetWriter writer();

    /**
     * Another one on the same system, as another process would open it: it knows nothing of what the others wrote. The
     * caller closes it.
     */
    TargetWriter openWriter() throws Exception;

    /** What to try the contract on, one for each entry kind. */
    List<KindHarness> kinds();

    /** Bound for {@code settle}; a small broker takes minutes to open ten thousand topics that it has acknowledged. */
    default Duration settleTimeout() {
        return ManyItemsContract.isForVeryMany() ? Duration.ofMinutes(10) : Duration.ofSeconds(60);
    }

    /** Entries that {@code ManyItemsContract} makes of each kind. */
    default int many() {
        return 1_000;
    }

    /** Entries that {@code DryRunContract} asks about at once. */
    default int manyToDryRun() {
        return 1_000;
    }

    /** Migrations that {@code RandomRollbackContract} carries out and undoes. */
    default int rollbacks() {
        return 15;
    }

    /** What those are made of; may hold kinds whose entries need others that the same migration makes. */
    default List<KindHarness> kindsToMigrate() {
        return kinds();
    }

    @Override
    default void close() {
        writer().close();
    }
}
