package dev.migrator.target;

import dev.migrator.core.error.Problem;
import java.time.Duration;

/** Waiting between two looks at a system that nobody tells when it has changed. */
public final class Pauses {
    private Pauses() {}

    /**
     * @param doing what is waited for, e.g. {@code read 3 topics again}
     * @throws TargetException.Unavailable if the thread is interrupted; it stays so
     */
    public static void pause(Duration length, String doing) throws TargetException.Unavailable {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException.Unavailable(
                    Problem.of("TGT-INTERRUPTED", "the call was interrupted").about(doing), e);
        }
    }
}
