package dev.migrator.executor.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.OutcomesJson;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Plan;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.Execution;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import dev.migrator.kit.objects.OutcomesKey;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.target.TargetException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Carries out one command of the lifecycle and answers it. The command stays in its topic until its answer is in the log,
 * so a worker that dies in between is followed by one that does the same again, and finds what is already done.
 */
final class BatchWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(BatchWork.class);

    private final Function<String, Engine> engines;
    private final PlanSource plans;
    private final CommandIndex index;
    private final Lease lease;
    private final Takeover takeover;
    private final CallTimes times;
    private final ObjectStore objects;
    private final Publisher publisher;
    private final InventoryNotes inventory;
    private final KitKeeper kits;
    private final UndoReceipts receipts;
    private final RecentAnswers answered = new RecentAnswers();

    /** @param engines by environment */
    BatchWork(
            Function<String, Engine> engines,
            PlanSource plans,
            CommandIndex index,
            Lease lease,
            Takeover takeover,
            CallTimes times,
            ObjectStore objects,
            Publisher publisher,
            InventoryNotes inventory,
            KitKeeper kits,
            UndoReceipts receipts) {
        this.engines = engines;
        this.plans = plans;
        this.index = index;
        this.lease = lease;
        this.takeover = takeover;
        this.times = times;
        this.objects = objects;
        this.publisher = publisher;
        this.inventory = inventory;
        this.kits = kits;
        this.receipts = receipts;
    }

    @Override
    public void handle(Task task) throws InterruptedException {
        var command = Messages.command(task.value())
                .orElseThrow(() -> new ProblemException(Problem.of("WRK-COMMAND", "the record is no command")
                        .about(task.place())
                        .expected("CheckScope, ApplyBatch, RevertBatch or Close")
                        .found(task.value().getSchema().getName())));
        try (var _ = times.carryingOut(kind(command))) {
            takeover.await(task);
            var envelope = command.envelope();
            var known = answered.find(command);
            if (known.isPresent()
                    && index.isNewest(task.partition(), task.offset(), envelope.id(), envelope.position())) {
                lease.guard(task).check();
                LOG.infof("Command answered again: migrationId=%s, command=%s", envelope.id(), kind(command));
                send(command, known.get());
                return;
            }
            var refusal = receipts.refusal(command);
            if (refusal.isPresent()) {
                refuse(task, command, refusal.get());
                return;
            }
            var plan = plans.plan(envelope.planUri(), envelope.planDigest());
            answer(task, command, plan);
        } catch (EngineUnavailable e) {
            throw new Unavailable(e.problem(), e);
        } catch (TargetException.Fenced e) {
            // not an answer: the record stays, and whoever holds the partition now carries it out
            throw new Unavailable(e.problem(), e);
        } catch (ProblemException e) {
            LOG.errorf(
                    "A plan cannot be trusted: migrationId=%s, code=%s",
                    command.envelope().id(), e.problem().code());
            send(command, failed(command, e.problem()));
        }
    }

    private void answer(Task task, WorkerCommand command, Plan plan) throws EngineUnavailable, TargetException.Fenced {
        var environment = command.envelope().environment();
        var execution = engines.apply(environment)
                .execute(
                        command,
                        plan,
                        (id, position) -> index.isNewest(task.partition(), task.offset(), id, position),
                        receipts.guard(command, lease.guard(task)));
        if (command instanceof WorkerCommand.Close) {
            // asked again: begun while it was read, a success would be told of what is being undone
            var refusal = receipts.refusal(command);
            if (refusal.isPresent()) {
                refuse(task, command, refusal.get());
                return;
            }
        }
        inventory.note(command, plan, execution, lease.guard(task));
        var answer = keepKit(command, plan, keepOutcomes(command, execution));
        // whoever was cut off meanwhile is not believed any more: the lifecycle could move on while the next holder
        // writes
        lease.guard(task).check();
        LOG.infof(
                "Command done: migrationId=%s, command=%s, batch=%d, epoch=%d, seq=%d, result=%s",
                answer.id(),
                answer.kind(),
                answer.batch(),
                answer.position().epoch(),
                answer.position().seq(),
                answer.result());
        send(command, answer);
        answered.keep(answer);
    }

    private void refuse(Task task, WorkerCommand command, Problem why) throws TargetException.Fenced {
        lease.guard(task).check();
        LOG.infof(
                "Command not carried out: migrationId=%s, command=%s, code=%s",
                command.envelope().id(), kind(command), why.code());
        send(command, failed(command, why));
    }

    /** Unlike outcomes a kit is a condition: without the bucket the command waits, and nothing is written. */
    private WorkerAnswer keepKit(WorkerCommand command, Plan plan, WorkerAnswer answer) {
        if (!(command instanceof WorkerCommand.CheckScope check) || answer.result() != WorkerAnswer.Result.DONE) {
            return answer;
        }
        try {
            return answer.with(kits.keep(check, plan));
        } catch (TargetException.Refused e) {
            return failed(command, e.problem());
        } catch (TargetException e) {
            throw new Unavailable(e.problem(), e);
        }
    }

    /** Outcomes are evidence, not a condition: without the object store the answer goes out without them. */
    private WorkerAnswer keepOutcomes(WorkerCommand command, Execution execution) {
        if (execution.outcomes().isEmpty()) {
            return execution.answer();
        }
        var envelope = command.envelope();
        var bytes = OutcomesJson.bytes(execution.answer(), execution.outcomes());
        var uri = OutcomesKey.of(envelope.commit(), execution.answer(), dev.migrator.core.canonical.Digest.of(bytes));
        try {
            objects.put(uri, bytes);
            return execution.answerWith(uri);
        } catch (ObjectStoreUnavailable | ProblemException e) {
            LOG.warnf("Outcomes cannot be kept: migrationId=%s, error=%s", envelope.id(), e.getMessage());
            return execution.answer();
        }
    }

    private void send(WorkerCommand command, WorkerAnswer answer) {
        publisher.send(Topics.RESULTS, command.envelope().environment(), Messages.of(new Fact.Answered(answer)));
    }

    static WorkerAnswer.Kind kind(WorkerCommand command) {
        return switch (command) {
            case WorkerCommand.CheckScope _ -> WorkerAnswer.Kind.CHECK_SCOPE;
            case WorkerCommand.ApplyBatch _ -> WorkerAnswer.Kind.APPLY_BATCH;
            case WorkerCommand.RevertBatch _ -> WorkerAnswer.Kind.REVERT_BATCH;
            case WorkerCommand.Close _ -> WorkerAnswer.Kind.CLOSE;
        };
    }

    private static WorkerAnswer failed(WorkerCommand command, Problem problem) {
        var batch = switch (command) {
            case WorkerCommand.ApplyBatch(var _, var number) -> number;
            case WorkerCommand.RevertBatch(var _, var number) -> number;
            case WorkerCommand.CheckScope _, WorkerCommand.Close _ -> -1;
        };
        return new WorkerAnswer(
                command.envelope().id(),
                command.envelope().position(),
                kind(command),
                batch,
                WorkerAnswer.Result.FAILED,
                WorkerAnswer.Counts.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(problem),
                Optional.empty());
    }
}
