package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Claim;
import dev.migrator.core.plan.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One migration of a test, in the words of the domain. Asking for what is not there fails the test. */
final class Driver {
    static final Digest BEFORE = Digest.ofText("before");
    static final Problem OOPS = Problem.of("TST-OOPS", "something is wrong");

    final Shell shell;
    final MigrationId id;
    private final String environment;
    private String topic;
    private int requests;
    private int[] batchesOfPhases = {2, 1};
    private String salt = "";
    private Digest before = BEFORE;
    private final List<ApprovalNeed> needs = new ArrayList<>();
    private Optional<Instant> judgedUntil = Optional.empty();
    private Optional<StoredObject> surroundings = Optional.empty();
    private List<String> rehearsedFor = List.of();

    Driver(Shell shell, String id, String environment) {
        this.shell = shell;
        this.id = new MigrationId(id);
        this.environment = environment;
        this.topic = "topic-of-" + id;
    }

    static Driver inTest() {
        return new Driver(new Shell(), "m-1", "test");
    }

    static Driver inProduction() {
        return new Driver(new Shell(), "m-1", "production");
    }

    Driver writing(String aTopic) {
        topic = aTopic;
        return this;
    }

    Driver inPhases(int... batches) {
        batchesOfPhases = batches;
        return this;
    }

    /** How long the phases of the next plans bake, as in {@code 10m}; those that are not named do not. */
    Driver baking(String... bakesOfPhases) {
        bakes = List.of(bakesOfPhases);
        return this;
    }

    private Optional<Bake> bake(int phase) {
        return phase < bakes.size() ? Optional.of(Bake.parse(bakes.get(phase))) : Optional.empty();
    }

    /** From now on plans have other bytes. */
    Driver planningOtherwise(String aSalt) {
        salt = aSalt;
        return this;
    }

    /** The plan makes so many entries known, all of them adopted. */
    Driver adopting(int entries) {
        ownership = Optional.of(new PlanSummary.Ownership(entries, entries, 0));
        return this;
    }

    Driver targetChangesTo(String state) {
        before = Digest.ofText(state);
        return this;
    }

    private Optional<PlanSummary.Ownership> ownership = Optional.empty();
    private List<String> undoes = List.of();
    private List<String> bakes = List.of();

    ChangeRequest change() {
        return new ChangeRequest(
                id,
                environment,
                ChangeRequest.Intent.APPLY,
                Digest.ofText("bundle"),
                Optional.empty(),
                Optional.of(new byte[] {1, 2, 3}),
                "4be21d0",
                "alice");
    }

    PlanSummary plan() {
        var phases = new ArrayList<PlanSummary.PhaseSummary>();
        int first = 0;
        for (int i = 0; i < batchesOfPhases.length; i++) {
            phases.add(new PlanSummary.PhaseSummary("phase-" + i, first, batchesOfPhases[i], 0, bake(i)));
            first += batchesOfPhases[i];
        }
        return new PlanSummary(
                Digest.ofText("plan of " + topic + salt),
                "4be21d0/" + id + "/plan.json",
                "4be21d0/" + id + "/bundle.json",
                before,
                phases,
                List.of(new Claim("kafka", "topic", Claim.Pattern.LITERAL, topic, Claim.Access.WRITE)),
                List.of("change of " + topic + salt),
                1,
                0,
                0,
                Risk.ADDITIVE,
                List.of(),
                ownership,
                List.copyOf(needs),
                judgedUntil,
                surroundings,
                undoes,
                rehearsedFor);
    }

    /** That policy asks for a rehearsal of the next plans. */
    Driver rehearsedFor(String policy) {
        rehearsedFor = List.of(policy);
        return this;
    }

    Fact.RehearsalAnswered rehearsal(int revision, RehearsalReport report) {
        return new Fact.RehearsalAnswered(id, revision, plan().planDigest(), Digest.ofText("s"), report);
    }

    /** All operations as predicted, with evidence. */
    RehearsalReport rehearsedWell() {
        return new RehearsalReport(
                3,
                3,
                1,
                List.of("check orders-flow: smoke checks are not run in a rehearsal"),
                Optional.empty(),
                "4be21d0/" + id + "/rehearsal.json",
                Optional.of(Digest.ofText("r")));
    }

    Driver rehearsed() {
        return give(rehearsal(revision(), rehearsedWell()));
    }

    /** The next plans take back what another migration of the test has changed. */
    Driver takingBack(String aTopic) {
        undoes = List.of("change of " + aTopic);
        return this;
    }

    /** What the planner sees around the next plans. */
    Driver surroundings(String text) {
        surroundings = Optional.of(new StoredObject("4be21d0/" + id + "/around.json", Digest.ofText(text)));
        return this;
    }

    /** Policies ask for so many approvals of a group; empty for anyone. */
    Driver needing(int count, String group) {
        needs.add(new ApprovalNeed(count, group, "policy-" + group));
        return this;
    }

    /** What the policies say of the next plans holds until then. */
    Driver judgedUntil(Optional<Instant> time) {
        judgedUntil = time;
        return this;
    }

    Driver give(Fact.OfMigration fact) {
        shell.give(environment, fact);
        return this;
    }

