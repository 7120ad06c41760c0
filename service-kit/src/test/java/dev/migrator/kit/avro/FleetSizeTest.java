package dev.migrator.kit.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.error.Problem;
import dev.migrator.core.fleet.Beside;
import dev.migrator.core.fleet.FleetEffect;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.fleet.FleetRules;
import dev.migrator.core.fleet.FleetRun;
import dev.migrator.core.fleet.FleetRunCodec;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.fleet.Fleets;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.events.v1.FleetStatusChanged;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of the largest fleet, of which everything is as long as it may be: its topic and its changelog take 1 MiB. */
class FleetSizeTest {
    private static final int ENVIRONMENTS = 500;
    private static final int WELL_BELOW = 850_000;
    private static final FleetId ID = new FleetId("f");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final List<String> environments = new ArrayList<>();
    private final List<ChangeRequest> asked = new ArrayList<>();
    private FleetRun run = FleetRun.none(ID);
    private FleetStatus status;

    @ParameterizedTest(name = "{index}") // the letters are none that a report could hold
    @ValueSource(strings = {"x", "ж", "語", "😀", "\"", "\\", "\u0001", "\ud83d"})
    void whateverItsMigrationsSayTheRunFitsItsTopicAndItsChangelog(String letter) throws IOException {
        for (int i = 0; i < ENVIRONMENTS; i++) {
            environments.add(String.format("%03d", i) + "e".repeat(59)); // with the run's id as long as an id may be
        }
        give(new FleetFact.Requested(request()));
        assertThat(asked).hasSize(ENVIRONMENTS);

        asked.forEach(change -> say(change, 1, MigrationState.AWAITING_APPROVAL, letter, "alice"));
        give(new FleetFact.Tick(NOW, Optional.empty()));
        assertFits("waiting");

        // an own change that fails, or another one in its place: both have long texts
        asked.stream()
                .limit(ENVIRONMENTS / 2)
                .forEach(change ->
                        say(change, 2, MigrationState.AWAITING_APPROVAL, letter, letter.repeat(200 / letter.length())));
        asked.stream()
                .skip(ENVIRONMENTS / 2)
                .forEach(change -> say(change, 2, MigrationState.ROLLED_BACK, letter, "alice"));
        assertThat(status.state()).isEqualTo(FleetState.STOPPED);
        assertFits("failed");
    }

    private void assertFits(String when) throws IOException {
        var event = FleetMessages.outgoing(new FleetEffect.StatusChanged(status), "fleets", NOW)
                .value();
        assertThat(status.members()).hasSize(ENVIRONMENTS);
        assertThat(((FleetStatusChanged) event).toByteBuffer().remaining())
                .as("bytes of the status, " + when)
                .isLessThan(WELL_BELOW);
        assertThat(FleetRunCodec.bytes(run)).as("what is stored, " + when).hasSizeLessThan(WELL_BELOW);
    }

    private void give(FleetFact fact) {
        var fleet = new Fleet("f".repeat(64), List.of(environments), Fleet.NO_BAKE);
        var rules = FleetRules.of(new Environments(List.of(), List.of(fleet)));
        var decision = Fleets.decide(run, fact, Beside.NOTHING, NOW, rules);
        run = decision.run();
        for (var effect : decision.effects()) {
            switch (effect) {
                case FleetEffect.ChildAsked(var change) -> asked.add(change);
                case FleetEffect.StatusChanged(var next) -> status = next;
                case FleetEffect.Audited _ -> {
                    // of one migration only
                }
            }
        }
    }

    private static FleetRequest request() {
        return new FleetRequest(
                ID,
                "f".repeat(64),
                Digest.ofText("bundle"),
                Optional.of("k".repeat(512)),
                Optional.empty(),
                "c".repeat(64),
                "alice",
                Optional.empty());
    }

    private void say(ChangeRequest change, long sequence, MigrationState state, String letter, String requester) {
        var text = letter.repeat(5_000);
        give(new FleetFact.ChildSeen(
                ID,
                new MigrationStatus(
                        new MigrationId(change.id().value()),
                        change.environment(),
                        sequence,
                        state,
                        state.isEnd(),
                        change.intent(),
                        change.commit(),
                        requester,
                        Optional.of(change.bundleDigest()),
                        change.bundleUri(),
                        1,
                        "",
                        0,
                        0,
                        WorkerAnswer.Counts.NONE,
                        text,
                        Optional.of(Digest.ofText("plan of " + change.id())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        state.isEnd() ? List.of(Problem.of("VER-CHECK", text)) : List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        NOW,
                        Optional.empty(),
                        change.selector(),
                        Optional.empty(),
                        Optional.empty(),
                        change.fleet())));
    }
}
