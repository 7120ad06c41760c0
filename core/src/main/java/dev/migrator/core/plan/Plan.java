package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What an approval binds to: operations, expected fingerprints, environment and policy. Commit, times, ids and URIs sit
 * in an envelope around it. Its digest is that of {@link PlanCodec#bytes}.
 *
 * @param environment where it runs
 * @param bundleDigest what was asked for
 * @param policyDigest digest of the policy that the requirements came from
 * @param beforeHash state hash of {@link #written()} pairs as the plan saw them, incarnations included
 * @param reads entries that the plan depends on and does not write, ascending
 * @param warnings findings that do not stop it, for the approver
 * @param inventory what becomes known of entries once the plan has succeeded, ascending by key and uid: those that it
 *     writes, those that it only adopts, and those that it forgets
 * @param approvals that it needs, one a group, ascending
 * @param rehearsedFor policies that ask for a rehearsal before it is carried out, ascending; empty if it needs none
 */
public record Plan(
        String environment,
        Digest bundleDigest,
        Digest policyDigest,
        Digest beforeHash,
        List<Phase> phases,
        List<EntryKey> reads,
        List<String> warnings,
        List<InventoryChange> inventory,
        List<ApprovalNeed> approvals,
        List<String> rehearsedFor) {
    public Plan {
        phases = List.copyOf(phases);
        reads = List.copyOf(reads);
        warnings = List.copyOf(warnings);
        inventory = List.copyOf(inventory);
        approvals = List.copyOf(approvals);
        rehearsedFor = List.copyOf(rehearsedFor);
    }

    /** A plan that needs no rehearsal. */
    public Plan(
            String environment,
            Digest bundleDigest,
            Digest policyDigest,
            Digest beforeHash,
            List<Phase> phases,
            List<EntryKey> reads,
            List<String> warnings,
            List<InventoryChange> inventory,
            List<ApprovalNeed> approvals) {
        this(
                environment,
                bundleDigest,
                policyDigest,
                beforeHash,
                phases,
                reads,
                warnings,
                inventory,
                approvals,
                List.of());
    }

    /** A plan that needs no approval. */
    public Plan(
            String environment,
            Digest bundleDigest,
            Digest policyDigest,
            Digest beforeHash,
            List<Phase> phases,
            List<EntryKey> reads,
            List<String> warnings,
            List<InventoryChange> inventory) {
        this(environment, bundleDigest, policyDigest, beforeHash, phases, reads, warnings, inventory, List.of());
    }

    /** A plan that makes nothing known and needs no approval. */
    public Plan(
            String environment,
            Digest bundleDigest,
            Digest policyDigest,
            Digest beforeHash,
            List<Phase> phases,
            List<EntryKey> reads,
            List<String> warnings) {
        this(environment, bundleDigest, policyDigest, beforeHash, phases, reads, warnings, List.of(), List.of());
    }

    /** Entries that were there and that nobody managed before, ascending; the plan may change them or not. */
    public List<EntryKey> adopted() {
        return inventory.stream()
                .filter(change -> change instanceof InventoryChange.Hold hold && hold.adopted())
                .map(InventoryChange::key)
                .toList();
    }

    /** Entries that are let go of without a change, ascending. */
    public List<EntryKey> forgotten() {
        return inventory.stream()
                .filter(change -> change instanceof InventoryChange.Forget)
                .map(InventoryChange::key)
                .toList();
    }

    /** The same plan, judged: with what the approver should know and who has to approve on top of what it had. */
    public Plan judged(List<String> moreWarnings, List<ApprovalNeed> moreApprovals) {
        var all = new ArrayList<>(warnings);
        all.addAll(moreWarnings);
        var needs = ApprovalNeeds.merged(approvals, moreApprovals);
        return new Plan(
                environment,
                bundleDigest,
                policyDigest,
                beforeHash,
                phases,
                reads,
                all,
                inventory,
                needs,
                rehearsedFor);
    }

    /** The same plan, to be rehearsed because these policies ask for it. */
    public Plan rehearsedFor(Collection<String> policies) {
        return new Plan(
                environment,
                bundleDigest,
                policyDigest,
                beforeHash,
                phases,
                reads,
                warnings,
                inventory,
                approvals,
                policies.stream().distinct().sorted().toList());
    }

    public Stream<Batch> batches() {
        return phases.stream().flatMap(phase -> phase.batches().stream());
    }

    public Stream<PlannedOperation> operations() {
        return batches().flatMap(batch -> batch.operations().stream());
    }

    public boolean isEmpty() {
        return batches().findAny().isEmpty();
    }

    /** Keys written, ascending. */
    public SortedSet<EntryKey> written() {
        var keys = new TreeSet<EntryKey>();
        operations().forEach(planned -> keys.add(planned.operation().key()));
        return keys;
    }

    /** The same with other phases. */
    public Plan with(List<Phase> others) {
        return new Plan(
                environment,
                bundleDigest,
                policyDigest,
                beforeHash,
                others,
                reads,
                warnings,
                inventory,
                approvals,
                rehearsedFor);
    }

    /** The same phases and batches, with each operation as the function makes it. */
    public Plan mapped(UnaryOperator<PlannedOperation> each) {
        return with(phases.stream()
                .map(phase -> new Phase(
                        phase.number(),
                        phase.name(),
                        phase.batches().stream()
                                .map(batch -> new Batch(
                                        batch.number(),
                                        batch.target(),
                                        batch.operations().stream().map(each).toList()))
                                .toList(),
                        phase.checks(),
                        phase.selects(),
                        phase.bake()))
                .toList());
    }
}
