package dev.migrator.core.lifecycle;

import dev.migrator.core.environment.Protection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the writing went. Counters, not lists: batches are issued in order, one at a time.
 *
 * @param epoch of the next command or verification, from 1; see {@link Position}
 * @param seq of the last command, 0 before the first
 * @param start under which rules the writing began; empty before it
 * @param issued batches that the worker was ever told to apply: 0 to {@code issued - 1}
 * @param applied batches answered DONE
 * @param verified phases judged good, for the last time where they bake; also the number of the current one
 * @param evidence of the last judged phase
 * @param undo empty unless a rollback is decided
 * @param closed answer to Close
 * @param bakingSince when the current phase was judged good for the first time; empty while it does not bake
 * @param writingSince when the current phase began to be watched: its first batch was issued, the verifier was asked about the one
 *     before, or a person decided to go on; empty before the first write, and where no version noted it
 */
record Execution(
        int epoch,
        long seq,
        Optional<Start> start,
        int issued,
        int applied,
        int verified,
        Optional<String> evidence,
        Optional<Undo> undo,
        Optional<WorkerAnswer.Result> closed,
        Optional<Instant> bakingSince,
        Optional<Instant> writingSince) {
    static final Execution NONE = new Execution(
            1,
            0,
            Optional.empty(),
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * @param epoch the first one whose verdicts count: in which something was first written, or a person last decided to go on
     * @param drilled the drill that stood on the checklist then; empty if none was required
     * @param drill what was kept of it; empty if an older version began to write
     */
    record Start(Protection under, int epoch, Optional<String> drilled, Optional<StoredObject> drill) {}

    /**
     * @param begun whether its epoch runs; before, an apply may be unanswered
     * @param reverted batches answered, from the last issued one downwards
     * @param again batches of which the target refused something, to be reverted once more after all others, in this order
     */
    record Undo(boolean begun, int reverted, List<Refused> again) {
        static final Undo DECIDED = new Undo(false, 0, List.of());
        static final Undo BEGUN = new Undo(true, 0, List.of());

        /** @param counts of its first answer, in place of which those of the second come */
        record Refused(int batch, WorkerAnswer.Counts counts) {}

        Undo {
            again = List.copyOf(again);
        }

        /** The first answer to the next batch. */
        Undo revertedOne() {
            return new Undo(begun, reverted + 1, again);
        }

        /** The first answer to the next batch; the target refused something of it. */
        Undo refusedOne(int batch, WorkerAnswer.Counts counts) {
            var all = new ArrayList<>(again);
            all.add(new Refused(batch, counts));
            return new Undo(begun, reverted + 1, all);
        }

        /** The second answer to the first of those that were tried {@link #again}: there is no third. */
        Undo triedAgain() {
            return new Undo(begun, reverted, again.subList(1, again.size()));
        }
    }

    /** Since when the current phase is to be watched, at each look: since it began to be written, or somebody went on with it. */
    Optional<Instant> since() {
        return writingSince.or(() -> bakingSince);
    }

    Execution nextEpoch() {
        return new Execution(
                epoch + 1, seq, start, issued, applied, verified, evidence, undo, closed, bakingSince, writingSince);
    }

    Execution nextSeq() {
        return new Execution(
                epoch, seq + 1, start, issued, applied, verified, evidence, undo, closed, bakingSince, writingSince);
    }

    Execution started(Protection under, Optional<EnvironmentState.Drilled> last) {
        var drilled = last.map(EnvironmentState.Drilled::evidence);
        var now = Optional.of(new Start(under, epoch, drilled, last.flatMap(EnvironmentState.Drilled::kept)));
        return new Execution(
                epoch, seq, now, issued, applied, verified, evidence, undo, closed, bakingSince, writingSince);
    }

    /** A phase is not good after all, and none after it: they are judged again, in their order. A bake begins anew. */
    Execution unverified(int phase) {
        return phase >= verified
                ? this
                : new Execution(
                        epoch,
                        seq,
                        start,
                        issued,
                        applied,
                        phase,
                        evidence,
                        undo,
                        closed,
                        Optional.empty(),
                        writingSince);
    }

    /** What was found wrong so far counts no more: the current phase is judged anew. */
    Execution judgedAnew(Instant now) {
        var from = start.map(begun -> new Start(begun.under(), epoch + 1, begun.drilled(), begun.drill()));
        return new Execution(
                epoch + 1, seq, from, issued, applied, verified, evidence, undo, closed, bakingSince, Optional.of(now));
    }

    Execution issuing(int batch, Instant now) {
        var upTo = Math.max(issued, batch + 1);
        var since = writingSince.or(() -> Optional.of(now));
        return new Execution(epoch, seq, start, upTo, applied, verified, evidence, undo, closed, bakingSince, since);
    }

    Execution appliedOne() {
        return new Execution(
                epoch, seq, start, issued, applied + 1, verified, evidence, undo, closed, bakingSince, writingSince);
    }

    /** @param watched since when the next phase is watched */
    Execution verifiedOne(String evidenceUri, Optional<Instant> watched) {
        var uri = Optional.of(evidenceUri);
        return new Execution(
                epoch, seq, start, issued, applied, verified + 1, uri, undo, closed, Optional.empty(), watched);
    }

    /** Judged good for the first time. In an epoch of its own: that judgement, come twice, is no answer to the next. */
    Execution baking(String evidenceUri, Instant since) {
        return new Execution(
                epoch + 1,
                seq,
                start,
                issued,
                applied,
                verified,
                Optional.of(evidenceUri),
                undo,
                closed,
                Optional.of(since),
                writingSince);
    }

    Execution undoing(Undo progress) {
        return new Execution(
                epoch,
                seq,
                start,
                issued,
                applied,
                verified,
                evidence,
                Optional.of(progress),
                closed,
                Optional.empty(),
                Optional.empty());
    }

    Execution closed(WorkerAnswer.Result result) {
        return new Execution(
                epoch,
                seq,
                start,
                issued,
                applied,
                verified,
                evidence,
                undo,
                Optional.of(result),
                bakingSince,
                writingSince);
    }
}