    Driver requested() {
        return give(new Fact.Requested(change()));
    }

    /** Planned, and no target refuses a part of it. */
    Driver planned() {
        return planned(revision()).give(dryRun(revision()));
    }

    Driver planned(int revision) {
        return give(new Fact.PlanProposed(id, revision, plan()));
    }

    Fact.DryRunAnswered dryRun(int revision) {
        return dryRun(
                revision,
                new DryRunReport(
                        1,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        "4be21d0/" + id + "/dry-run.json",
                        Optional.of(Digest.ofText("d"))));
    }

    Fact.DryRunAnswered dryRun(int revision, DryRunReport report) {
        return new Fact.DryRunAnswered(id, revision, plan().planDigest(), report);
    }

    Driver snapshotted() {
        return snapshotted(before);
    }

    Driver snapshotted(Digest stateHash) {
        return give(snapshot(revision(), stateHash));
    }

    Fact.SnapshotStored snapshot(int revision, Digest stateHash) {
        return new Fact.SnapshotStored(
                id,
                revision,
                plan().planDigest(),
                "snapshots/production/20260102T030405Z-" + id + "/manifest.json",
                Digest.ofText("s"),
                stateHash,
                7);
    }

    Driver approvedBy(String who) {
        return approvedBy(who, List.of());
    }

    Driver approvedBy(String who, List<String> groups) {
        return give(new Fact.Approval(id, plan().planDigest(), who, true, "fine", groups));
    }

    Driver deniedBy(String who) {
        return give(new Fact.Approval(id, plan().planDigest(), who, false, "no"));
    }

    Driver commanded(Command command) {
        return commanded(command, "because");
    }

    Driver commanded(Command command, String reason) {
        return give(new Fact.Commanded(id, "r-" + ++requests, command, "carol", reason));
    }

    /** Answers the newest command. */
    Driver answered(Result result) {
        return give(answer(command(), result));
    }

    Driver answeredDone(int times) {
        for (int i = 0; i < times; i++) {
            answered(Result.DONE);
        }
        return this;
    }

    Fact.Answered answer(WorkerCommand command, Result result) {
        return answer(command, result, Optional.of(before));
    }

    Fact.Answered answer(WorkerCommand command, Result result, Optional<Digest> hash) {
        return Answers.to(command, result, hash, "topic " + topic + " differs");
    }

    Driver verified(int phase) {
        return give(new Fact.PhaseVerified(id, epoch(), phase, "4be21d0/" + id + "/evidence-" + phase + ".json"));
    }

    Driver passing(Duration time) {
        shell.pass(time);
        return this;
    }

    /** Up to the point where the first batch is at the worker. */
    Driver started() {
        requested().planned().snapshotted();
        if (environment.equals("production")) {
            approvedBy("bob");
        }
        return answered(Result.DONE);
    }

    /** From the start to the end without trouble. */
    Driver succeeding() {
        for (int phase = 0; phase < batchesOfPhases.length; phase++) {
            answeredDone(batchesOfPhases[phase]).verified(phase);
        }
        return answered(Result.DONE);
    }

    /** From the first revert to the end without trouble. */
    Driver undone() {
        while (command() instanceof WorkerCommand.RevertBatch) {
            answered(Result.DONE);
        }
        return answered(Result.DONE);
    }

    Facts facts() {
        return shell.facts(environment, id);
    }

    EnvironmentState environment() {
        return shell.environment(environment);
    }

    int revision() {
        return facts().preparation().revision();
    }

    int epoch() {
        return facts().execution().epoch();
    }

    MigrationStatus status() {
        return shell.status(id).orElseThrow(() -> new AssertionError("no status of " + id));
    }

    MigrationState state() {
        return status().state();
    }

    ChecklistLine line(String name) {
        return status().checklist().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + name));
    }

    /** The newest command to the worker. */
    WorkerCommand command() {
        return commands().getLast();
    }

    List<WorkerCommand> commands() {
        return shell.effects.stream()
                .filter(effect -> effect instanceof Effect.Command(var command)
                        && command.envelope().id().equals(id))
                .map(effect -> ((Effect.Command) effect).command())
                .toList();
    }

    /** Commands in short: check, apply 0, revert 0, close, close-back. */
    List<String> commandsInShort() {
        return commands().stream()
                .map(command -> switch (command) {
                    case WorkerCommand.CheckScope _ -> "check";
                    case WorkerCommand.ApplyBatch apply -> "apply " + apply.batch();
                    case WorkerCommand.RevertBatch revert -> "revert " + revert.batch();
                    case WorkerCommand.Close close -> close.rolledBack() ? "close-back" : "close";
                })
                .toList();
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return shell.effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> auditedProblems() {
        return effects(Effect.Audited.class).stream()
                .flatMap(audited -> audited.problem().stream())
                .map(Problem::code)
                .toList();
    }

    List<String> problemCodes(String... expected) {
        var codes = status().problems().stream().map(Problem::code).toList();
        if (!codes.containsAll(Arrays.asList(expected))) {
            throw new AssertionError("expected " + Arrays.toString(expected) + ", found " + status().problems());
        }
        return codes;
    }
}
