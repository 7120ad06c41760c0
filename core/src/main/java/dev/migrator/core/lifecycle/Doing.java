package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.EnvironmentState.Hold;
import dev.migrator.core.lifecycle.EnvironmentState.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Carries out the step that {@link NextStep} chose, within a turn. */
final class Doing {
    private Doing() {}

    /** @return false if there was nothing to do */
    static boolean take(Turn turn, Step step) {
        switch (step) {
            case Step.Wait _ -> {
                return false;
            }
            case Step.Ask(var question) -> {
                if (turn.facts.isOpen(question)) {
                    return false;
                }
                ask(turn, question);
            }
            case Step.PlanAnew(var why) -> planAnew(turn, why);
            case Step.Enqueue _ -> move(turn, Place.QUEUED, "queued");
            case Step.TakeScope _ -> move(turn, Place.HOLDING, "scope-taken");
            case Step.LeaveQueue _ -> leaveQueue(turn);
            case Step.Start _ -> start(turn);
            case Step.DecideRollback(var why) -> turn.rollBack(List.of(why), Turn.LIFECYCLE);
            case Step.BeginUndoing _ -> beginUndoing(turn);
            case Step.End(var state, var problems) -> end(turn, state, problems);
        }
        return true;
    }

    /** Publishes what is overdue again: same content, same position. */
    static void repeat(Turn turn) {
        var open = turn.facts.outstanding();
        if (open.isEmpty() || turn.now.isBefore(open.get().deadline()) || turn.facts.isVerificationPaused()) {
            return;
        }
        var question = open.get().question();
        var attempt = open.get().attempt();
        if (question.isCommand() && !open.get().isAtWorker()) {
            issueAnew(turn, question, attempt);
        } else if (question instanceof Question.Verify(int phase) && attempt >= turn.rules.verifyAttempts()) {
            turn.foundWrong(phase, List.of(Mishaps.verificationSilent(phase, attempt)), Turn.LIFECYCLE);
        } else {
            var again = open.get().again(deadline(turn, question, attempt + 1));
            turn.facts = turn.facts.asking(again);
            turn.publish(Asking.effect(turn.facts, again, turn.rules));
        }
    }

    /** Superseded, a batch is not at the worker: to issue it during a pause would be to write during a pause. */
    private static void issueAnew(Turn turn, Question question, int attempt) {
        var paused = turn.facts.orders().pause().isPresent();
        if (!(question instanceof Question.Apply && paused)) {
            issue(turn, question, attempt);
        }
    }

    private static void ask(Turn turn, Question question) {
        turn.facts = turn.facts.answered();
        if (question instanceof Question.Rehearsal) {
            turn.environment = turn.environment.rehearsing(turn.facts.id());
        }
        if (question instanceof Question.Monitoring) {
            var preparation = turn.facts.preparation();
            turn.facts = turn.facts.with(preparation.with(Listening.asked(preparation.listening(), turn.now)));
        }
        issue(turn, question, 1);
    }

    private static void issue(Turn turn, Question question, int attempt) {
        var execution = turn.facts.execution();
        var position = Optional.<Position>empty();
        if (question.isCommand()) {
            execution = execution.nextSeq();
            position = Optional.of(new Position(execution.epoch(), execution.seq()));
        }
        if (question instanceof Question.Apply(int batch)) {
            execution = execution.issuing(batch, turn.now);
        }
        var open = new Outstanding(question, position, attempt, deadline(turn, question, attempt), Optional.empty());
        turn.facts = turn.facts.with(execution).asking(open);
        turn.publish(Asking.effect(turn.facts, open, turn.rules));
        turn.audit(
                "asked",
                Turn.LIFECYCLE,
                question.toString(),
                position.map(Position::toString).orElse(""));
    }

    private static java.time.Instant deadline(Turn turn, Question question, int attempt) {
        Duration wait = (question.isCommand() ? turn.rules.commands() : turn.rules.tasks()).after(attempt);
        return turn.now.plus(wait);
    }

    private static void planAnew(Turn turn, Problem why) {
        turn.audit("planned-anew", Turn.LIFECYCLE, why);
        if (turn.environment.placeOf(turn.facts.id()) == Place.HOLDING) {
            // still in the queue: whoever came later and overlaps would only make the next plan stale too
            move(turn, Place.QUEUED, "scope-given-back");
        }
        turn.environment = turn.environment.rehearsed(turn.facts.id());
        turn.facts = turn.facts
                .answered()
                .with(turn.facts.preparation().nextRevision())
                .with(turn.facts.execution().nextEpoch());
    }

    private static void move(Turn turn, Place place, String decision) {
        turn.environment = turn.environment.at(turn.facts.id(), place);
        turn.audit(decision, Turn.LIFECYCLE);
    }

    private static void leaveQueue(Turn turn) {
        if (turn.facts
                .outstanding()
                .filter(open -> open.question().isCommand() || open.question() instanceof Question.Monitoring)
                .isPresent()) {
            turn.facts = turn.facts.answered();
        }
        turn.facts = turn.facts.with(turn.facts.preparation().withoutCheck());
        move(turn, Place.PREPARING, "queue-left");
    }

    private static void start(Turn turn) {
        var change = turn.facts.change().orElseThrow();
        var protection = turn.rules.protection(change.environment()).orElseThrow();
        var drilled = Drilling.proof(turn.environment, turn.facts, turn.now, turn.rules);
        turn.facts = turn.facts.with(turn.facts.execution().started(protection, drilled));
        turn.audit(
                "started",
                Turn.LIFECYCLE,
                Checklist.of(turn.environment, turn.facts, turn.now, turn.rules).stream()
                        .map(line -> line.name() + " " + line.mark() + ": " + line.evidence())
                        .toArray(String[]::new));
    }

    private static void beginUndoing(Turn turn) {
        turn.facts = turn.facts
                .answered()
                .with(turn.facts.execution().nextEpoch().undoing(Execution.Undo.BEGUN))
                .with(turn.facts.report().startedOver());
        turn.audit("undoing", Turn.LIFECYCLE, turn.facts.execution().issued() + " batches, the last one first");
    }

    static void end(Turn turn, MigrationState state, Problem why) {
        end(turn, state, List.of(why));
    }

    private static void end(Turn turn, MigrationState state, List<Problem> problems) {
        var id = turn.facts.id();
        if (turn.facts.isRollbackDecided() && turn.facts.isAnythingIssued()) {
            var changes = turn.environment.members().get(id).changes();
            turn.environment = turn.environment.holding(id, new Hold(changes, turn.now));
            turn.audit("changes-held", Turn.LIFECYCLE, changes.size() + " changes; the approval is spent");
        }
        if (state == MigrationState.SUCCEEDED) {
            holdTakenBack(turn, id);
        }
        turn.environment = turn.environment.left(id);
        turn.facts = turn.facts
                .with(turn.facts.report().with(problems))
                .with(turn.facts.change().orElseThrow().withoutInlineBundle())
                .ended(state, turn.now);
        turn.audit("ended", Turn.LIFECYCLE, state.name());
    }

    /** What a revert has taken back stays so, like what was rolled back. */
    private static void holdTakenBack(Turn turn, MigrationId id) {
        turn.environment.members().get(id).undoes().ifPresent(changes -> {
            turn.environment = turn.environment.holding(id, new Hold(changes, turn.now));
            turn.audit("changes-held", Turn.LIFECYCLE, changes.size() + " changes that were taken back");
        });
    }
}
