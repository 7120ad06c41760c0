package dev.migrator.engine.simulator;

import java.util.List;

/** Mistakes put in on purpose, each with the promises that it breaks: one of their checks has to notice it. */
enum Bug {
    NONE,
    /** {@code settle} returns at once. */
    NO_SETTLE("rollback-is-complete", "rollback-is-identity", "compare-and-set", "target-unchanged", "applied-in-full"),
    /** Every command counts as the newest. */
    NO_FENCE("superseded-writes-nothing"),
    /** What a plan expects is taken to be there. */
    COMPARE_AND_SET_SKIPPED("compare-and-set"),
    /** Another life of an entry passes for the expected one. */
    INCARNATION_IGNORED("compare-and-set"),
    /** A rollback does not wait for the answer to an apply. */
    REVERT_WHILE_APPLY_UNANSWERED("no-revert-while-applying"),
    /** Nobody has to approve. */
    NO_APPROVAL("fail-closed"),
    /** What policies ask for does not reach the lifecycle. */
    NEEDS_FORGOTTEN("fail-closed"),
    /** A judgement of the policies holds for good, whatever they said. */
    JUDGEMENT_NEVER_OVER("fail-closed"),
    /** The worker says that the targets accept a plan, and has not asked them. */
    NO_DRY_RUN("fail-closed"),
    /** The worker says that a plan was done and undone elsewhere, and has not done it. */
    NO_REHEARSAL("fail-closed"),
    /** It is written although the last drill failed, or is long overdue. */
    DRILL_IGNORED("fail-closed"),
    /** It is written although the declared monitoring was never heard. */
    MONITORING_IGNORED("fail-closed"),
    /** That monitoring was heard once counts for ever: any answer passes for the one to the last question. */
    MONITORING_ONCE_HEARD("fail-closed"),
    /** Plans claim nothing, so nothing overlaps. */
    NO_SCOPE("one-writer", "rollback-is-complete", "compare-and-set", "target-unchanged", "applied-in-full"),
    /** An update replaces the whole entry. */
    UNMANAGED_FIELDS_DROPPED("only-what-is-managed"),
    /** Time never passes for the lifecycle: nothing is asked twice. */
    NO_TICKS("every-migration-ends"),
    /** Undoing goes on to the next batch without having written. */
    REVERT_SKIPPED("rollback-is-complete", "rollback-is-identity"),
    /** A worker that was stopped, and lost its right to write meanwhile, goes on as if it had not. */
    LEASE_IGNORED("superseded-writes-nothing", "one-writer", "compare-and-set", "rollback-is-complete"),
    /** A call without an answer counts as done. */
    SILENCE_IS_SUCCESS("applied-in-full", "rollback-is-complete", "rollback-is-identity"),
    /** What a target refuses counts as done. */
    REFUSAL_IS_SUCCESS("applied-in-full", "rollback-is-complete", "rollback-is-identity"),
    /** What a target refuses to undo is not tried again. */
    REFUSAL_IS_FINAL("refused-is-tried-again"),
    /** What is tried again is put back whatever it holds by then. */
    SECOND_TRY_FORCED("compare-and-set"),
    /** A denial gets lost. */
    DENIAL_LOST("fail-closed"),
    /** What a snapshot holds is not compared with what the plan saw. */
    SNAPSHOT_NOT_COMPARED("fail-closed"),
    /** The target is taken to be as planned when the turn comes, without a look. */
    SCOPE_NOT_CHECKED("fail-closed", "target-unchanged"),
    /** The worker names an undo kit that it never kept. */
    NO_KIT("fail-closed"),
    /** An executor that comes back does not look whether a person has undone what it applies. */
    RECEIPT_IGNORED("undone-stays-undone", "applied-in-full"),
    /** The end of a rollback is declared, not measured. */
    ROLLBACK_NOT_MEASURED("rollback-is-identity"),
    /** A lifecycle that starts again has forgotten its migrations. */
    FACTS_LOST("status-sequence", "epoch-and-sequence", "end-is-end", "every-migration-ends", "no-lock-stays"),
    /** A rolled-back change is not held. */
    NOT_HELD("stays-rolled-back"),
    /** A pause is shown, and batches go on. */
    PAUSE_IGNORED("paused-issues-nothing"),
    /** How long phases bake does not reach the lifecycle. */
    BAKE_SKIPPED("nothing-is-written-while-it-bakes"),
    /** A bake that is over counts as a good verdict. */
    NOT_VERIFIED_AFTER_BAKE("verified-after-its-bake"),
    /** What verification says "no" to counts as good. */
    ANOMALY_PASSES("anomaly-stops"),
    /** A person who goes on after a "no" is taken for a "yes". */
    RESUME_IS_YES("anomaly-stops"),
    /** What was created is removed by its undo, whether it holds data or not. */
    DATA_REMOVED("no-data-destroyed");

    private final List<String> promises;

    Bug(String... promises) {
        this.promises = List.of(promises);
    }

    /** As {@link Violation#promise()} names them. */
    List<String> promises() {
        return promises;
    }
}
