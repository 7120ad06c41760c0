package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people follow. Published on every change, keyed by migration id.
 *
 * @param sequence strictly increasing per migration, from 1
 * @param ended nothing more happens by itself
 * @param bundleDigest what was asked for
 * @param bundleUri where it lies in the bucket, empty until it was planned
 * @param phase name of the current phase, empty outside execution
 * @param batchesDone of {@code batchesTotal}; while rolling back, those still to be reverted
 * @param counts of the current direction: what was applied, or, once undoing began, what was reverted
 * @param waitsFor who or what it waits for: an approval, the holder of the scope, a paused person; after a rollback, that its
 *     changes are released; may be empty
 * @param beforeHash state hash of the scope before, from the verified snapshot
 * @param endHash state hash measured at the end
 * @param problems why it was rejected, rolled back or is incomplete, at most 100
 * @param retained entries kept out of use after a rollback, at most 100
 * @param differences what is not as before after a rollback, at most 100
 * @param surroundings what was seen around the plan when it was made
 * @param selector labels of the part of the bundle that it is about, empty for all of it
 * @param document what stood where a bundle does, empty for a migration of manifests
 * @param fleet id of the run of a fleet that it belongs to, empty for a migration on its own
 * @param updatedAt time of the tick or fact that led here, from the lifecycle's clock
 */
public record MigrationStatus(
        MigrationId id,
        String environment,
        long sequence,
        MigrationState state,
        boolean ended,
        ChangeRequest.Intent intent,
        String commit,
        String requester,
        Optional<Digest> bundleDigest,
        Optional<String> bundleUri,
        int revision,
        String phase,
        int batchesDone,
        int batchesTotal,
        WorkerAnswer.Counts counts,
        String waitsFor,
        Optional<Digest> planDigest,
        Optional<String> planUri,
        Optional<String> snapshotUri,
        Optional<Digest> beforeHash,
        Optional<Digest> endHash,
        List<ChecklistLine> checklist,
        List<Problem> problems,
        List<String> retained,
        List<String> differences,
        Optional<String> outcomesUri,
        Instant updatedAt,
        Optional<StoredObject> surroundings,
        Optional<LabelSelector> selector,
        Optional<Lock> lock,
        Optional<Document> document,
        Optional<String> fleet) {
    public MigrationStatus {
        checklist = List.copyOf(checklist);
        problems = List.copyOf(problems);
        retained = List.copyOf(retained);
        differences = List.copyOf(differences);
    }

    /** Of no fleet. */
    public MigrationStatus(
            MigrationId id,
            String environment,
            long sequence,
            MigrationState state,
            boolean ended,
            ChangeRequest.Intent intent,
            String commit,
            String requester,
            Optional<Digest> bundleDigest,
            Optional<String> bundleUri,
            int revision,
            String phase,
            int batchesDone,
            int batchesTotal,
            WorkerAnswer.Counts counts,
            String waitsFor,
            Optional<Digest> planDigest,
            Optional<String> planUri,
            Optional<String> snapshotUri,
            Optional<Digest> beforeHash,
            Optional<Digest> endHash,
            List<ChecklistLine> checklist,
            List<Problem> problems,
            List<String> retained,
            List<String> differences,
            Optional<String> outcomesUri,
            Instant updatedAt,
            Optional<StoredObject> surroundings,
            Optional<LabelSelector> selector,
            Optional<Lock> lock,
            Optional<Document> document) {
        this(
                id,
                environment,
                sequence,
                state,
                ended,
                intent,
                commit,
                requester,
                bundleDigest,
                bundleUri,
                revision,
                phase,
                batchesDone,
                batchesTotal,
                counts,
                waitsFor,
                planDigest,
                planUri,
                snapshotUri,
                beforeHash,
                endHash,
                checklist,
                problems,
                retained,
                differences,
                outcomesUri,
                updatedAt,
                surroundings,
                selector,
                lock,
                document,
                Optional.empty());
    }

    /** What it puts back, e.g. {@code snapshot ID}. */
    public Optional<String> restores() {
        return titled(Document.Kind.RESTORE);
    }

    /** What it removes for good, e.g. {@code retired by TIME}. */
    public Optional<String> purges() {
        return titled(Document.Kind.PURGE);
    }

    private Optional<String> titled(Document.Kind kind) {
        return document.filter(found -> found.kind() == kind).map(Document::title);
    }

    /**
     * Whether changes are held because of it, until their source changes or a person releases them: its own after its
     * rollback, those that it took back if it is a revert.
     */
    public boolean holdsChanges() {
        return switch (state) {
            case ROLLED_BACK, ROLLBACK_INCOMPLETE -> !waitsFor.isEmpty();
            case SUCCEEDED -> restores().isPresent() && !waitsFor.isEmpty();
            default -> false;
        };
    }
}
