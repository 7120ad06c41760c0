package dev.migrator.core.lifecycle;

/**
 * One line of a migration's checklist.
 *
 * @param name {@code plan-validated}, {@code snapshot-verified}, {@code approved}, {@code dry-run}, {@code
 *     rehearsed}, {@code drilled}, {@code monitoring-active}, {@code target-unchanged}, {@code undo-kit},
 *     {@code state-verified}, in this order
 * @param evidence in lines, the first one is the whole in short. For PASSED what a person can open (URI, digest, approver); for NOT_REQUIRED the policy rule; for
 *     MISSING what is waited for
 */
public record ChecklistLine(String name, Mark mark, String evidence) {
    /** Only {@link #PASSED} is shown with a tick. */
    public enum Mark {
        PASSED,
        NOT_REQUIRED,
        MISSING
    }
}
