package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.objects.BucketProtection;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long snapshots are locked, by the settings and by what the bucket says. */
class LockRuleTest {
    private static final Duration SAFE_AGE = Duration.ofDays(1);

    private final MemoryObjects objects = new MemoryObjects().protectedBy(BucketProtection.OBJECT_LOCK);

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT1H", "PT24H"})
    void aLockThatCouldEndBeforeTheSnapshotIsWrittenIsRefused(Duration time) {
        assertThatThrownBy(() -> LockRule.of(objects, time, SAFE_AGE))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("CFG-LOCK-FOR");
                    assertThat(e.problem().found()).isEqualTo(time.toString());
                });
    }

    @Test
    void aLongerOneEndsSoLongAfterTheBeginningAndNoneLocksNothing() {
        var longer = SAFE_AGE.plusSeconds(1);

        assertThat(LockRule.of(objects, longer, SAFE_AGE).end(Desk.NOW)).hasValue(Desk.NOW.plus(longer));
        assertThat(LockRule.of(objects, Duration.ZERO, SAFE_AGE).end(Desk.NOW)).isEmpty();
    }

    @Test
    void aBucketThatDoesNotAnswerIsNotTakenForOneWithoutLock() {
        objects.goAway();

        assertThatThrownBy(() ->
                        LockRule.of(objects, Duration.ofDays(90), SAFE_AGE).end(Desk.NOW))
                .isInstanceOf(Unavailable.class);
    }
}
