package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.plan.Claim;
import dev.migrator.core.plan.Risk;
import java.util.List;

/**
 * What the lifecycle needs to know of a plan; the plan itself lies in object storage.
 *
 * @param bundleUri where the planner put the bundle, so that planning again does not need it inline
 * @param phases in order; no phases means no changes
 * @param scope claims, ascending, at most 1,000 (coarser above)
 * @param changes fingerprints of its changes, ascending, for holds; at most 10,000 (coarser above)
 */
public record PlanSummary(
        Digest planDigest,
        String planUri,
        String bundleUri,
        Digest beforeHash,
        List<PhaseSummary> phases,
        List<Claim> scope,
        List<String> changes,
        int creates,
        int updates,
        int deletes,
        Risk worstRisk,
        List<String> warnings) {
    /** @param firstBatch number of its first batch in the whole plan */
    public record PhaseSummary(String name, int firstBatch, int batches, int checks) {}

    public PlanSummary {
        phases = List.copyOf(phases);
        scope = List.copyOf(scope);
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    public int batchCount() {
        return phases.stream().mapToInt(PhaseSummary::batches).sum();
    }
}
