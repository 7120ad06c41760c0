package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What has to be known before the first write, for the current revision.
 *
 * @param revision 0 before the request is known, then from 1
 * @param dryRun what the targets said to the plan
 * @param check what the settled target held at the head of the queue; empty whenever the scope is not held
 * @param rehearsal what came of doing and undoing the plan in a rehearsal environment
 * @param listening what was heard from monitoring at the head of the queue; empty before it was asked for
 */
record Preparation(
        int revision,
        Optional<PlanAnswer> plan,
        Optional<DryRunReport> dryRun,
        Optional<SnapshotAnswer> snapshot,
        Optional<ScopeCheck> check,
        Optional<RehearsalReport> rehearsal,
        Optional<Listening> listening) {
    static final Preparation NONE = ofRevision(0);

    private static Preparation ofRevision(int revision) {
        return new Preparation(
                revision,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    sealed interface PlanAnswer {
        /** Empty if there is none to work with. */
        default Optional<PlanSummary> plan() {
            return this instanceof Proposed proposed ? Optional.of(proposed.summary) : Optional.empty();
        }

        /**
         * @param summary without warnings, scope and changes; the latter two lie in the environment's state
         * @param whole digest of the summary as it came, to tell a repetition from a contradiction
         */
        record Proposed(PlanSummary summary, Digest whole) implements PlanAnswer {}

        record Rejected(List<Problem> problems) implements PlanAnswer {}
    }

    sealed interface SnapshotAnswer {
        /** Empty if there is none to work with. */
        default Optional<Stored> stored() {
            return this instanceof Stored stored ? Optional.of(stored) : Optional.empty();
        }

        record Stored(Digest planDigest, String uri, Digest digest, Digest stateHash, long entries)
                implements SnapshotAnswer {}

        record Failed(Problem problem) implements SnapshotAnswer {}
    }

    sealed interface ScopeCheck {
        /** @param undoKit empty only in what was stored by a version that had no kits */
        record Unchanged(Digest stateHash, Optional<StoredObject> undoKit) implements ScopeCheck {}

        record Changed(Optional<Digest> stateHash) implements ScopeCheck {}

        record Failed(Problem problem) implements ScopeCheck {}
    }

    Preparation nextRevision() {
        return ofRevision(revision + 1);
    }

    Preparation with(PlanAnswer answer) {
        return new Preparation(revision, Optional.of(answer), dryRun, snapshot, check, rehearsal, listening);
    }

    Preparation with(DryRunReport answer) {
        return new Preparation(revision, plan, Optional.of(answer), snapshot, check, rehearsal, listening);
    }

    Preparation with(SnapshotAnswer answer) {
        return new Preparation(revision, plan, dryRun, Optional.of(answer), check, rehearsal, listening);
    }

    Preparation with(ScopeCheck answer) {
        return new Preparation(revision, plan, dryRun, snapshot, Optional.of(answer), rehearsal, listening);
    }

    Preparation with(RehearsalReport answer) {
        return new Preparation(revision, plan, dryRun, snapshot, check, Optional.of(answer), listening);
    }

    Preparation with(Listening progress) {
        return new Preparation(revision, plan, dryRun, snapshot, check, rehearsal, Optional.of(progress));
    }

    /** The target has to be read again. */
    Preparation withoutScopeCheck() {
        return new Preparation(revision, plan, dryRun, snapshot, Optional.empty(), rehearsal, listening);
    }

    /** Of what holds only as long as the scope is held, nothing is known any more. */
    Preparation withoutCheck() {
        return new Preparation(
                revision, plan, dryRun, snapshot, Optional.empty(), rehearsal, listening.map(Listening::forgotten));
    }
}
