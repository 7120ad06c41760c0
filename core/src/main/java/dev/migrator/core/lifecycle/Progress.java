package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a migration came with each batch, for what the kept outcomes do not say: a batch that nobody has begun has none, and
 * neither has one that was answered while the bucket was away.
 *
 * @param status the newest one
 * @param applied batches of whose applying outcomes are kept
 * @param reverted batches of whose reverting outcomes are kept
 * @param kept operations of which an outcome of the current direction is kept
 */
public record Progress(MigrationStatus status, Set<Integer> applied, Set<Integer> reverted, int kept) {
    /** Not begun, and nothing comes any more that would. */
    public static final String NOT_APPLIED = "not-applied";

    /** Not answered yet. */
    public static final String OPEN = "open";

    /** Answered, and the outcome is not in the bucket, or cannot be read there. */
    public static final String NOT_KEPT = "not-kept";

    /** Whether a status is one of undoing, and its counts are of that. */
    public static boolean isUndoing(MigrationStatus status) {
        return switch (status.state()) {
            case ROLLING_BACK, ROLLED_BACK, ROLLBACK_INCOMPLETE -> true;
            default -> false;
        };
    }

    /** What there is to say of the applying of a batch whose outcomes are not there. */
    public String applying(int batch) {
        if (isBegun(batch)) {
            return NOT_KEPT;
        }
        return status.ended() || isUndoing(status) ? NOT_APPLIED : OPEN;
    }

    /** The same of its undoing. */
    public String undoing(int batch) {
        if (batch < status.batchesDone()) {
            return OPEN;
        }
        return isBegun(batch) ? NOT_KEPT : NOT_APPLIED;
    }

    public static OutcomesJson.Told without(String word) {
        return new OutcomesJson.Told(word, Optional.empty(), "");
    }

    public static OutcomesJson.Told unreadable(Problem why) {
        return new OutcomesJson.Told(NOT_KEPT, Optional.of(why), "");
    }

    /** Batches are begun in order: with one, all before it were. While undoing, a count that is too high tells of more. */
    private boolean isBegun(int batch) {
        return batch < status.batchesDone()
                || List.of(applied, reverted).stream().flatMap(Set::stream).anyMatch(known -> known >= batch)
                || isUndoing(status) && counted() > kept;
    }

    private int counted() {
        var counts = status.counts();
        return counts.applied() + counts.alreadyApplied() + counts.retained() + counts.conflicts() + counts.failed();
    }
}
