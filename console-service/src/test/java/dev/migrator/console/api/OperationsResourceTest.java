package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.Operations;
import dev.migrator.console.work.Plans;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.OutcomesJson;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.objects.OutcomesKey;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.target.testkit.InMemoryTarget;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan of three batches: orders and refunds, then invoices, then payments. */
class OperationsResourceTest {
    private static final Problem NO = Problem.of("TGT-REFUSED", "no").about("refunds");

    private final OperationsResource resource = new OperationsResource();
    private final MemoryObjects objects = new MemoryObjects();
    private Plan plan;
    private long seq;

    @BeforeEach
    void open() {
        var target = InMemoryTarget.ofAllKinds("kafka");
        plan = dev.migrator.kit.testkit.Plans.plan(
                target,
                List.of(),
                dev.migrator.kit.testkit.Plans.phase(
                        0,
                        List.of(),
                        dev.migrator.kit.testkit.Plans.create("orders", "7"),
                        dev.migrator.kit.testkit.Plans.create("refunds", "7")),
                dev.migrator.kit.testkit.Plans.phase(
                        1, List.of(), dev.migrator.kit.testkit.Plans.create("invoices", "7")),
                dev.migrator.kit.testkit.Plans.phase(
                        2, List.of(), dev.migrator.kit.testkit.Plans.create("payments", "7")));
        objects.put(Statuses.PLAN_URI, PlanCodec.bytes(plan));
        resource.board = new StatusBoard();
        var plans = new Plans(objects, MemoryProvider.environments("kafka", "kafka"));
        resource.operations = new Operations(plans, objects);
        callerHas(Users.Role.values());
    }

    @Test
    void whatFailedIsToldBesideWhatSucceededAndWhatWasNeverBegun() {
        kept(WorkerAnswer.Kind.APPLY_BATCH, 0, applied("orders"), new Outcome.Failed(topic("refunds"), NO));
        status(MigrationState.EXECUTING, 0, WorkerAnswer.Counts.NONE);

        var page = page(0, 10);

        assertThat(page.get("direction")).isEqualTo(Value.of("apply"));
        assertThat(page.get("operations")).isEqualTo(Value.of(4));
        assertThat(page.get("more")).isEqualTo(Value.of(false));
        assertThat(outcomes(page))
                .containsExactly("orders applied", "refunds failed", "invoices open", "payments open");
        var refused = item(page, 1);
        assertThat(refused.get("number")).isEqualTo(Value.of(2));
        assertThat(refused.get("do")).isEqualTo(Value.of("create"));
        assertThat(refused.get("entry")).isEqualTo(Value.of("topic refunds (kafka)"));
        assertThat(CanonicalJson.text(refused.get("apply"))).contains("TGT-REFUSED");
        assertThat(refused.get("undo")).isEqualTo(Value.NULL);
    }

    @Test
    void onceUndoneBothDirectionsAreToldAndWhatWasNeverBegunIsNotCalledUndone() {
        kept(WorkerAnswer.Kind.APPLY_BATCH, 0, applied("orders"), applied("refunds"));
        kept(WorkerAnswer.Kind.APPLY_BATCH, 1, new Outcome.Failed(topic("invoices"), NO));
        kept(WorkerAnswer.Kind.REVERT_BATCH, 1, new Outcome.AlreadyApplied(topic("invoices"), ""));
        status(MigrationState.ROLLING_BACK, 1, new WorkerAnswer.Counts(0, 1, 0, 0, 0));

        var page = page(0, 10);

        assertThat(page.get("direction")).isEqualTo(Value.of("undo"));
        assertThat(outcomes(page))
                .containsExactly("orders open", "refunds open", "invoices already-applied", "payments not-applied");
        assertThat(is(item(page, 0), "apply")).isEqualTo("applied");
        assertThat(is(item(page, 2), "apply")).isEqualTo("failed");

        kept(
                WorkerAnswer.Kind.REVERT_BATCH,
                0,
                applied("orders"),
                new Outcome.Conflict(topic("refunds"), EntryState.ABSENT));
        status(MigrationState.ROLLBACK_INCOMPLETE, 0, new WorkerAnswer.Counts(1, 1, 0, 1, 0));

        assertThat(outcomes(page(0, 10)))
                .containsExactly(
                        "orders applied", "refunds conflict", "invoices already-applied", "payments not-applied");
    }

    @Test
    void whatWasAnsweredWhileTheBucketWasAwayIsNeverSaidToBeUntouched() {
        kept(WorkerAnswer.Kind.APPLY_BATCH, 1, applied("invoices"));
        status(MigrationState.EXECUTING, 2, WorkerAnswer.Counts.NONE);

        assertThat(outcomes(page(0, 10)))
                .containsExactly("orders not-kept", "refunds not-kept", "invoices applied", "payments open");

        status(MigrationState.ROLLED_BACK, 0, new WorkerAnswer.Counts(4, 0, 0, 0, 0));

        assertThat(outcomes(page(0, 10)))
                .containsExactly("orders not-kept", "refunds not-kept", "invoices not-kept", "payments not-kept");
    }

    @Test
    void ofACommandThatWasGivenAgainTheLastOutcomeCounts() {
        kept(WorkerAnswer.Kind.APPLY_BATCH, 1, new Outcome.Unknown(topic("invoices"), NO));
        kept(WorkerAnswer.Kind.APPLY_BATCH, 1, applied("invoices"));
        status(MigrationState.SUCCEEDED, 3, WorkerAnswer.Counts.NONE);

        assertThat(outcomes(page(2, 1))).containsExactly("invoices applied");
    }

