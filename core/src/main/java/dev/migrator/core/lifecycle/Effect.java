package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.environment.SignalsDigest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something to be published. Published again unchanged when it goes unanswered; receivers answer the same. */
public sealed interface Effect {
    /**
     * Ask the planner. Exactly one of {@code bundleUri} and {@code inlineBundle} is there.
     *
     * @param selector empty for all of the bundle
     * @param overwritesDrift as in {@link ChangeRequest}
     */
    record PlanRequested(
            MigrationId id,
            int revision,
            String environment,
            String commit,
            Digest bundleDigest,
            Optional<String> bundleUri,
            Optional<byte[]> inlineBundle,
            Optional<LabelSelector> selector,
            boolean overwritesDrift)
            implements Effect {
        /** With the environment's own decision on drift. */
        public PlanRequested(
                MigrationId id,
                int revision,
                String environment,
                String commit,
                Digest bundleDigest,
                Optional<String> bundleUri,
                Optional<byte[]> inlineBundle,
                Optional<LabelSelector> selector) {
            this(id, revision, environment, commit, bundleDigest, bundleUri, inlineBundle, selector, false);
        }
    }

    /** Ask the worker what the targets would say to the plan. */
    record DryRunRequested(
            MigrationId id, int revision, String environment, String commit, Digest planDigest, String planUri)
            implements Effect {}

    record SnapshotRequested(
            MigrationId id, int revision, String environment, String commit, Digest planDigest, String planUri)
            implements Effect {}

    /**
     * Ask the worker to do and undo the plan elsewhere.
     *
     * @param rehearsalEnvironment name of the one to do it in
     * @param snapshot of what the plan begins with
     * @param beforeHash state hash of what the plan begins with
     */
    record RehearsalRequested(
            MigrationId id,
            int revision,
            String environment,
            String commit,
            Digest planDigest,
            String planUri,
            String rehearsalEnvironment,
            StoredObject snapshot,
            Digest beforeHash)
            implements Effect {}

    /**
     * Ask the worker to apply the plan elsewhere, let something go wrong, undo it and compare. Published once: a drill that is
     * lost is overdue in the end.
     *
     * @param requestId of the order; draws which operation is hit
     * @param by who ordered it
     * @param rehearsalEnvironment name of the one to do it in
     * @param snapshot of what the plan begins with
     * @param beforeHash state hash of what the plan begins with
     */
    record DrillRequested(
            MigrationId id,
            String requestId,
            DrillFault fault,
            String by,
            String environment,
            String commit,
            Digest planDigest,
            String planUri,
            String rehearsalEnvironment,
            StoredObject snapshot,
            Digest beforeHash)
            implements Effect {}

    /** For people: what came of a drill, or why none was made. */
    record DrillReported(DrillReport report) implements Effect {}

    /**
     * Ask the verifier whether the monitoring that the environment declares is connected.
     *
     * @param asking how often this was asked for the revision, from 1; a repeated question has the same number
     * @param signals digest of what the lifecycle's file declares, see {@link SignalsDigest}; empty if an older one asks
     */
    record MonitoringRequested(
            MigrationId id,
            int revision,
            int asking,
            String environment,
            String commit,
            Digest planDigest,
            Optional<Digest> signals)
            implements Effect {
        /** By which nobody says what is declared. */
        public MonitoringRequested(
                MigrationId id, int revision, int asking, String environment, String commit, Digest planDigest) {
            this(id, revision, asking, environment, commit, planDigest, Optional.empty());
        }
    }

    /**
     * Ask the verifier to judge a phase that was applied.
     *
     * @param since when what has to be watched began; empty if that is not known
     * @param signals digest of what the lifecycle's file declares, see {@link SignalsDigest}; empty if that is nothing, or
     *     an older one asks
     */
    record VerifyPhase(
            MigrationId id,
            int epoch,
            int phase,
            String environment,
            String commit,
            Digest planDigest,
            String planUri,
            Optional<Instant> since,
            Optional<Digest> signals)
            implements Effect {
        /** By which nobody says what is declared. */
        public VerifyPhase(
                MigrationId id,
                int epoch,
                int phase,
                String environment,
                String commit,
                Digest planDigest,
                String planUri,
                Optional<Instant> since) {
            this(id, epoch, phase, environment, commit, planDigest, planUri, since, Optional.empty());
        }

        /** Of which nobody knows when it began. */
        public VerifyPhase(
                MigrationId id,
                int epoch,
                int phase,
                String environment,
                String commit,
                Digest planDigest,
                String planUri) {
            this(id, epoch, phase, environment, commit, planDigest, planUri, Optional.empty());
        }
    }

    record Command(WorkerCommand command) implements Effect {}

    record StatusChanged(MigrationStatus status) implements Effect {}

    /** @param decision stable word, e.g. {@code approval-refused} */
    record Audited(
            MigrationId id,
            String environment,
            String decision,
            String actor,
            Optional<Digest> planDigest,
            Optional<Problem> problem,
            List<String> details)
            implements Effect {}
}
