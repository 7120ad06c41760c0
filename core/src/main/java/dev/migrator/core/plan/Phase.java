package dev.migrator.core.plan;

import dev.migrator.core.environment.Bake;
import java.util.List;
import java.util.Objects;

/**
 * A canary step: applied, verified, baked, judged again before the next begins.
 *
 * @param number from 0
 * @param name e.g. {@code canary}, {@code rest}
 * @param batches in order; numbers run on over the whole plan
 * @param checks smoke checks to run once its batches are applied
 * @param selects what of the bundle is in it, for people; empty where no rollout says
 * @param bake for how long it stays as it is before it is verified again and the next one begins
 */
public record Phase(int number, String name, List<Batch> batches, List<SmokeCheck> checks, String selects, Bake bake) {
    public Phase {
        batches = List.copyOf(batches);
        checks = List.copyOf(checks);
        Objects.requireNonNull(selects);
        Objects.requireNonNull(bake);
    }

    /** One that no rollout speaks of, and that does not bake. */
    public Phase(int number, String name, List<Batch> batches, List<SmokeCheck> checks) {
        this(number, name, batches, checks, "", Bake.NONE);
    }
}
