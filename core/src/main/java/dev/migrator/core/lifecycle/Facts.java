package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that is known of one migration: facts, and what was asked because of them. Bounded: batches are counted, not
 * listed, and scope and changes of the plan lie in {@link EnvironmentState}. Written with {@link FactsCodec}.
 *
 * @param early facts that belong to a request, plan or phase which is not known yet, in order of arrival
 * @param refused digests of the last refused facts, so that a repeated one is refused in silence
 * @param delays services that said they cannot go on with the open question
 * @param status as last published
 */
public record Facts(
        MigrationId id,
        Optional<ChangeRequest> change,
        List<EarlyFact> early,
        List<String> refused,
        Preparation preparation,
        List<Vote> votes,
        Orders orders,
        Execution execution,
        Report report,
        Optional<Outstanding> outstanding,
        SortedMap<String, Problem> delays,
        Optional<Ended> ended,
        Optional<MigrationStatus> status) {
    record EarlyFact(Fact.OfMigration fact, Instant heard) {}

    record Vote(Digest planDigest, String approver, boolean granted) {}

    record Ended(MigrationState state, Instant at) {}

    public Facts {
        early = List.copyOf(early);
        refused = List.copyOf(refused);
        votes = List.copyOf(votes);
        delays = Collections.unmodifiableSortedMap(new TreeMap<>(delays));
    }

    /** Nothing is known of this id. */
    public static Facts none(MigrationId id) {
        return new Facts(
                id,
                Optional.empty(),
                List.of(),
                List.of(),
                Preparation.NONE,
                List.of(),
                Orders.NONE,
                Execution.NONE,
                Report.NONE,
                Optional.empty(),
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return change.isEmpty() && early.isEmpty();
    }

    public boolean isEnded() {
        return ended.isPresent();
    }

    /** When a tick has something to do, as far as this migration alone is concerned; empty if never. */
    public Optional<Instant> due(LifecycleRules rules) {
        return Stream.of(
                        outstanding.map(Outstanding::deadline),
                        ended.isEmpty() ? orders.pause().map(Orders.Pause::deadline) : Optional.<Instant>empty(),
                        early.stream()
                                .map(EarlyFact::heard)
                                .min(Instant::compareTo)
                                .map(t -> t.plus(rules.earlyKept())),
                        ended.map(end -> end.at().plus(rules.endedKept())))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    Optional<PlanSummary> plan() {
        return preparation
                .plan()
                .flatMap(answer -> answer instanceof Preparation.PlanAnswer.Proposed proposed
                        ? Optional.of(proposed.plan())
                        : Optional.empty());
    }

    Optional<Preparation.SnapshotAnswer.Stored> snapshot() {
        return preparation
                .snapshot()
                .flatMap(answer -> answer instanceof Preparation.SnapshotAnswer.Stored stored
                        ? Optional.of(stored)
                        : Optional.empty());
    }

    /** Whether anything may have been written. */
    boolean isStarted() {
        return execution.start().isPresent();
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
                early,
                refused,
                preparation,
                votes,
                orders,
                execution,
                report,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts withEarly(List<EarlyFact> all) {
        return new Facts(
                id,
                change,
                all,
                refused,
                preparation,
                votes,
                orders,
                execution,
                report,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts withRefused(List<String> all) {
        return new Facts(
                id,
                change,
                early,
                all,
                preparation,
                votes,
                orders,
                execution,
                report,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts with(Preparation aPreparation) {
        return new Facts(
                id,
                change,
                early,
                refused,
                aPreparation,
                votes,
                orders,
                execution,
                report,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts withVotes(List<Vote> all) {
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                all,
                orders,
                execution,
                report,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts with(Orders anOrders) {
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                votes,
                anOrders,
                execution,
                report,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts with(Execution anExecution) {
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                votes,
                orders,
                anExecution,
                report,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts with(Report aReport) {
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                votes,
                orders,
                execution,
                aReport,
                outstanding,
                delays,
                ended,
                status);
    }

    Facts asking(Outstanding question) {
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                votes,
                orders,
                execution,
                report,
                Optional.of(question),
                delays,
                ended,
                status);
    }

    /** Nothing is open any more, so nobody is late with it either. */
    Facts answered() {
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                votes,
                orders,
                execution,
                report,
                Optional.empty(),
                Collections.emptySortedMap(),
                ended,
                status);
    }

    Facts delayed(String service, Problem problem) {
        var all = new TreeMap<>(delays);
        all.put(service, problem);
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                votes,
                orders,
                execution,
                report,
                outstanding,
                all,
                ended,
                status);
    }

    Facts ended(MigrationState state, Instant at) {
        return new Facts(
                id,
                change,
                List.of(),
                refused,
                preparation,
                votes,
                orders,
                execution,
                report,
                Optional.empty(),
                Collections.emptySortedMap(),
                Optional.of(new Ended(state, at)),
                status);
    }

    Facts with(MigrationStatus aStatus) {
        return new Facts(
                id,
                change,
                early,
                refused,
                preparation,
                votes,
                orders,
                execution,
                report,
                outstanding,
                delays,
                ended,
                Optional.of(aStatus));
    }
}
