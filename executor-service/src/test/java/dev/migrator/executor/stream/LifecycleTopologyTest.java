package dev.migrator.executor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.events.v1.PlanProposed;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.RegistryUnavailable;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTopologyTest {
    @TempDir
    Path folder;

    private LifecycleBench bench;
    private Migration migration;

    @BeforeEach
    void open() {
        bench = new LifecycleBench(folder);
        migration = bench.migration("m-1", "test");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aChangeLeadsToTheQuestionForItsPlan() {
        migration.facts(migration.requested());

        assertThat(migration.tasks(Effect.PlanRequested.class)).singleElement().satisfies(asked -> {
            assertThat(asked.revision()).isEqualTo(1);
            assertThat(asked.environment()).isEqualTo("test");
            assertThat(asked.bundleDigest())
                    .isEqualTo(migration.requested().change().bundleDigest());
            assertThat(asked.inlineBundle())
                    .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2, 3));
        });
        assertThat(migration.status().state()).isEqualTo(MigrationState.REQUESTED);
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void anOpenEnvironmentIsMigratedWithoutAnApproval() {
        migration.facts(migration.requested(), migration.planned(), migration.dryRun(), migration.snapshotted());
        migration.facts(migration.done()).facts(migration.done()).facts(migration.done());
        migration.facts(migration.verified()).facts(migration.done());

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1", "close");
        assertThat(migration.states()).endsWith(MigrationState.SUCCEEDED);
    }

    @Test
    void aSignalDeliveredTwiceHasItsEffectOnce() {
        migration.facts(migration.requested(), migration.requested());
        migration.facts(migration.planned(), migration.planned());
        migration.facts(migration.dryRun(), migration.dryRun());
        migration.facts(migration.snapshotted(), migration.snapshotted());
        var checked = migration.done();
        migration.facts(checked, checked);
        var applied = migration.done();
        migration.facts(applied, applied, checked);

        assertThat(migration.tasks(Effect.PlanRequested.class)).hasSize(1);
        assertThat(migration.tasks(Effect.DryRunRequested.class)).hasSize(1);
        assertThat(migration.tasks(Effect.SnapshotRequested.class)).hasSize(1);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
    }

    @Test
    void answersBeforeTheirQuestionsLeadToTheSameCommands() {
        migration.facts(migration.snapshotted(), migration.dryRun(), migration.planned(), migration.requested());

        assertThat(migration.commandsInShort()).containsExactly("check");
    }

    @Test
    void anUndecodableRecordGoesToTheDeadLettersAsItCameAndTheStreamGoesOn() {
        byte[] junk = "no record of ours".getBytes(UTF_8);
        bench.sendBytes(Topics.PLANS, "test", junk);
        migration.facts(migration.requested());

        assertThat(bench.raw(Topics.DEAD_LETTERS)).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("test");
            assertThat(letter.value()).isEqualTo(junk);
            assertThat(header(letter.headers(), DeadLetters.TOPIC)).isEqualTo(Topics.PLANS);
            assertThat(header(letter.headers(), DeadLetters.PARTITION)).isEqualTo("0");
            assertThat(header(letter.headers(), DeadLetters.OFFSET)).isEqualTo("0");
            assertThat(header(letter.headers(), DeadLetters.SERVICE)).isEqualTo("lifecycle");
            assertThat(header(letter.headers(), DeadLetters.CODE)).isEqualTo("WIR-MAGIC");
        });
        assertThat(migration.tasks(Effect.PlanRequested.class)).hasSize(1);
    }

    @Test
    void aRecordThatNamesNoEnvironmentOrMakesNoSenseGoesToTheDeadLetters() {
        bench.send(Topics.PLANS, null, Messages.of(migration.planned()));
        bench.send(Topics.PLANS, "te/st", Messages.of(migration.planned()));
        var senseless = PlanProposed.newBuilder((PlanProposed) Messages.of(migration.planned()))
                .setPlanDigest("not a digest")
                .build();
        bench.send(Topics.PLANS, "test", senseless);
        bench.sendBytes(Topics.PLANS, "test", null);
        migration.facts(migration.requested());

        assertThat(bench.raw(Topics.DEAD_LETTERS))
                .extracting(letter -> header(letter.headers(), DeadLetters.CODE))
                .containsExactly("EVT-KEY", "EVT-KEY", "EVT-DIGEST");
        assertThat(bench.records(Topics.DEAD_LETTERS)).last().isEqualTo(senseless);
        assertThat(migration.status().state()).isEqualTo(MigrationState.REQUESTED);
    }

    @Test
    void aSchemaThatCannotBeLookedUpStopsTheThreadAndBuriesNothing() {
        var record = Messages.of(migration.requested());
        bench.registered(record);
        bench.registry.goAway();

        assertThatThrownBy(() -> bench.send(LifecycleTopology.CHANGES_BY_ENVIRONMENT, "test", record))
                .hasRootCauseInstanceOf(RegistryUnavailable.class);
        assertThat(bench.raw(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aProtectedEnvironmentWaitsForAnApprovalThatIsSignedForIt() {
        var inProduction = bench.migration("m-2", "production");
        inProduction.facts(
                inProduction.requested(), inProduction.planned(), inProduction.dryRun(), inProduction.snapshotted());
        assertThat(inProduction.status().state()).isEqualTo(MigrationState.AWAITING_APPROVAL);

        inProduction.approved();

        assertThat(inProduction.commandsInShort()).containsExactly("check");
    }

    @Test
    void aForgedApprovalIsAuditedAndDoesNotCount() {
        var stranger = new ApprovalSigner(Ed25519Keys.generate().getPrivate());
        var inProduction = bench.migration("m-2", "production");
        inProduction.facts(
                inProduction.requested(), inProduction.planned(), inProduction.dryRun(), inProduction.snapshotted());

        inProduction.approved(stranger, "production", "production");

        assertThat(inProduction.commands()).isEmpty();
        assertThat(approvedLine(inProduction)).isEqualTo(ChecklistLine.Mark.MISSING);
        assertThat(refusals()).containsExactly("m-2 bob APR-SIGNATURE");
    }

    @Test
    void anApprovalForAnotherEnvironmentIsAuditedAndDoesNotCount() {
        var inProduction = bench.migration("m-2", "production");
        inProduction.facts(
                inProduction.requested(), inProduction.planned(), inProduction.dryRun(), inProduction.snapshotted());

        inProduction.approved(bench.console, "test", "production");

        assertThat(inProduction.commands()).isEmpty();
        assertThat(approvedLine(inProduction)).isEqualTo(ChecklistLine.Mark.MISSING);
        assertThat(refusals()).containsExactly("m-2 bob APR-ENVIRONMENT");
    }

    @Test
    void timeRepeatsAnUnansweredQuestionAndNoAnsweredOne() {
        migration.facts(migration.requested());
        bench.pass(Duration.ofSeconds(10));
        assertThat(migration.tasks(Effect.PlanRequested.class)).hasSize(1);

        bench.pass(Duration.ofSeconds(6));
        assertThat(migration.tasks(Effect.PlanRequested.class)).hasSize(2);
        assertThat(bench.records(Topics.TASKS))
                .containsOnly(bench.records(Topics.TASKS).getFirst());

        migration.facts(migration.planned());
        bench.pass(Duration.ofSeconds(16));
        assertThat(migration.tasks(Effect.PlanRequested.class)).hasSize(2);
        assertThat(migration.tasks(Effect.DryRunRequested.class)).hasSize(2);
        migration.facts(migration.dryRun());
        bench.pass(Duration.ofSeconds(16));
        assertThat(migration.tasks(Effect.DryRunRequested.class)).hasSize(2);
        assertThat(migration.tasks(Effect.SnapshotRequested.class)).hasSize(2);
    }

    @Test
    void environmentsDoNotMix() {
        var inProduction = bench.migration("m-1", "production");
        migration.facts(migration.requested());
        inProduction.facts(inProduction.planned(), inProduction.dryRun(), inProduction.snapshotted());

        assertThat(migration.status().state()).isEqualTo(MigrationState.REQUESTED);
        assertThat(migration.commands()).isEmpty();

        migration.facts(migration.planned(), migration.dryRun(), migration.snapshotted());
        assertThat(migration.commands())
                .singleElement()
                .satisfies(
                        command -> assertThat(command.envelope().environment()).isEqualTo("test"));
    }

    @Test
    void everyPublishedEventTellsWhatItIsAndWhoseInItsHeaders() {
        migration.facts(migration.requested());

        assertThat(bench.raw(Topics.TASKS)).singleElement().satisfies(sent -> {
            assertThat(header(sent.headers(), "ce_type")).isEqualTo("dev.migrator.events.v1.PlanRequested");
            assertThat(header(sent.headers(), "ce_source")).isEqualTo("lifecycle");
            assertThat(header(sent.headers(), "ce_time")).isEqualTo("2026-01-02T03:04:05Z");
        });
    }

    @Test
    void stepsAndStoresAreNamedAsCommitted() throws IOException {
        try (var committed = getClass().getResourceAsStream("/lifecycle-topology.txt")) {
            assertThat(bench.topology().describe().toString().strip())
                    .as("names of steps and stores become topics: changing one is a migration of state")
                    .isEqualTo(new String(committed.readAllBytes(), UTF_8).strip());
        }
    }

    private List<String> refusals() {
        return bench.records(Topics.AUDIT).stream()
                .map(AuditEntry.class::cast)
                .filter(entry -> entry.getDecision().equals("approval-refused"))
                .map(entry -> entry.getMigrationId() + " " + entry.getActor() + " "
                        + entry.getProblem().getCode())
                .toList();
    }

    private static ChecklistLine.Mark approvedLine(Migration migration) {
        return migration.status().checklist().stream()
                .filter(line -> line.name().equals("approved"))
                .findFirst()
                .orElseThrow()
                .mark();
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
