package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known of one migration: facts, and what was asked because of them. Bounded: batches are counted, not
 * listed, and scope and changes of the plan lie in {@link EnvironmentState}. Written with {@link FactsCodec}; compare the
 * bytes, as an inline bundle has no equality.
 *
 * @param status as last published
 */
public record Facts(
        MigrationId id,
        Optional<ChangeRequest> change,
        Inbox inbox,
        Preparation preparation,
        List<Vote> votes,
        Orders orders,
        Execution execution,
        Report report,
        Optional<Outstanding> outstanding,
        Optional<Ended> ended,
        Optional<MigrationStatus> status) {
    /** @param groups of the approver, ascending */
    record Vote(Digest planDigest, String approver, boolean granted, List<String> groups) {
        Vote {
            groups = List.copyOf(groups);
        }
    }

    record Ended(MigrationState state, Instant at) {}

    public Facts {
        votes = List.copyOf(votes);
    }

    /** Nothing is known of this id. */
    public static Facts none(MigrationId id) {
        return new Facts(
                id,
                Optional.empty(),
                Inbox.EMPTY,
                Preparation.NONE,
                List.of(),
                Orders.NONE,
                Execution.NONE,
                Report.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return change.isEmpty() && inbox.early().isEmpty();
    }

    public boolean isEnded() {
        return ended.isPresent();
    }

    /**
     * When a tick has something to do, as far as this migration alone is concerned; empty if never. A queued migration
     * also goes on when another one ends: see {@link Decision#wake}.
     */
    public Optional<Instant> due(LifecycleRules rules) {
        var pause = orders.pause().filter(_ -> !isEnded()).map(Orders.Pause::deadline);
        var baked = bakesUntil()
                .filter(_ ->
                        !isEnded() && outstanding.isEmpty() && orders.pause().isEmpty());
        var listening = preparation
                .listening()
                .flatMap(last -> last.again(rules))
                .filter(_ -> !isEnded() && !isStarted() && outstanding.isEmpty());
        var expiry = inbox.early().stream().map(Inbox.Early::heard).min(Instant::compareTo);
        return Stream.of(
                        outstanding.filter(_ -> !isVerificationPaused()).map(Outstanding::deadline),
                        pause,
                        baked,
                        listening,
                        expiry.map(heard -> heard.plus(rules.earlyKept())),
                        ended.map(end -> end.at().plus(rules.endedKept())))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    Optional<PlanSummary> plan() {
        return preparation.plan().flatMap(Preparation.PlanAnswer::plan);
    }

    Optional<Preparation.SnapshotAnswer.Stored> snapshot() {
        return preparation.snapshot().flatMap(Preparation.SnapshotAnswer::stored);
    }

    /** What the worker left in the bucket before the first write. */
    Optional<StoredObject> undoKit() {
        return preparation
                .check()
                .flatMap(check ->
                        check instanceof Preparation.ScopeCheck.Unchanged(var _, var kit) ? kit : Optional.empty());
    }

    /** Whether everything on the checklist held, and the first write is next or done. */
    boolean isStarted() {
        return execution.start().isPresent();
    }

    /** Whether the worker was ever told to write. */
    boolean isAnythingIssued() {
        return execution.issued() > 0;
    }

    /** Somebody looks for themselves: the verifier is neither asked again nor is its silence a "no". */
    boolean isVerificationPaused() {
        return orders.pause().isPresent() && isVerificationPending();
    }

    /** The verifier is asked, and has not answered yet. */
    boolean isVerificationPending() {
        return outstanding
                .filter(open -> open.question() instanceof Question.Verify)
                .isPresent();
    }

    /** When the current phase has baked; empty while none bakes. It may be over, and its last verification under way. */
    Optional<Instant> bakesUntil() {
        return execution
                .bakingSince()
                .flatMap(since -> plan().map(PlanSummary::phases)
                        .map(phases -> phases.get(execution.verified()))
                        .flatMap(PlanSummary.PhaseSummary::bake)
                        .map(bake -> bake.after(since)));
    }

    boolean isRollbackDecided() {
        return execution.undo().isPresent();
    }

    /** All phases are judged good and the worker is told to finish: from here there is no way back. */
    boolean isClosing() {
        return !isRollbackDecided() && (execution.closed().isPresent() || isOpen(new Question.Close(false)));
    }

    boolean isOpen(Question question) {
        return outstanding.filter(open -> open.question().equals(question)).isPresent();
    }

    boolean isApplyUnanswered() {
        return outstanding.filter(Outstanding::isUnansweredApply).isPresent();
    }

    Facts with(ChangeRequest aChange) {
        return new Facts(
                id,
                Optional.of(aChange),
                inbox,
                preparation,
                votes,
                orders,
                execution,
                report,
                outstanding,
                ended,
                status);
    }

    Facts with(Inbox anInbox) {
        return new Facts(
                id, change, anInbox, preparation, votes, orders, execution, report, outstanding, ended, status);
    }

    Facts with(Preparation aPreparation) {
        return new Facts(id, change, inbox, aPreparation, votes, orders, execution, report, outstanding, ended, status);
    }

    Facts with(List<Vote> all) {
        return new Facts(id, change, inbox, preparation, all, orders, execution, report, outstanding, ended, status);
    }

    Facts with(Orders anOrders) {
        return new Facts(
                id, change, inbox, preparation, votes, anOrders, execution, report, outstanding, ended, status);
    }

    Facts with(Execution anExecution) {
        return new Facts(
                id, change, inbox, preparation, votes, orders, anExecution, report, outstanding, ended, status);
    }

    Facts with(Report aReport) {
        return new Facts(id, change, inbox, preparation, votes, orders, execution, aReport, outstanding, ended, status);
    }

    Facts asking(Outstanding question) {
        return asking(Optional.of(question));
    }

    /** Nothing is open any more. */
    Facts answered() {
        return asking(Optional.empty());
    }

    private Facts asking(Optional<Outstanding> question) {
        return new Facts(id, change, inbox, preparation, votes, orders, execution, report, question, ended, status);
    }

    Facts ended(MigrationState state, Instant at) {
        var end = Optional.of(new Ended(state, at));
        return new Facts(
                id,
                change,
                inbox.withoutEarly(),
                preparation,
                votes,
                orders,
                execution,
                report,
                Optional.empty(),
                end,
                status);
    }

    Facts with(MigrationStatus aStatus) {
        var published = Optional.of(aStatus);
        return new Facts(
                id, change, inbox, preparation, votes, orders, execution, report, outstanding, ended, published);
    }
}
