package dev.migrator.core.plan;

import dev.migrator.core.lifecycle.PlanSummary;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What is told of a plan beside the plan itself. */
public final class PlanSummaries {
    /**
     * Fingerprints in a summary. A larger plan is represented by its lowest ones: as they are digests, this is an even
     * sample that any plan with the same changes has too. A later plan with only a few of the held changes can go
     * unrecognised.
     */
    static final int MAX_CHANGES = 10_000;

    static final int MAX_WARNINGS = 100;

    private PlanSummaries() {}

    /** @param planUri where the plan's canonical bytes lie        @param bundleUri where the bundle's lie */
    public static PlanSummary of(Plan plan, String planUri, String bundleUri) {
        int creates = 0;
        int updates = 0;
        int deletes = 0;
        var worst = Risk.ADDITIVE;
        var changes = new TreeSet<String>();
        for (var planned : plan.operations().toList()) {
            switch (planned.operation()) {
                case Operation.Create _ -> creates++;
                case Operation.Update _ -> updates++;
                case Operation.Delete _ -> deletes++;
            }
            worst = planned.risk().compareTo(worst) > 0 ? planned.risk() : worst;
            if (!planned.operation().isPurge()) {
                // nothing to be held: what of a purge was undone is out of use again, and may be purged when that is
                // corrected
                changes.add(planned.changeFingerprint());
            }
        }
        return new PlanSummary(
                PlanCodec.digest(plan),
                planUri,
                bundleUri,
                plan.beforeHash(),
                plan.phases().stream().map(PlanSummaries::phase).toList(),
                Scope.of(plan),
                changes.stream().limit(MAX_CHANGES).toList(),
                creates,
                updates,
                deletes,
                worst,
                warnings(plan.warnings()),
                ownership(plan),
                plan.approvals(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                plan.rehearsedFor());
    }

    private static Optional<PlanSummary.Ownership> ownership(Plan plan) {
        return plan.inventory().isEmpty()
                ? Optional.empty()
                : Optional.of(new PlanSummary.Ownership(
                        plan.inventory().size(),
                        plan.adopted().size(),
                        plan.forgotten().size()));
    }

    private static PlanSummary.PhaseSummary phase(Phase phase) {
        return new PlanSummary.PhaseSummary(
                phase.name(),
                phase.batches().getFirst().number(),
                phase.batches().size(),
                phase.checks().size(),
                Optional.of(phase.bake()).filter(bake -> !bake.isNone()));
    }

    private static List<String> warnings(List<String> all) {
        if (all.size() <= MAX_WARNINGS) {
            return all;
        }
        var first = new java.util.ArrayList<>(all.subList(0, MAX_WARNINGS));
        first.add("and " + (all.size() - MAX_WARNINGS) + " more, in the plan");
        return first;
    }
}
