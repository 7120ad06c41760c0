package dev.migrator.kit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.objects.BucketProtection;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import dev.migrator.kit.testkit.ScriptedBucket.Said;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server says of its bucket, and what is asked of one that has object lock. */
class ObjectLockTest {
    private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = "chunks/one";
    private static final String MODE = "x-amz-object-lock-mode";
    private static final String END = "x-amz-object-lock-retain-until-date";

    private final Instant soon = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    private final Instant later = soon.plus(Duration.ofDays(1));
    private final ScriptedBucket bucket = new ScriptedBucket().says(ScriptedBucket.LOCKED, enabled());
    private final MinioObjectStore store = bucket.store();

    @AfterEach
    void close() {
        store.close();
        bucket.close();
    }

    private static Said enabled() {
        return ScriptedBucket.versioning("<Status>Enabled</Status>");
    }

    static Stream<Arguments> answers() {
        var suspended = ScriptedBucket.versioning("<Status>Suspended</Status>");
        return Stream.of(
                Arguments.of(ScriptedBucket.LOCKED, enabled(), BucketProtection.OBJECT_LOCK),
                Arguments.of(ScriptedBucket.NOT_LOCKED, enabled(), BucketProtection.VERSIONING),
                Arguments.of(ScriptedBucket.NOT_LOCKED, suspended, BucketProtection.NONE),
                Arguments.of(ScriptedBucket.NOT_LOCKED, ScriptedBucket.versioning(""), BucketProtection.NONE),
                Arguments.of(ScriptedBucket.DENIED, enabled(), BucketProtection.VERSIONING),
                Arguments.of(ScriptedBucket.DENIED, suspended, BucketProtection.UNKNOWN),
                Arguments.of(ScriptedBucket.UNHEARD_OF, ScriptedBucket.UNHEARD_OF, BucketProtection.UNKNOWN),
                Arguments.of(ScriptedBucket.LISTED, ScriptedBucket.LISTED, BucketProtection.UNKNOWN),
                Arguments.of(ScriptedBucket.DENIED, ScriptedBucket.DENIED, BucketProtection.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatTheServerSaysIsTold(Said lock, Said versions, BucketProtection protection) {
        bucket.says(lock, versions);

        assertThat(store.protection()).isEqualTo(protection);
    }

    static Stream<Said> passing() {
        return Stream.of(
                new Said(503, "SlowDown"),
                new Said(503, "ServiceUnavailable"),
                new Said(500, "InternalError"),
                new Said(403, "RequestTimeTooSkewed"),
                new Said(404, "NoSuchBucket"),
                ScriptedBucket.CUT);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void anErrorThatMayPassSaysNothingOfTheBucket(Said passing) {
        bucket.says(passing, enabled());
        assertThatThrownBy(store::protection)
                .isInstanceOf(ObjectStoreUnavailable.class)
                .hasMessageContaining("look for object lock");
        bucket.says(ScriptedBucket.NOT_LOCKED, passing);
        assertThatThrownBy(store::protection)
                .isInstanceOf(ObjectStoreUnavailable.class)
                .hasMessageContaining("look for versioning");

        bucket.says(ScriptedBucket.LOCKED, enabled());
        assertThat(store.protection()).isEqualTo(BucketProtection.OBJECT_LOCK);
    }

    @Test
    void ofTwoWritersWhoBothFoundNothingOneLosesByTheHeaderThatIsSent() throws Exception {
        bucket.stallAt(KEY);
        try (var other = bucket.store();
                var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = writers.submit(() -> store.put(KEY, ONE));
            var two = writers.submit(() -> other.put(KEY, "two".getBytes(StandardCharsets.UTF_8)));
            while (bucket.calls().stream()
                            .filter(call -> call.startsWith("PUT") && call.contains(KEY))
                            .count()
                    < 2) {
                Thread.yield();
            }
            bucket.goOn();

            var outcomes = Stream.of(one, two).map(writer -> {
                try {
                    writer.get();
                    return "written";
                } catch (ExecutionException lost) {
                    return ((ProblemException) lost.getCause()).problem().code();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(outcomes).containsExactlyInAnyOrder("written", "OBJ-OVERWRITE");
        }
    }

    @Test
    void anObjectIsWrittenWithItsTimeInGovernanceMode() {
        store.putLocked(KEY, ONE, soon);

        assertThat(bucket.lockOf(KEY)).containsEntry(MODE, "GOVERNANCE").containsEntry(END, soon.toString());
        store.put("chunks/two", ONE);
        assertThat(bucket.lockOf("chunks/two")).isEmpty();
    }

    @Test
    void aLockIsProlongedInItsModeAndNeverMadeShorter() {
        store.put(KEY, ONE);
        store.putLocked(KEY, ONE, soon);
        assertThat(bucket.lockOf(KEY)).as("the same bytes lay there").containsEntry(END, soon.toString());

        bucket.lock(KEY, "COMPLIANCE", soon);
        store.lockUntil(KEY, later);
        assertThat(bucket.lockOf(KEY)).containsEntry(MODE, "COMPLIANCE").containsEntry(END, later.toString());

        store.lockUntil(KEY, soon);
        assertThat(bucket.lockOf(KEY)).containsEntry(END, later.toString());
        assertThat(bucket.calls().stream().filter(call -> call.contains("?retention")))
                .hasSize(2);
    }

    @Test
    void whatIsLockedOrHeldIsNotRemovedAndNotHidden() {
        store.putLocked(KEY, ONE, soon);
        assertThat(store.removeUnlessLocked(KEY)).isFalse();
        bucket.hold(KEY);
        assertThat(store.removeUnlessLocked(KEY)).isFalse();
        assertThat(bucket.calls()).noneMatch(call -> call.startsWith("DELETE"));

        bucket.lock(KEY, "GOVERNANCE", Instant.now().minus(Duration.ofMinutes(1)));
        assertThat(store.removeUnlessLocked(KEY)).isTrue();
        assertThat(store.exists(KEY)).isFalse();
        assertThat(store.removeUnlessLocked(KEY)).as("it is not there").isTrue();
    }
}
