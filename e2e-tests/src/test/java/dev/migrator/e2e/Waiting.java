package dev.migrator.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for a condition, never for a time; a wait that is in vain tells what there was instead. */
final class Waiting {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Waiting() {}

    /**
     * @param found empty until there is what is waited for
     * @param instead asked only when the wait was in vain
     */
    static <T> T until(String what, Duration atMost, Callable<Optional<T>> found, Supplier<String> instead) {
        try {
            return await(what)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(BETWEEN_LOOKS)
                    .atMost(atMost)
                    .until(found, Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "within " + atMost.toSeconds() + " s: expected " + what + ", found " + instead.get(), e);
        }
    }
}
