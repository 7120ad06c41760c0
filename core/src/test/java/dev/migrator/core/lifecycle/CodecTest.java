package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodecTest {
    @Property(tries = 60)
    void whatIsWrittenIsReadBack(@ForAll long seed) {
        var random = new Random(seed);
        var world = new World(seed).meddling(10);
        for (int i = 0; i < 3; i++) {
            var wanted = new TreeMap<String, String>();
            wanted.put("key-" + random.nextInt(3), "\"quoted\" \ud83d\ude80 \ud83d");
            world.wishing(new World.Wish(new MigrationId("m-" + i), wanted, List.of(1), random.nextInt(2) - 1));
        }
        world.run();

        for (var input : world.shell.inputs) {
            var facts = FactsCodec.bytes(world.shell.facts("production", input.id()));
            assertThat(FactsCodec.bytes(FactsCodec.read(facts))).isEqualTo(facts);
        }
        var environment = world.environment();
        assertThat(EnvironmentStateCodec.read(EnvironmentStateCodec.bytes(environment)))
                .isEqualTo(environment);
        assertThat(EnvironmentStateCodec.ofParts("production", EnvironmentStateCodec.parts(environment)))
                .isEqualTo(environment);
    }

    @Test
    void onlyThePartsThatChangedAreWritten() {
        var migration = Driver.inTest().requested();
        var before = migration.environment();
        var other = new Driver(migration.shell, "m-2", "test").requested();
        var after = other.environment();

        assertThat(EnvironmentStateCodec.changes(before, after)).containsOnlyKeys("order", "member/m-2");
        assertThat(EnvironmentStateCodec.changes(after, after)).isEmpty();
        var back = EnvironmentStateCodec.changes(after, before);
        assertThat(back.get("member/m-2")).isEmpty();
    }

    /** Stored state has to be readable by later versions: a change of this file is a decision. */
    @Test
    void theWrittenFormStaysTheSame() throws IOException {
        var migration = Driver.inProduction().started().commanded(Command.PAUSE).answered(Result.CONFLICT);
        migration.give(new Fact.WorkDelayed(migration.id, "executor", Driver.OOPS));
        var early = new Driver(migration.shell, "m-2", "production").approvedBy("bob");

        assertThat(text(FactsCodec.bytes(migration.facts()))).isEqualTo(golden("facts.json"));
        assertThat(text(FactsCodec.bytes(early.facts()))).isEqualTo(golden("early.json"));
        assertThat(text(EnvironmentStateCodec.bytes(migration.undone().environment())))
                .isEqualTo(golden("environment.json"));
    }

    /** A bake that is forgotten is one that is skipped. */
    @Test
    void theWrittenFormOfABakeStaysTheSameAndIsReadBack() throws IOException {
        var migration =
                Driver.inTest().baking("10m", "30m").started().answeredDone(2).verified(0);

        assertThat(text(FactsCodec.bytes(migration.facts())))
                .contains(
                        "\"execution\":{\"applied\":2,\"bakingSince\":\"2026-03-01T12:00:00Z\",\"epoch\":2,",
                        "\"phases\":[{\"bake\":{\"number\":10,\"unit\":\"MINUTES\"},\"batches\":2,");
        var facts = FactsCodec.read(golden("facts-baking.json").getBytes(StandardCharsets.UTF_8));
        assertThat(facts.execution().bakingSince()).contains(Shell.START);
        assertThat(facts.bakesUntil()).contains(Shell.START.plusSeconds(600));
    }

    @Test
    void storedStateIsReadBackFromTheCommittedForm() throws IOException {
        var facts = FactsCodec.read(golden("facts.json").getBytes(StandardCharsets.UTF_8));

        assertThat(facts.isRollbackDecided()).isTrue();
        assertThat(facts.status().orElseThrow().state()).isEqualTo(MigrationState.ROLLING_BACK);
        assertThat(EnvironmentStateCodec.read(golden("environment.json").getBytes(StandardCharsets.UTF_8))
                        .holds())
                .containsKey(new MigrationId("m-1"));
    }

    @Test
    void whatWasStoredBeforeThereWereDryRunsGoesOn() throws IOException {
        var facts = FactsCodec.read(golden("facts-before-dry-runs.json").getBytes(StandardCharsets.UTF_8));

        assertThat(facts.preparation().dryRun()).isEmpty();
        assertThat(Checklist.of(EnvironmentState.empty("production"), facts, Instant.EPOCH, Shell.RULES))
                .filteredOn(line -> line.name().equals("dry-run"))
                .extracting(ChecklistLine::mark)
                .containsExactly(ChecklistLine.Mark.NOT_REQUIRED);
    }

    @Test
    void whatWasStoredBeforeThereWereUndoKitsGoesOn() throws IOException {
        var facts = FactsCodec.read(golden("facts-before-undo-kits.json").getBytes(StandardCharsets.UTF_8));

        assertThat(facts.isStarted()).isTrue();
        assertThat(Checklist.of(EnvironmentState.empty("production"), facts, Instant.EPOCH, Shell.RULES))
                .filteredOn(line -> line.name().equals("undo-kit"))
                .extracting(ChecklistLine::mark)
                .containsExactly(ChecklistLine.Mark.NOT_REQUIRED);
    }

    @Test
    void whatWasStoredBeforeThereWasMonitoringGoesOn() throws IOException {
        var facts = FactsCodec.read(golden("facts-before-monitoring.json").getBytes(StandardCharsets.UTF_8));
        var monitored = Shell.RULES.in("production", rules -> rules.monitoredBy(Digest.ofText("signals")));

        assertThat(facts.isStarted()).isTrue();
        assertThat(facts.execution().since()).isEmpty();
        assertThat(Checklist.of(EnvironmentState.empty("production"), facts, Instant.EPOCH, monitored))
                .filteredOn(line -> line.name().equals("monitoring-active"))
                .extracting(ChecklistLine::mark)
                .containsExactly(ChecklistLine.Mark.NOT_REQUIRED);
    }

    @Test
    void otherBytesAreAProblemThatSaysWhatToDo() {
        for (var bytes :
                List.of("", "[]", "{}", "{\"format\":2,\"facts\":{}}", "{\"format\":1,\"facts\":{\"id\":7}}")) {
            assertThatThrownBy(() -> FactsCodec.read(bytes.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("STA-FORMAT"));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String golden(String name) throws IOException {
        try (var in = CodecTest.class.getResourceAsStream(name)) {
            assertThat(in).as("committed form %s", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
