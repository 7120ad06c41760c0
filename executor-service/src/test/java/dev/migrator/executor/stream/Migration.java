package dev.migrator.executor.stream;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.PlanSummary;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Claim;
import dev.migrator.core.plan.Risk;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Statement;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.topics.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** One migration of a test, in the words of the domain. Asking for what is not there fails the test. */
final class Migration {
    private static final Digest BEFORE = Digest.ofText("before");

    final MigrationId id;
    final String environment;
    private final LifecycleBench bench;

    Migration(LifecycleBench bench, String id, String environment) {
        this.bench = bench;
        this.id = new MigrationId(id);
        this.environment = environment;
    }

    /** Publishes each fact where its service would. */
    Migration facts(Fact.OfMigration... facts) {
        for (Fact.OfMigration fact : facts) {
            bench.send(topic(fact), environment, Messages.of(fact));
        }
        return this;
    }

    Fact.Requested requested() {
        return new Fact.Requested(new ChangeRequest(
                id,
                environment,
                ChangeRequest.Intent.APPLY,
                Digest.ofText("bundle"),
                Optional.empty(),
                Optional.of(new byte[] {1, 2, 3}),
                "4be21d0",
                "alice"));
    }

    /** Two batches in one phase. */
    Fact.PlanProposed planned() {
        return new Fact.PlanProposed(
                id,
                1,
                new PlanSummary(
                        planDigest(),
                        "4be21d0/" + id + "/plan.json",
                        "4be21d0/" + id + "/bundle.json",
                        BEFORE,
                        List.of(new PlanSummary.PhaseSummary("all", 0, 2, 0)),
                        List.of(new Claim("kafka", "topic", Claim.Pattern.LITERAL, "orders", Claim.Access.WRITE)),
                        List.of("change of " + id),
                        2,
                        0,
                        0,
                        Risk.ADDITIVE,
                        List.of()));
    }

    Digest planDigest() {
        return Digest.ofText("plan of " + id);
    }

    /** No target refuses a part of the plan. */
    Fact.DryRunAnswered dryRun() {
        return new Fact.DryRunAnswered(
                id,
                1,
                planDigest(),
                new DryRunReport(
                        2,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        "4be21d0/" + id + "/dry-run.json",
                        Optional.of(Digest.ofText("d"))));
    }

    Fact.SnapshotStored snapshotted() {
        return new Fact.SnapshotStored(
                id, 1, planDigest(), "4be21d0/" + id + "/snapshot.json", Digest.ofText("s"), BEFORE, 7);
    }

    /** Signs as that console and publishes under that environment's key. */
    Migration approved(ApprovalSigner signer, String signedFor, String publishedUnder) {
        var statement = new Statement(signedFor, id, planDigest(), "bob", true, "fine", List.of());
        bench.send(Topics.APPROVALS, publishedUnder, statement.signed(signer.sign(statement)));
        return this;
    }

    Migration approved() {
        return approved(bench.console, environment, environment);
    }

    /** Done, in answer to the newest command. */
    Fact.Answered done() {
        var command = newestCommand();
        var kind = switch (command) {
            case WorkerCommand.CheckScope _ -> WorkerAnswer.Kind.CHECK_SCOPE;
            case WorkerCommand.ApplyBatch _ -> WorkerAnswer.Kind.APPLY_BATCH;
            case WorkerCommand.RevertBatch _ -> WorkerAnswer.Kind.REVERT_BATCH;
            case WorkerCommand.Close _ -> WorkerAnswer.Kind.CLOSE;
        };
        var batch = switch (command) {
            case WorkerCommand.ApplyBatch(var _, var number) -> number;
            case WorkerCommand.RevertBatch(var _, var number) -> number;
            case WorkerCommand.CheckScope _, WorkerCommand.Close _ -> -1;
        };
        var answer = new WorkerAnswer(
                id,
                command.envelope().position(),
                kind,
                batch,
                WorkerAnswer.Result.DONE,
                WorkerAnswer.Counts.NONE,
                batch < 0 ? Optional.of(BEFORE) : Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new Fact.Answered(
                command instanceof WorkerCommand.CheckScope
                        ? answer.with(new StoredObject("4be21d0/" + id + "/undo-kit.json", BEFORE))
                        : answer);
    }

    /** In answer to the newest question for a verdict. */
    Fact.PhaseVerified verified() {
        var asked = tasks(Effect.VerifyPhase.class).getLast();
        return new Fact.PhaseVerified(id, asked.epoch(), asked.phase(), "4be21d0/" + id + "/evidence.json");
    }

    WorkerCommand newestCommand() {
        return commands().getLast();
    }

    List<WorkerCommand> commands() {
        return ofThis(Topics.BATCHES).stream()
                .map(record -> Messages.command(record).orElseThrow())
                .toList();
    }

    /** In short: check, apply 0, revert 0, close. */
    List<String> commandsInShort() {
        return commands().stream()
                .map(command -> switch (command) {
                    case WorkerCommand.CheckScope _ -> "check";
                    case WorkerCommand.ApplyBatch(var _, var batch) -> "apply " + batch;
                    case WorkerCommand.RevertBatch(var _, var batch) -> "revert " + batch;
                    case WorkerCommand.Close _ -> "close";
                })
                .toList();
    }

    <T extends Effect> List<T> tasks(Class<T> type) {
        return ofThis(Topics.TASKS).stream()
                .flatMap(record -> Messages.effect(record).stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<MigrationStatus> statuses() {
        return ofThis(Topics.STATUS).stream()
                .flatMap(record -> Messages.effect(record).stream())
                .map(effect -> ((Effect.StatusChanged) effect).status())
                .toList();
    }

    List<MigrationState> states() {
        return statuses().stream().map(MigrationStatus::state).distinct().toList();
    }

    MigrationStatus status() {
        return statuses().getLast();
    }

    private List<SpecificRecord> ofThis(String topic) {
        return bench.raw(topic).stream()
                .filter(sent -> sent.key().equals(id.value()))
                .map(sent -> bench.decoded(sent.value()))
                .toList();
    }

    private static String topic(Fact.OfMigration fact) {
        return switch (fact) {
            case Fact.Requested _ -> LifecycleTopology.CHANGES_BY_ENVIRONMENT;
            case Fact.PlanProposed _, Fact.PlanRejected _, Fact.WorkDelayed _ -> Topics.PLANS;
            case Fact.SnapshotStored _, Fact.SnapshotFailed _ -> Topics.SNAPSHOTS;
            case Fact.Approval _ -> Topics.APPROVALS;
            case Fact.Commanded _, Fact.DrillOrdered _ -> Topics.COMMANDS;
            case Fact.Answered _, Fact.DryRunAnswered _, Fact.RehearsalAnswered _, Fact.DrillAnswered _ ->
                Topics.RESULTS;
            case Fact.MonitoringAnswered _, Fact.PhaseVerified _, Fact.AnomalyDetected _ -> Topics.VERDICTS;
            case Fact.RollbackCommanded _ -> Topics.ROLLBACKS;
        };
    }
}
