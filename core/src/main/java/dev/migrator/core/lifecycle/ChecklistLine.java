package dev.migrator.core.lifecycle;

/**
 * One line of a migration's checklist.
 *
 * @param name {@code plan-validated}, {@code snapshot-verified}, {@code approved}, {@code target-unchanged}, {@code
 *     rehearsed}, {@code monitoring-active}, {@code state-verified}
 * @param evidence for PASSED what a person can open (URI, digest, approver); for NOT_REQUIRED the policy rule; for
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
