package dev.migrator.core.plan;

import java.util.Map;

/**
 * Bounds of a plan.
 *
 * @param batchSize operations in one batch, from 1
 * @param byTarget smaller bounds for some logical targets
 * @param byKind smaller bounds for some entry kinds; a batch of several kinds keeps to the smallest
 * @param maxOperations operations in one plan; above that it is refused
 */
public record PlanLimits(int batchSize, Map<String, Integer> byTarget, Map<String, Integer> byKind, int maxOperations) {
    public static final PlanLimits STANDARD = ofBatchSize(100);

    /** Of one batch, whatever a target takes: what one message tells of, and what a worker holds at once. */
    public static final int MOST_IN_A_BATCH = 10_000;

    public PlanLimits {
        byTarget = Map.copyOf(byTarget);
        byKind = Map.copyOf(byKind);
        if (batchSize < 1
                || maxOperations < 1
                || byTarget.values().stream().anyMatch(n -> n < 1)
                || byKind.values().stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("bounds are at least 1");
        }
    }

    public static PlanLimits ofBatchSize(int batchSize) {
        return new PlanLimits(batchSize, Map.of(), Map.of(), 100_000);
    }

    /** The same with these bounds for some targets. */
    public PlanLimits byTarget(Map<String, Integer> bounds) {
        return new PlanLimits(batchSize, bounds, byKind, maxOperations);
    }

    int batchSize(String target, String kind) {
        return Math.min(
                batchSize,
                Math.min(
                        byTarget.getOrDefault(target, Integer.MAX_VALUE),
                        byKind.getOrDefault(kind, Integer.MAX_VALUE)));
    }
}
