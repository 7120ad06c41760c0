package dev.migrator.target.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.target.testkit.MemoryHarness;
import dev.migrator.target.testkit.MemoryKind;
import dev.migrator.target.testkit.StaleReads;
import dev.migrator.target.testkit.TargetHarness;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A contract that lets every target pass is worth nothing: targets with one mistake each have to fail it. */
class RandomRollbackTest {
    private static final int MIGRATIONS = 300;
    private static final int ENOUGH = MIGRATIONS / 40;

    private static TargetHarness harness(Mistake mistake) {
        return new MemoryHarness(
                StaleReads.UNTIL_SETTLED,
                target -> mistake == Mistake.NONE ? target : new WrongTarget(target, mistake),
                MemoryKind.TOPIC,
                MemoryKind.ACL,
                MemoryKind.ARTIFACT_VERSION);
    }

    private static TargetHarness withoutDeletion() {
        return new MemoryHarness(
                StaleReads.forReads(3),
                MemoryKind.TOPIC.withoutDeletion(),
                MemoryKind.ARTIFACT_VERSION.withoutDeletion());
    }

    /** What is wrong after the migration of a seed. */
    private static Optional<String> found(Supplier<TargetHarness> opened, long seed) {
        try (var harness = opened.get()) {
            var migration = new RandomRollback(harness, seed, "t-" + seed);
            try {
                migration.run();
                return Optional.empty();
            } catch (Exception | AssertionError e) {
                return Optional.of("seed " + seed + ": " + e + "\n" + String.join("\n", migration.story()));
            }
        }
    }

    private static Stream<String> found(Supplier<TargetHarness> opened) {
        return Stream.iterate(0L, seed -> seed < MIGRATIONS, seed -> seed + 1)
                .flatMap(seed -> found(opened, seed).stream());
    }

    @Test
    void aTargetWithoutAMistakeKeepsIt() {
        assertThat(found(() -> harness(Mistake.NONE)).findFirst()).isEmpty();
    }

    @Test
    void soDoesOneThatForbidsDeletion() {
        assertThat(found(RandomRollbackTest::withoutDeletion).findFirst()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aMistakeIsFound(Mistake mistake) {
        // a build tries some fifteen on each real system: what one in forty notices is found within a few builds
        assertThat(found(() -> harness(mistake)).limit(ENOUGH))
                .as("migrations that notice %s", mistake)
                .hasSize(ENOUGH);
    }

    @Test
    void whatHappensFollowsFromTheSeed() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(story(seed)).isEqualTo(story(seed)).isNotEmpty();
        }
    }

    private static List<String> story(long seed) throws Exception {
        try (var harness = harness(Mistake.NONE)) {
            var migration = new RandomRollback(harness, seed, "t");
            migration.run();
            return migration.story();
        }
    }
}
