package dev.migrator.kit.feed;

import dev.migrator.core.verdict.SignalSample;
import dev.migrator.kit.Unavailable;
import java.time.Instant;
import java.util.function.Consumer;

/** Where samples of monitored systems come from. Thread-safe. */
@FunctionalInterface
public interface SignalSource {
    /**
     * @param records that were read
     * @param unreadable those among them that are no samples, whatever they are
     */
    record Reading(long records, long unreadable) {}

    /**
     * Hands over what was published since a time, and maybe some of what was published before. In any order, maybe twice.
     *
     * @throws Unavailable if not all of it could be read: nothing is known then
     */
    Reading read(Instant from, Consumer<SignalSample> samples);
}
