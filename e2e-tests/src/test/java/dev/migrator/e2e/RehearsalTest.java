package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.roundTrip;
import static dev.migrator.e2e.Bundles.schema;
import static dev.migrator.e2e.Bundles.schemaReadable;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.RehearsalAnswered;
import dev.migrator.kit.topics.Topics;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What deletes something in production, or can lose data, is done and undone on a broker, a registry and a database of their
 * own first. On a stack of its own, with the policies that are in force by default.
 */
@Tag("e2e")
@Order(40)
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RehearsalTest {
    private static final String WRITER = "User:migrator-write";
    private static final String WEEK = "retention.ms: 604800000";
    private static final String DAY = "retention.ms: 86400000";
    private static final String ITEM =
            "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";
    private static final String LINE =
            "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[{\"name\":\"item\",\"type\":\"Item\"}]}";
    private static final String ORDER =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"line\",\"type\":\"Line\"}]}";

    private static SharedStack stack;
    private static Migrations migrations;

    @BeforeAll
    static void up() {
        stack = SharedStack.rehearsing();
        migrations = stack.migrations();
    }

    @AfterAll
    static void down() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void whatOnlyAddsIsNotRehearsedAndWhatDeletesIsAndGoesToProductionOnceItCameBack() throws Exception {
        migrations.submit(
                "rehearsal-1",
                "production",
                Bundles.of(
                        topic("rehearsal.orders", WEEK),
                        topic("rehearsal.legacy"),
                        schema("rehearsal-Item", "1", ITEM),
                        line(),
                        role(5)));
        var added = migrations.await("rehearsal-1", MigrationState.AWAITING_APPROVAL);
        assertThat(line(added).mark()).isEqualTo(ChecklistLine.Mark.NOT_REQUIRED);
        migrations.approve("rehearsal-1");
        migrations.await("rehearsal-1", MigrationState.SUCCEEDED);
        stack.cluster("production").write("rehearsal.legacy", Instant.now(), 3);

        migrations.submit(
                "rehearsal-2",
                "production",
                Bundles.of(
                        topic("rehearsal.orders", DAY),
                        topic("rehearsal.new"),
                        absent("rehearsal.legacy"),
                        schema("rehearsal-Item", "1", ITEM),
                        line(),
                        order(),
                        roundTrip("rehearsal-flow", "rehearsal.orders"),
                        roundTrip("rehearsal-new-flow", "rehearsal.new"),
                        schemaReadable("rehearsal-readable", "rehearsal-Order"),
                        role(7)));
        var waiting = migrations.await("rehearsal-2", MigrationState.AWAITING_APPROVAL);

        var line = line(waiting);
        assertThat(line.mark()).as(line.evidence()).isEqualTo(ChecklistLine.Mark.PASSED);
        assertThat(line.evidence())
                .contains("operations came out as predicted (100 %)")
                .contains(waiting.planDigest().orElseThrow().brief())
                .contains(waiting.beforeHash().orElseThrow().brief())
                .contains("no records are there");
        var answer = answer("rehearsal-2");
        assertThat(line.evidence()).contains(answer.getDigest() + " at " + answer.getUri());
        assertThat(stack.object(answer.getUri()))
                .contains(
                        "\"passed\":true",
                        "rehearsal.legacy",
                        "rehearsal_reports",
                        "rehearsal-Order",
                        "\"rehearsalEnvironment\":\"rehearsal\"",
                        "{\"check\":\"rehearsal-flow\",\"evidence\":\"wrote 1024 bytes to rehearsal.orders-",
                        "{\"check\":\"rehearsal-new-flow\",\"evidence\":\"wrote 1024 bytes to rehearsal.new-",
                        "{\"check\":\"rehearsal-readable\",\"evidence\":\"");
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "rehearsal-2"))
                .as("nothing was written to production for it")
                .isEmpty();
        assertThat(stack.cluster("rehearsal").topics("rehearsal."))
                .as("all is gone there")
                .isEmpty();

        migrations.approve("rehearsal-2");
        approveAsOwner("rehearsal-2");
        var done = migrations.await("rehearsal-2", MigrationState.SUCCEEDED);
        assertThat(line(done).mark()).isEqualTo(ChecklistLine.Mark.PASSED);
        assertThat(stack.cluster("production").configs("rehearsal.orders")).containsEntry("retention.ms", "86400000");
        assertThat(stack.cluster("production").topics("rehearsal.")).containsKey("rehearsal.new");
    }

    @Test
    @Order(2)
    void whatTheRehearsalBrokerRefusesIsRejectedAndProductionStaysAsItWas() throws Exception {
        var before = stack.cluster("production").configs("rehearsal.orders");
        stack.cluster("rehearsal").deny(WRITER, AclOperation.ALTER_CONFIGS, "rehearsal.orders");
        try {
            migrations.submit(
                    "rehearsal-3",
                    "production",
                    Bundles.of(
                            topic("rehearsal.orders", "retention.ms: 3600000"),
                            topic("rehearsal.new"),
                            schema("rehearsal-Item", "1", ITEM),
                            line(),
                            order(),
                            role(7)));
            var end = migrations.await("rehearsal-3", MigrationState.REJECTED);

            assertThat(end.problems()).extracting(Problem::code).containsExactly("REH-REFUSED");
            assertThat(end.problems().getFirst().thing()).contains("rehearsal.orders");
            assertThat(stack.object(answer("rehearsal-3").getUri())).contains("\"passed\":false");
            assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "rehearsal-3"))
                    .isEmpty();
            assertThat(stack.cluster("production").configs("rehearsal.orders")).isEqualTo(before);
        } finally {
            stack.cluster("rehearsal").allowAgain(WRITER, AclOperation.ALTER_CONFIGS, "rehearsal.orders");
        }
    }

    @Test
    @Order(3)
    void whatCannotBeRolledBackThereIsRejectedAndProductionStaysAsItWas() throws Exception {
        var before = stack.cluster("production").topics("rehearsal.");
        stack.cluster("rehearsal").deny(WRITER, AclOperation.DELETE, "rehearsal.stuck");
        try {
            migrations.submit(
                    "rehearsal-4",
                    "production",
                    Bundles.of(
                            topic("rehearsal.orders", "retention.ms: 3600000"),
                            topic("rehearsal.new"),
                            topic("rehearsal.stuck"),
                            schema("rehearsal-Item", "1", ITEM),
                            line(),
                            order(),
                            role(7)));
            var end = migrations.await("rehearsal-4", MigrationState.REJECTED);

            assertThat(end.problems()).extracting(Problem::code).containsExactly("REH-NOT-UNDONE");
            assertThat(end.problems().getFirst().thing()).contains("rehearsal.stuck");
            assertThat(stack.cluster("production").topics("rehearsal.")).isEqualTo(before);
        } finally {
            stack.cluster("rehearsal").allowAgain(WRITER, AclOperation.DELETE, "rehearsal.stuck");
        }
    }

    @Test
    @Order(4)
    void aCheckThatFailsThereIsFoundBeforeAnythingIsWrittenToProduction() throws Exception {
        var before = stack.cluster("production").configs("rehearsal.orders");

        migrations.submit(
                "rehearsal-6",
                "production",
                Bundles.of(
                        topic("rehearsal.orders", "retention.ms: 3600000"),
                        topic("rehearsal.new"),
                        schema("rehearsal-Item", "1", ITEM),
                        line(),
                        order(),
                        // with what is around it, more than a broker takes unless its topic says so
                        roundTrip("rehearsal-flow", "rehearsal.orders").replace("1024", "1048576"),
                        role(7)));
        var end = migrations.await("rehearsal-6", MigrationState.REJECTED);

        assertThat(end.problems()).extracting(Problem::code).containsExactly("REH-CHECK");
        assertThat(end.problems().getFirst().found()).contains("CHK-RECORD-TOO-LARGE");
        assertThat(stack.cluster("production").configs("rehearsal.orders")).isEqualTo(before);
        assertThat(stack.cluster("rehearsal").topics("rehearsal."))
                .doesNotContainKeys("rehearsal.orders", "rehearsal.new");
    }

    @Test
    @Order(5)
    void nothingIsSubmittedToTheRehearsalEnvironmentItself() {
        migrations.submit("rehearsal-5", "rehearsal", Bundles.of(topic("rehearsal.direct")));

        var end = migrations.await("rehearsal-5", MigrationState.REJECTED);

        assertThat(end.problems()).extracting(Problem::code).containsExactly("CHG-REHEARSAL");
    }

    private static void approveAsOwner(String id) {
        var plan = migrations.status(id).flatMap(MigrationStatus::planDigest).orElseThrow();
        migrations.await(id, "approved by the owner", () -> {
            var answer = migrations.tryToApprove(id, plan, "owner");
            return answer.statusCode() == 202 ? Optional.of(true) : Optional.empty();
        });
    }

    private static RehearsalAnswered answer(String id) {
        return stack.log().events(Topics.RESULTS, RehearsalAnswered.class, id).getLast();
    }

    private static ChecklistLine line(MigrationStatus status) {
        return status.checklist().stream()
                .filter(line -> line.name().equals("rehearsed"))
                .findFirst()
                .orElseThrow();
    }

    /** Unchanged by what is rehearsed: with what it refers to, it has to be made there for what refers to it. */
    private static String line() {
        return schema("rehearsal-Line", "1", LINE, "{name: Item, schema: rehearsal-Item, version: \"1\"}");
    }

    private static String order() {
        return schema("rehearsal-Order", "1", ORDER, "{name: Line, schema: rehearsal-Line, version: \"1\"}");
    }

    private static String absent(String name) {
        return topic(name).replace("spec:", "state: absent\nspec:");
    }

    private static String role(int connections) {
        return """
                apiVersion: migrator.dev/v1
                kind: Role
                metadata: {name: rehearsal-reports}
                spec:
                  address: rehearsal_reports
                  login: false
                  connectionLimit: %d
                """.formatted(connections);
    }
}
