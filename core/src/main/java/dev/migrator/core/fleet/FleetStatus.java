package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people follow of a run of a fleet.
 *
 * @param sequence strictly increasing for each run, from 1
 * @param bundleUri key of the bundle in the bucket, empty if it travelled inline
 * @param bake how long a wave that succeeded is left to itself before the next one begins
 * @param wave the newest that has begun, from 1; 0 if none has
 * @param bakesUntil when the next wave begins, empty unless it bakes
 * @param members all environments, in order of their waves; none if it was rejected
 * @param stoppedBy who stopped it, empty if nobody did
 * @param problems why it was stopped or rejected
 * @param updatedAt time of the tick or fact that led here, from the decider's clock
 */
public record FleetStatus(
        FleetId id,
        String fleet,
        long sequence,
        FleetState state,
        String commit,
        String requester,
        Digest bundleDigest,
        Optional<String> bundleUri,
        Optional<LabelSelector> selector,
        Grace bake,
        int wave,
        int waves,
        Optional<Instant> bakesUntil,
        List<FleetMember> members,
        Optional<String> stoppedBy,
        List<Problem> problems,
        Instant updatedAt) {
    public FleetStatus {
        members = List.copyOf(members);
        problems = List.copyOf(problems);
    }

    /** Nothing more happens by itself. */
    public boolean ended() {
        return state.isEnd();
    }

    /** {@code FLT-ID-REUSED} if this run of the same id came of another request; where the bundle lies makes no difference. */
    public Optional<Problem> contradiction(FleetRequest request) {
        var same = fleet.equals(request.fleet())
                && bundleDigest.equals(request.bundleDigest())
                && commit.equals(request.commit())
                && requester.equals(request.requester())
                && selector.equals(request.selector());
        return same ? Optional.empty() : Optional.of(FleetProblems.idReused(this, request));
    }

    /** The same, as far as the bundle tells. */
    public Optional<Problem> contradiction(Digest bundle) {
        return bundleDigest.equals(bundle) ? Optional.empty() : Optional.of(FleetProblems.idReused(this, bundle));
    }

    /** Whether a migration of the run waits for a person. */
    public boolean waitsForAPerson() {
        return members.stream()
                .anyMatch(member -> member.state()
                        .filter(found -> found == MigrationState.AWAITING_APPROVAL || found == MigrationState.PAUSED)
                        .isPresent());
    }

    public boolean has(MigrationState state) {
        return members.stream()
                .anyMatch(member -> member.state().filter(state::equals).isPresent());
    }

    /** Commands that take back what succeeded, newest wave first; whether to is for a person to decide. Empty unless it was stopped. */
    public List<String> reverts() {
        return state != FleetState.STOPPED
                ? List.of()
                : members.reversed().stream()
                        .filter(member -> member.isGood() && member.state().get() == MigrationState.SUCCEEDED)
                        .map(member -> "migrator revert " + member.migration())
                        .toList();
    }
}