    @Test
    void anObjectThatHoldsSomethingElseIsNamedBesideItsOperations() {
        kept(WorkerAnswer.Kind.APPLY_BATCH, 0, applied("orders"), applied("refunds"));
        var key = kept(WorkerAnswer.Kind.APPLY_BATCH, 1, applied("invoices"));
        objects.outsiderSets(key, "{}".getBytes(UTF_8));
        var other = "{\"batch\":2}".getBytes(UTF_8);
        objects.put(OutcomesKey.of("4be21d0", answer(WorkerAnswer.Kind.APPLY_BATCH, 2), Digest.of(other)), other);
        status(MigrationState.SUCCEEDED, 3, WorkerAnswer.Counts.NONE);

        var page = page(0, 10);

        assertThat(outcomes(page))
                .containsExactly("orders applied", "refunds applied", "invoices not-kept", "payments not-kept");
        assertThat(CanonicalJson.text(item(page, 2).get("apply"))).contains("OBJ-DIGEST");
        assertThat(CanonicalJson.text(item(page, 3).get("apply"))).contains("CON-OUTCOMES");
    }

    @Test
    void aPageHoldsWhatWasAskedForAndSaysWhetherThereIsMore() {
        status(MigrationState.EXECUTING, 0, WorkerAnswer.Counts.NONE);

        assertThat(outcomes(page(1, 2))).containsExactly("refunds open", "invoices open");
        assertThat(page(1, 2).get("more")).isEqualTo(Value.of(true));
        assertThat(page(2, 2).get("more")).isEqualTo(Value.of(false));
        assertThat(outcomes(page(4, 2))).isEmpty();
        assertThat(outcomes(read("action", 0, 10))).isEmpty();
        assertThat(outcomes(read("topic", 3, 10))).containsExactly("payments open");
        assertAnswered(400, "CON-REQUEST", () -> page(-1, 10));
        assertAnswered(400, "CON-REQUEST", () -> page(0, 0));
        assertAnswered(400, "CON-REQUEST", () -> page(0, 10_001));
    }

    @Test
    void withoutTheRoleTheMigrationThePlanOrTheBucketThereIsAProblemAndNoPage() {
        assertAnswered(404, "CON-UNKNOWN", () -> page(0, 10));
        resource.board.accept(Statuses.status("m-1", "test", 0, MigrationState.REQUESTED, Optional.empty()));
        assertThatThrownBy(() -> page(0, 10)).hasMessageContaining("CON-NO-PLAN");
        status(MigrationState.EXECUTING, 0, WorkerAnswer.Counts.NONE);
        objects.goAway();
        assertThatThrownBy(() -> page(0, 10))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(503));
        callerHas(EnumSet.complementOf(EnumSet.of(Users.Role.VIEWER)).toArray(Users.Role[]::new));
        assertAnswered(403, "CON-FORBIDDEN", () -> page(0, 10));
    }

    private void status(MigrationState state, int batchesDone, WorkerAnswer.Counts counts) {
        resource.board.accept(Statuses.progressed(
                Statuses.status("m-1", "test", ++seq, state, Optional.of(PlanCodec.digest(plan))),
                batchesDone,
                counts));
    }

    /** As the executor keeps them. */
    private String kept(WorkerAnswer.Kind kind, int batch, Outcome... outcomes) {
        var answer = answer(kind, batch);
        var bytes = OutcomesJson.bytes(answer, List.of(outcomes));
        var key = OutcomesKey.of("4be21d0", answer, Digest.of(bytes));
        objects.put(key, bytes);
        return key;
    }

    private WorkerAnswer answer(WorkerAnswer.Kind kind, int batch) {
        return new WorkerAnswer(
                new MigrationId("m-1"),
                new Position(1, ++seq),
                kind,
                batch,
                WorkerAnswer.Result.DONE,
                WorkerAnswer.Counts.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static dev.migrator.core.model.EntryKey topic(String name) {
        return dev.migrator.kit.testkit.Plans.topic(name);
    }

    private static Outcome applied(String topic) {
        return new Outcome.Applied(topic(topic), "id");
    }

    private Value.Obj page(int offset, int limit) {
        return read(null, offset, limit);
    }

    private Value.Obj read(String kind, int offset, int limit) {
        var answer = (StreamingOutput) resource.list("m-1", kind, offset, limit).getEntity();
        var bytes = new ByteArrayOutputStream();
        try {
            answer.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return (Value.Obj) CanonicalJson.parse(bytes.toByteArray());
    }

    private static List<String> outcomes(Value.Obj page) {
        return ((Value.Arr) page.get("items"))
                .items().stream()
                        .map(Value.Obj.class::cast)
                        .map(item ->
                                text(((Value.Arr) item.get("key")).items().getLast()) + " " + text(item.get("outcome")))
                        .toList();
    }

    private static Value.Obj item(Value.Obj page, int at) {
        return (Value.Obj) ((Value.Arr) page.get("items")).items().get(at);
    }

    private static String is(Value.Obj item, String direction) {
        return text(((Value.Obj) item.get(direction)).get("is"));
    }

    private static String text(Value value) {
        return ((Value.Text) value).value();
    }

    private static void assertAnswered(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiProblem.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.problem().code()).isEqualTo(code);
        });
    }

    private void callerHas(Users.Role... roles) {
        resource.caller = new Caller();
        resource.caller.is(new Users.User("alice", Set.of(roles)));
    }
}
