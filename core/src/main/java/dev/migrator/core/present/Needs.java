package dev.migrator.core.present;

import dev.migrator.core.environment.Protection;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.ApprovalNeeds;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.Policy;
import java.util.List;
import java.util.Optional;

/** What has to be there before anything of a plan is written. */
final class Needs {
    private Needs() {}

    /** Approvals; a plan that names none needs what its environment asks for anyway. */
    static List<ApprovalNeed> approvals(Plan plan, Optional<Policy> policy) {
        return plan.approvals().isEmpty()
                        && policy.filter(Policy::approvalRequired).isPresent()
                ? ApprovalNeeds.of(Protection.PROTECTED)
                : plan.approvals();
    }

    /** In words; empty where it is not known that nothing is needed. */
    static Optional<String> sentence(Plan plan, Optional<Policy> policy) {
        var approvals = approvals(plan, policy);
        return approvals.isEmpty() && policy.isEmpty() && plan.rehearsedFor().isEmpty()
                ? Optional.empty()
                : Optional.of(ApprovalNeeds.text(approvals) + rehearsal(plan));
    }

    private static String rehearsal(Plan plan) {
        return plan.rehearsedFor().isEmpty() ? "" : "; a rehearsal (" + String.join(", ", plan.rehearsedFor()) + ")";
    }
}
