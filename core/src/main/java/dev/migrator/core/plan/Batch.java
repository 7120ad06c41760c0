package dev.migrator.core.plan;

import java.util.List;

/**
 * Operations of one target that are independent of each other and go in one call: the unit of checkpoint.
 *
 * @param number position in the whole plan, from 0
 * @param operations 1 to the batch limit, in plan order
 */
public record Batch(int number, String target, List<PlannedOperation> operations) {
    public Batch {
        operations = List.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one operation");
        }
    }
}
