package dev.migrator.executor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.FleetStatusChanged;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of a fleet and the lifecycle in one topology: what one publishes the other hears of. */
class FleetTopologyTest {
    private static final FleetId ID = new FleetId("f-1");

    @TempDir
    Path folder;

    private LifecycleBench bench;

    @BeforeEach
    void open() {
        bench = new LifecycleBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theSecondWaveBeginsByItselfOnceTheFirstHasSucceededAndBaked() {
        request();
        carryOut("test");
        assertThat(status().state()).isEqualTo(FleetState.BAKING);
        assertThat(changes()).extracting(ChangeRequest::environment).containsExactly("test");

        bench.pass(Duration.ofMinutes(1));
        assertThat(changes()).extracting(ChangeRequest::environment).containsExactly("test", "production");
        var second = start("production");
        second.facts(second.planned(), second.dryRun(), second.snapshotted());
        bench.pass(Duration.ofSeconds(1));
        assertThat(status().waitsForAPerson()).isTrue();

        second.approved();
        end(second);
        assertThat(status().state()).isEqualTo(FleetState.SUCCEEDED);
        assertThat(status().members())
                .allSatisfy(member -> assertThat(member.isGood()).isTrue());
    }

    @Test
    void aMigrationThatIsRefusedStopsTheRun() {
        request();
        var first = start("test");
        first.facts(new Fact.PlanRejected(first.id, 1, List.of(Problem.of("PLN-STALE", "another plan"))));

        bench.pass(Duration.ofHours(1));

        assertThat(first.status().state()).isEqualTo(MigrationState.REJECTED);
        assertThat(status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(changes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aProcessThatDiesAtAnyPointIsReplacedByOneThatGoesOn(int deaths) {
        request();
        bench.crashAndGoOn();
        carryOut("test");
        for (int death = 0; death < deaths; death++) {
            bench.crashAndGoOn();
            bench.pass(Duration.ofSeconds(61).dividedBy(deaths));
        }
        bench.crashAndGoOn();
        start("production");

        assertThat(changes()).extracting(ChangeRequest::environment).containsExactly("test", "production");
        assertThat(status().wave()).isEqualTo(2);
        assertThat(statuses()).extracting(FleetStatus::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anOutageOfTheExecutorsStopsNoRun() {
        request();
        for (int outage = 0; outage < 30; outage++) {
            if (outage % 2 == 0) {
                bench.crashAndGoOn();
            }
            bench.pass(Duration.ofMinutes(10));
        }
        carryOut("test");

        assertThat(status().state()).isEqualTo(FleetState.BAKING);
    }

    @Test
    void aStopKeepsTheSecondWaveFromBeginning() {
        request();
        bench.send(
                LifecycleTopology.FLEET_FACTS,
                "f-1",
                FleetMessages.of(new FleetFact.StopOrdered(ID, "olga", "enough")));
        carryOut("test");
        bench.pass(Duration.ofHours(1));

        assertThat(status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(status().stoppedBy()).contains("olga");
        assertThat(changes()).hasSize(1);
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheRunGoesOn() {
        bench.sendBytes(LifecycleTopology.FLEET_FACTS, "f-1", "no record of ours".getBytes(UTF_8));
        request();

        assertThat(bench.raw(Topics.DEAD_LETTERS)).hasSize(1);
        assertThat(status().state()).isEqualTo(FleetState.RUNNING);
    }

    @Test
    void aMigrationOnItsOwnIsNoneOfTheFleetsBusiness() {
        var alone = bench.migration("m-1", "test");
        alone.facts(alone.requested());

        assertThat(alone.statuses()).isNotEmpty();
        assertThat(bench.raw(LifecycleTopology.FLEET_FACTS)).isEmpty();
    }

    private void request() {
        bench.send(
                LifecycleTopology.FLEET_FACTS,
                "f-1",
                FleetMessages.of(new FleetRequest(
                        ID,
                        "all",
                        Digest.ofText("bundle"),
                        Optional.of("4be21d0/f-1/bundle.json"),
                        Optional.empty(),
                        "4be21d0",
                        "alice",
                        Optional.empty())));
    }

    /** Does what the intake does with the change of that environment. */
    private Migration start(String environment) {
        var change = changes().stream()
                .filter(asked -> asked.environment().equals(environment))
                .findFirst()
                .orElseThrow();
        var migration = bench.migration(change.id().value(), environment);
        migration.facts(new Fact.Requested(change));
        return migration;
    }

    private void carryOut(String environment) {
        var migration = start(environment);
        migration.facts(migration.planned(), migration.dryRun(), migration.snapshotted());
        end(migration);
    }

    private static void end(Migration migration) {
        migration.facts(migration.done()).facts(migration.done()).facts(migration.done());
        migration.facts(migration.verified()).facts(migration.done());
    }

    private List<ChangeRequest> changes() {
        return bench.records(Topics.CHANGES).stream()
                .map(record -> ((Fact.Requested) Messages.fact(record).orElseThrow()).change())
                .toList();
    }

    private List<FleetStatus> statuses() {
        return bench.records(Topics.FLEET_STATUS).stream()
                .map((SpecificRecord record) -> FleetMessages.status((FleetStatusChanged) record))
                .toList();
    }

    private FleetStatus status() {
        return statuses().getLast();
    }
}
