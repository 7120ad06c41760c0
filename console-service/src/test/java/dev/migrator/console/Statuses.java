package dev.migrator.console;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statuses as the lifecycle would publish them. */
public final class Statuses {
    public static final Digest PLAN = Digest.ofText("plan");
    public static final String PLAN_URI = "4be21d0/m-1/plan.json";
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Statuses() {}

    /** Updated as many seconds after the start as its sequence says. */
    public static MigrationStatus status(String id, long sequence, MigrationState state) {
        return status(id, "test", sequence, state, Optional.of(PLAN));
    }

    public static MigrationStatus status(
            String id, String environment, long sequence, MigrationState state, Optional<Digest> plan) {
        return of(
                id, environment, sequence, state, ChangeRequest.Intent.APPLY, Optional.empty(), plan, Optional.empty());
    }

    /** Of a bundle that lies in the bucket. */
    public static MigrationStatus of(
            String id,
            String environment,
            long sequence,
            MigrationState state,
            ChangeRequest.Intent intent,
            String bundle,
            Digest plan) {
        return of(id, environment, sequence, state, intent, Optional.of(bundle), Optional.of(plan), Optional.empty());
    }

    /** Planned in test, with what was seen around the plan. */
    public static MigrationStatus planned(String id, Digest plan, StoredObject surroundings) {
        return of(
                id,
                "test",
                1,
                MigrationState.PLANNED,
                ChangeRequest.Intent.APPLY,
                Optional.empty(),
                Optional.of(plan),
                Optional.of(surroundings));
    }

    private static MigrationStatus of(
            String id,
            String environment,
            long sequence,
            MigrationState state,
            ChangeRequest.Intent intent,
            Optional<String> bundle,
            Optional<Digest> plan,
            Optional<StoredObject> surroundings) {
        return new MigrationStatus(
                new MigrationId(id),
                environment,
                sequence,
                state,
                state.isEnd() || intent == ChangeRequest.Intent.PLAN,
                intent,
                "4be21d0",
                "alice",
                bundle.map(Digest::ofText),
                bundle.map(_ -> "4be21d0/" + id + "/bundle.json"),
                1,
                "",
                0,
                0,
                WorkerAnswer.Counts.NONE,
                "",
                plan,
                plan.map(_ -> PLAN_URI),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                START.plusSeconds(sequence),
                surroundings,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, waiting for something. */
    public static MigrationStatus waiting(MigrationStatus status, String waitsFor) {
        return copy(status, waitsFor, status.selector(), status.document());
    }

    /** The same, with a snapshot of what its plan begins with. */
    public static MigrationStatus snapshotted(MigrationStatus status) {
        return copy(
                status,
                status.waitsFor(),
                status.selector(),
                status.document(),
                status.batchesDone(),
                status.counts(),
                Optional.of("4be21d0/" + status.id() + "/snapshot/manifest.json"));
    }

    /** The same, of a part of its bundle. */
    public static MigrationStatus only(MigrationStatus status, String labels) {
        return copy(status, status.waitsFor(), Optional.of(LabelSelector.parse(labels)), status.document());
    }

    /** The same, that puts something back. */
    public static MigrationStatus restoring(MigrationStatus status, String what) {
        return copy(
                status, status.waitsFor(), status.selector(), Optional.of(new Document(Document.Kind.RESTORE, what)));
    }

    /** The same, that removes for good what was retired. */
    public static MigrationStatus purging(MigrationStatus status, String what) {
        return copy(status, status.waitsFor(), status.selector(), Optional.of(new Document(Document.Kind.PURGE, what)));
    }

    /** The same, that came so far. */
    public static MigrationStatus progressed(MigrationStatus status, int batchesDone, WorkerAnswer.Counts counts) {
        return copy(
                status,
                status.waitsFor(),
                status.selector(),
                status.document(),
                batchesDone,
                counts,
                status.snapshotUri());
    }

    /** The same, with this checklist. */
    public static MigrationStatus listing(MigrationStatus status, ChecklistLine... checklist) {
        return copy(
                status,
                status.waitsFor(),
                status.selector(),
                status.document(),
                status.batchesDone(),
                status.counts(),
                status.snapshotUri(),
                List.of(checklist));
    }

    private static MigrationStatus copy(
            MigrationStatus status, String waitsFor, Optional<LabelSelector> selector, Optional<Document> document) {
        return copy(status, waitsFor, selector, document, status.batchesDone(), status.counts(), status.snapshotUri());
    }

    private static MigrationStatus copy(
            MigrationStatus status,
            String waitsFor,
            Optional<LabelSelector> selector,
            Optional<Document> document,
            int batchesDone,
            WorkerAnswer.Counts counts,
            Optional<String> snapshot) {
        return copy(status, waitsFor, selector, document, batchesDone, counts, snapshot, status.checklist());
    }

    private static MigrationStatus copy(
            MigrationStatus status,
            String waitsFor,
            Optional<LabelSelector> selector,
            Optional<Document> document,
            int batchesDone,
            WorkerAnswer.Counts counts,
            Optional<String> snapshot,
            List<ChecklistLine> checklist) {
        return new MigrationStatus(
                status.id(),
                status.environment(),
                status.sequence(),
                status.state(),
                status.ended(),
                status.intent(),
                status.commit(),
                status.requester(),
                status.bundleDigest(),
                status.bundleUri(),
                status.revision(),
                status.phase(),
                batchesDone,
                status.batchesTotal(),
                counts,
                waitsFor,
                status.planDigest(),
                status.planUri(),
                snapshot,
                status.beforeHash(),
                status.endHash(),
                checklist,
                status.problems(),
                status.retained(),
                status.differences(),
                status.outcomesUri(),
                status.updatedAt(),
                status.surroundings(),
                selector,
                status.lock(),
                document);
    }
}
