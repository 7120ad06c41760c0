package dev.migrator.chaos.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.manifests.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, -3, 1_000_000})
    void theSameSeedDrawsTheSameRun(long seed) {
        assertThat(Draw.run(seed, "r")).isEqualTo(Draw.run(seed, "r"));
        assertThat(Draw.run(seed, "r").lines())
                .isNotEqualTo(Draw.run(seed + 1, "r").lines());
    }

    @Test
    void anyThreeSeedsInARowKillFreezeBeyondTheLeaseAndCutTheNetwork() {
        for (long seed = -5; seed < 50; seed++) {
            var faults = LongStream.range(seed, seed + 3)
                    .mapToObj(one -> Draw.run(one, "r").faults().getFirst())
                    .toList();

            assertThat(faults).anyMatch(fault -> fault.kind() == PlannedFault.Kind.KILL);
            assertThat(faults)
                    .anyMatch(fault -> fault.kind() == PlannedFault.Kind.FREEZE
                            && fault.lasts().toSeconds() >= 8);
            assertThat(faults)
                    .anyMatch(fault -> Set.of(PlannedFault.Kind.CUT, PlannedFault.Kind.HOLD)
                            .contains(fault.kind()));
        }
    }

    @Test
    void everythingThatCanBeDrawnIsDrawn() {
        var runs =
                LongStream.range(0, 300).mapToObj(seed -> Draw.run(seed, "r")).toList();

        assertThat(runs.stream()
                        .flatMap(run -> run.faults().stream())
                        .map(PlannedFault::kind)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(PlannedFault.Kind.values());
        assertThat(runs.stream()
                        .flatMap(run -> run.faults().stream())
                        .map(PlannedFault::part)
                        .collect(Collectors.toSet()))
                .contains(
                        "planner-service",
                        "snapshot-service",
                        "executor-service",
                        "executor-service-2",
                        "verifier-service",
                        "console-service",
                        "kafka-control",
                        "kafka-test",
                        "kafka-production",
                        "registry-control",
                        "registry-test",
                        "s3");
        assertThat(runs)
                .anyMatch(run -> run.migrations().size() == 3)
                .anyMatch(run -> run.migrations().size() == 1);
        assertThat(runs.stream()
                        .flatMap(run -> run.migrations().stream())
                        .flatMap(migration -> migration.steering().stream())
                        .map(PlannedMigration.Steering::command)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(PlannedMigration.Command.values());
    }

    @Test
    void whatIsDrawnIsAskedForInManifestsThatAreRight(@TempDir Path folder) throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            for (var migration : Draw.run(seed, "r").migrations()) {
                var documents = new ArrayList<String>();
                migration.changes().forEach(change -> documents.add(change.manifest()));
                var file = folder.resolve("all.yaml");
                Files.writeString(file, String.join("\n---\n", documents));

                var loaded = Manifests.load(file);

                assertThat(loaded.bundle()).as(loaded.findings().toString()).isPresent();
            }
        }
    }

    @Test
    void noTwoMigrationsOfARunAskForTheSameChange() {
        for (long seed = 0; seed < 100; seed++) {
            var seen = new HashSet<Change>();
            Draw.run(seed, "r")
                    .migrations()
                    .forEach(migration -> migration
                            .changes()
                            .forEach(change -> assertThat(seen.add(change))
                                    .as(change.title())
                                    .isTrue()));
        }
    }
}
