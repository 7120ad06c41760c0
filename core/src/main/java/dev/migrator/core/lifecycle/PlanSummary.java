package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Claim;
import dev.migrator.core.plan.Risk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the lifecycle needs to know of a plan; the plan itself lies in object storage.
 *
 * @param bundleUri where the planner put the bundle, so that planning again does not need it inline
 * @param phases in order; no phases means no changes
 * @param scope claims, ascending, at most 1,000 (coarser above)
 * @param changes fingerprints of its changes, ascending, for holds; at most 10,000 (coarser above)
 * @param ownership what it makes known in the inventory; empty when nothing
 * @param approvals that it needs, one a group, ascending
 * @param judgedUntil when the policies have to judge it again before anything is written; empty if what they say does
 *     not depend on the time
 * @param undoes fingerprints of changes that it takes back, ascending, at most 10,000: held once it has succeeded
 * @param surroundings what was seen around the plan, for people; decides nothing
 * @param rehearsedFor policies that ask for a rehearsal before anything is written, ascending; empty if none does
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
        List<String> warnings,
        Optional<Ownership> ownership,
        List<ApprovalNeed> approvals,
        Optional<Instant> judgedUntil,
        Optional<StoredObject> surroundings,
        List<String> undoes,
        List<String> rehearsedFor) {
    /**
     * @param firstBatch number of its first batch in the whole plan
     * @param bake for how long it stays as it is before it is verified again; empty if it does not bake
     */
    public record PhaseSummary(String name, int firstBatch, int batches, int checks, Optional<Bake> bake) {
        /** One that does not bake. */
        public PhaseSummary(String name, int firstBatch, int batches, int checks) {
            this(name, firstBatch, batches, checks, Optional.empty());
        }
    }

    /**
     * @param changes inventory entries that are written when the plan has succeeded, from 1
     * @param adopted those among them that were there and that nobody managed
     * @param forgotten those among them that are let go of
     */
    public record Ownership(int changes, int adopted, int forgotten) {}

    public PlanSummary {
        phases = List.copyOf(phases);
        scope = List.copyOf(scope);
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
        approvals = List.copyOf(approvals);
        undoes = List.copyOf(undoes);
        rehearsedFor = List.copyOf(rehearsedFor);
    }

    /** A plan that needs no rehearsal. */
    public PlanSummary(
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
            List<String> warnings,
            Optional<Ownership> ownership,
            List<ApprovalNeed> approvals,
            Optional<Instant> judgedUntil,
            Optional<StoredObject> surroundings,
            List<String> undoes) {
        this(
                planDigest,
                planUri,
                bundleUri,
                beforeHash,
                phases,
                scope,
                changes,
                creates,
                updates,
                deletes,
                worstRisk,
                warnings,
                ownership,
                approvals,
                judgedUntil,
                surroundings,
                undoes,
                List.of());
    }

    /** A plan that nobody looked around. */
    public PlanSummary(
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
            List<String> warnings,
            Optional<Ownership> ownership,
            List<ApprovalNeed> approvals,
            Optional<Instant> judgedUntil) {
        this(
                planDigest,
                planUri,
                bundleUri,
                beforeHash,
                phases,
                scope,
                changes,
                creates,
                updates,
                deletes,
                worstRisk,
                warnings,
                ownership,
                approvals,
                judgedUntil,
                Optional.empty(),
                List.of());
    }

    /** A plan that makes nothing known and needs no approval, and whose judgement holds for good. */
    public PlanSummary(
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
        this(
                planDigest,
                planUri,
                bundleUri,
                beforeHash,
                phases,
                scope,
                changes,
                creates,
                updates,
                deletes,
                worstRisk,
                warnings,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same, to be judged again at that time. */
    public PlanSummary judgedUntil(Optional<Instant> time) {
        return new PlanSummary(
                planDigest,
                planUri,
                bundleUri,
                beforeHash,
                phases,
                scope,
                changes,
                creates,
                updates,
                deletes,
                worstRisk,
                warnings,
                ownership,
                approvals,
                time,
                surroundings,
                undoes,
                rehearsedFor);
    }

    /** The same, with what was seen around it. */
    public PlanSummary surroundings(Optional<StoredObject> seen) {
        return new PlanSummary(
                planDigest,
                planUri,
                bundleUri,
                beforeHash,
                phases,
                scope,
                changes,
                creates,
                updates,
                deletes,
                worstRisk,
                warnings,
                ownership,
                approvals,
                judgedUntil,
                seen,
                undoes,
                rehearsedFor);
    }

    /** The same, of a plan that takes back those changes. */
    public PlanSummary undoing(List<String> changesOfAnother) {
        return new PlanSummary(
                planDigest,
                planUri,
                bundleUri,
                beforeHash,
                phases,
                scope,
                changes,
                creates,
                updates,
                deletes,
                worstRisk,
                warnings,
                ownership,
                approvals,
                judgedUntil,
                surroundings,
                changesOfAnother,
                rehearsedFor);
    }

    /** The same, to be rehearsed because these policies ask for it. */
    public PlanSummary rehearsedFor(List<String> policies) {
        return new PlanSummary(
                planDigest,
                planUri,
                bundleUri,
                beforeHash,
                phases,
                scope,
                changes,
                creates,
                updates,
                deletes,
                worstRisk,
                warnings,
                ownership,
                approvals,
                judgedUntil,
                surroundings,
                undoes,
                policies);
    }

    public int batchCount() {
        return phases.stream().mapToInt(PhaseSummary::batches).sum();
    }
}
