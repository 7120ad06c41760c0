package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.schema;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.DrillReported;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.avro.DrillMessages;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans are applied, broken and undone on a broker, a registry and a database of their own: by schedule before anything is written
 * to production, and whenever a person asks. On a stack of its own, whose environments file is given a schedule.
 */
@Tag("e2e")
@Order(41)
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillTest {
    private static final String WITHOUT_A_SCHEDULE = "rehearsal: { environment: rehearsal }";
    private static final String WEEKLY = "rehearsal: { environment: rehearsal, drill: { every: 7d } }";
    private static final String DAY = "retention.ms: 86400000";
    private static final String WEEK = "retention.ms: 604800000";
    private static final String ITEM =
            "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";

    private static SharedStack stack;
    private static Migrations migrations;

    @TempDir
    Path home;

    private CommandLine cli;

    @BeforeAll
    static void up() throws IOException {
        stack = SharedStack.drilling();
        migrations = stack.migrations();
        var file = stack.stack().layout().config().resolve("environments.yaml");
        var declared = Files.readString(file);
        assertThat(declared).contains(WITHOUT_A_SCHEDULE);
        Files.writeString(file, declared.replace(WITHOUT_A_SCHEDULE, WEEKLY));
        stack.stack().restart("executor-service");
        stack.stack().restart("console-service");
    }

    @AfterAll
    static void down() {
        if (stack != null) {
            stack.close();
        }
    }

    @BeforeEach
    void settings() throws IOException {
        cli = new CommandLine(home, stack);
    }

    @Test
    @Order(1)
    void nothingIsWrittenBeforeTheScheduleHasShownThatItCanBeUndone() throws Exception {
        assertThat(cli.run("get", "drills").out()).contains("production: every 7d; NOT DRILLED YET");

        migrations.submit("drill-1", "production", first());
        migrations.await("drill-1", "a plan", status -> status.planDigest().isPresent());
        migrations.approve("drill-1");
        var done = migrations.await("drill-1", MigrationState.SUCCEEDED);

        var statuses = stack.log().events(Topics.STATUS, MigrationStatusChanged.class, "drill-1").stream()
                .map(Messages::status)
                .toList();
        assertThat(statuses)
                .extracting(status -> line(status).mark())
                .as("red, and green only before the first write")
                .contains(ChecklistLine.Mark.MISSING);
        assertThat(statuses)
                .filteredOn(status -> status.state() == MigrationState.EXECUTING)
                .allSatisfy(status -> assertThat(line(status).mark()).isEqualTo(ChecklistLine.Mark.PASSED));
        assertThat(line(done).evidence()).contains("operations undone to the same state");

        var drills = stack.log().events(Topics.DRILLS, DrillReported.class, "drill-1");
        assertThat(drills).isNotEmpty().allSatisfy(drill -> {
            assertThat(drill.getBy()).isEqualTo("schedule");
            assertThat(drill.getRequestId()).isEqualTo(drills.getFirst().getRequestId());
        });
        assertThat(cli.run("get", "drills", "--env", "production").out())
                .contains("same state", "schedule", "production: every 7d; the next one is due at");
        assertPlaceIsEmpty();
    }

    @Test
    @Order(2)
    void whatSucceededIsUndoneInTheMiddleOfACrashAndAfterARefusalAndByChance() throws Exception {
        migrations.submit("drill-2", "production", second());
        migrations.await("drill-2", MigrationState.AWAITING_APPROVAL);
        migrations.approve("drill-2");
        migrations.await("drill-2", MigrationState.SUCCEEDED);
        var before = stack.cluster("production").configs("drill.orders");

        assertPassed(drill("--fault", "crash", "--id", "drill-crash"), "drill-2", DrillFault.CRASH);
        assertPassed(
                drill("--fault", "refusal", "--migration", "drill-1", "--id", "drill-refusal"),
                "drill-1",
                DrillFault.REFUSAL);
        var chance = "drill-by-chance";
        assertPassed(drill("--id", chance), "drill-2", DrillFault.drawn(chance));

        var again = drill("--id", chance);
        assertThat(again).as("the same order is the same drill").isEqualTo(report(chance));
        assertThat(stack.cluster("production").configs("drill.orders")).isEqualTo(before);
        assertThat(migrations.status("drill-2")).map(MigrationStatus::state).hasValue(MigrationState.SUCCEEDED);
    }

    @Test
    @Order(3)
    void whatCannotBeDrilledIsRefusedAtOnce() {
        var noPlace = cli.run("drill", "--env", "test");
        assertThat(noPlace.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(noPlace.err()).contains("DRL-NOT-POSSIBLE");
        assertThat(cli.run("drill", "--env", "production", "--fault", "fire").err())
                .contains("DRL-FAULT", "lost-answer");
        assertThat(cli.run("drill", "--env", "production", "--as", "viewer").err())
                .contains("CON-FORBIDDEN");
    }

    private DrillReport drill(String... more) {
        var arguments = new ArrayList<>(List.of("drill", "--env", "rehearsal", "--timeout", "120", "-o", "json"));
        arguments.addAll(List.of(more));
        var said = cli.run(arguments.toArray(String[]::new));
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        return DrillJson.fromValue(CanonicalJson.parse(said.out()));
    }

    private static void assertPassed(DrillReport report, String migration, DrillFault fault) throws IOException {
        assertThat(report.problem()).isEmpty();
        assertThat(report.environment()).isEqualTo("production");
        assertThat(report.place()).isEqualTo("rehearsal");
        assertThat(report.migration().value()).isEqualTo(migration);
        assertThat(report.fault()).isEqualTo(fault);
        assertThat(report.by()).isEqualTo("operator");
        assertThat(report.operations()).isPositive();
        assertThat(report.undone()).isBetween(0, report.operations());
        assertThat(report.after()).isPresent().isEqualTo(report.before());
        assertThat(Digest.ofText(stack.object(report.uri())))
                .isEqualTo(report.digest().orElseThrow());
        assertPlaceIsEmpty();
    }

    private static void assertPlaceIsEmpty() {
        assertThat(stack.cluster("rehearsal").topics("drill."))
                .as("all is gone there")
                .isEmpty();
    }

    /** As the topic has it. */
    private static DrillReport report(String request) {
        return stack.log()
                .on(Topics.DRILLS)
                .flatMap(entry -> entry.event().stream())
                .map(DrillReported.class::cast)
                .filter(drill -> drill.getRequestId().equals(request))
                .map(DrillMessages::report)
                .findFirst()
                .orElseThrow();
    }

    private static ChecklistLine line(MigrationStatus status) {
        return status.checklist().stream()
                .filter(line -> line.name().equals("drilled"))
                .findFirst()
                .orElseThrow();
    }

    private static Bundle first() {
        return Bundles.of(
                topic("drill.orders", DAY), topic("drill.payments"), schema("drill-Item", "1", ITEM), role(5));
    }

    private static Bundle second() {
        return Bundles.of(
                topic("drill.orders", WEEK),
                topic("drill.payments"),
                topic("drill.refunds"),
                schema("drill-Item", "1", ITEM),
                role(7));
    }

    private static String role(int connections) {
        return """
                apiVersion: migrator.dev/v1
                kind: Role
                metadata: {name: drill-reports}
                spec:
                  address: drill_reports
                  login: false
                  connectionLimit: %d
                """.formatted(connections);
    }
}
