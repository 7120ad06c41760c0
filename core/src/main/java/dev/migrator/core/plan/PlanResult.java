package dev.migrator.core.plan;

import dev.migrator.core.error.Finding;
import java.util.List;

/** A plan, or what stands in its way. */
public sealed interface PlanResult {
    /**
     * @param unchanged desired entries that the targets hold already
     * @param findings warnings, ascending; their text is also in the plan, for the approver
     */
    record Planned(Plan plan, int unchanged, List<Finding> findings) implements PlanResult {
        public Planned {
            findings = List.copyOf(findings);
        }
    }

    /** @param findings ascending; at least one of them stops */
    record Rejected(List<Finding> findings) implements PlanResult {
        public Rejected {
            findings = List.copyOf(findings);
        }
    }
}
