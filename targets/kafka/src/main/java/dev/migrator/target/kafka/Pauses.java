package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.time.Duration;

/** Waiting between two looks at a cluster. */
final class Pauses {
    private Pauses() {}

    /** @throws TargetException.Unavailable if the thread is interrupted; it stays so */
    static void pause(Duration length, String doing) throws TargetException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.of(doing, e);
        }
    }
}
