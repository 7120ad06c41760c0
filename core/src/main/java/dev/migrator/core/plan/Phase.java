package dev.migrator.core.plan;

import java.util.List;

/**
 * A canary step: applied, verified, judged before the next begins.
 *
 * @param number from 0
 * @param name e.g. {@code canary}, {@code rest}
 * @param batches in order; numbers run on over the whole plan
 * @param checks smoke checks to run once its batches are applied
 */
public record Phase(int number, String name, List<Batch> batches, List<SmokeCheck> checks) {
    public Phase {
        batches = List.copyOf(batches);
        checks = List.copyOf(checks);
    }
}
