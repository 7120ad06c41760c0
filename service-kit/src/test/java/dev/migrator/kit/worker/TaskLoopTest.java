package dev.migrator.kit.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.Gate;
import dev.migrator.kit.Servers;
import dev.migrator.kit.avro.ApicurioSchemas;
import dev.migrator.kit.avro.FakeSchemas;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import dev.migrator.target.TargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TaskLoopTest {
    private final FakeSchemas registry = new FakeSchemas();

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        org.awaitility.Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    @Test
    void everyRecordIsHandledInTheOrderOfItsKeyAndThenCommitted() throws Exception {
        try (var bench = new Bench(3, registry)) {
            Map<String, List<String>> handled = new ConcurrentHashMap<>();
            for (int i = 0; i < 300; i++) {
                bench.send("key-" + i % 7, "m-" + i);
            }
            bench.loop(task -> handled.computeIfAbsent(task.key(), k -> Collections.synchronizedList(new ArrayList<>()))
                    .add(Bench.id(task)));
            await().until(() -> bench.committed() == 300);
            for (int key = 0; key < 7; key++) {
                int first = key;
                assertThat(handled.get("key-" + key))
                        .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 300)
                                .filter(i -> i % 7 == first)
                                .mapToObj(i -> "m-" + i)
                                .toList());
            }
        }
    }

    @Test
    void aSlowRecordHoldsUpItsKeyAloneAndNothingBehindItIsCommitted() throws Exception {
        try (var bench = new Bench(1, registry)) {
            var release = new CountDownLatch(1);
            Set<String> done = ConcurrentHashMap.newKeySet();
            bench.send("slow", "first");
            bench.send("slow", "second");
            bench.send("quick", "third");
            var loop = bench.loop(task -> {
                if (Bench.id(task).equals("first")) {
                    release.await();
                }
                done.add(Bench.id(task));
            });
            await().until(() -> done.contains("third"));
            var polled = loop.lastPoll();
            await().until(() -> loop.lastPoll().isAfter(polled.plusMillis(500)));
            await().until(() -> loop.sinceConfirmed().compareTo(Duration.ofSeconds(3)) < 0);
            assertThat(done).containsExactly("third");
            assertThat(bench.committed()).isZero();
            release.countDown();
            await().until(() -> bench.committed() == 3);
            assertThat(done).containsExactlyInAnyOrder("first", "second", "third");
        }
    }

    @Test
    void whatIsTakenAndNotFinishedIsBounded() throws Exception {
        try (var bench = new Bench(1, registry)) {
            for (int i = 0; i < 500; i++) {
                bench.send("key-" + i, "m-" + i);
            }
            var gate = new Semaphore(0);
            var together = new AtomicInteger();
            var most = new AtomicInteger();
            var done = new AtomicInteger();
            var loop = bench.loop(task -> {
                most.accumulateAndGet(together.incrementAndGet(), Math::max);
                gate.acquire();
                together.decrementAndGet();
                done.incrementAndGet();
            });
            await().until(() -> together.get() == 16);
            var polled = loop.lastPoll();
            await().until(() -> loop.lastPoll().isAfter(polled.plusSeconds(1)));
            assertThat(loop.outstanding()).isBetween(64, 64 + 200);
            gate.release(500);
            await().until(() -> done.get() == 500 && bench.committed() == 500);
            assertThat(most).hasValue(16);
        }
    }

    @Test
    void bytesThatCannotBeReadBecomeADeadLetterAndTheLoopGoesOn() throws Exception {
        try (var bench = new Bench(1, registry)) {
            var handled = new ConcurrentLinkedQueue<String>();
            byte[] bad = "not avro".getBytes(StandardCharsets.UTF_8);
            bench.send("key", bad);
            bench.send("key", "after");
            bench.loop(task -> handled.add(Bench.id(task)));
            await().until(() -> bench.committed() == 2);
            assertThat(handled).containsExactly("after");
            assertThat(bench.letters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(bad);
                assertThat(letter.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
                assertThat(Bench.header(letter, DeadLetters.CODE)).isEqualTo("WIR-MAGIC");
                assertThat(Bench.header(letter, DeadLetters.OFFSET)).isEqualTo("0");
                assertThat(Bench.header(letter, DeadLetters.PARTITION)).isEqualTo("0");
                assertThat(Bench.header(letter, DeadLetters.FOUND)).contains("8 bytes");
            });
        }
    }

    @Test
    void largeBytesThatCannotBeReadLieInTheObjectStore() throws Exception {
        try (var bench = new Bench(1, registry)) {
            byte[] bad = new byte[1_000_000];
            java.util.Arrays.fill(bad, (byte) 7);
            bench.send("key", bad);
            bench.loop(task -> {});
            await().until(() -> bench.committed() == 1);
            assertThat(bench.letters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isNull();
                var digest = dev.migrator.core.canonical.Digest.parse(Bench.header(letter, DeadLetters.DIGEST));
                var kept = Servers.objects().get(Bench.header(letter, DeadLetters.URI), digest);
                assertThat(kept).isEqualTo(bad);
            });
        }
    }

    @Test
    void aRegistryThatIsAwayCostsTimeAndNoRecord() throws Exception {
        try (var gate = new Gate(Servers.registryUrl());
                var bench = new Bench(1, new ApicurioSchemas(gate.url()))) {
            bench.send("key", "first");
            bench.send("other", "second");
            gate.shut();
            bench.restartWire();
            var handled = new ConcurrentLinkedQueue<String>();
            var loop = bench.loop(task -> handled.add(Bench.id(task)));
            await().until(() -> loop.outstanding() == 2);
            var polled = loop.lastPoll();
            await().until(() -> loop.lastPoll().isAfter(polled.plusSeconds(1)));
            assertThat(handled).isEmpty();
            assertThat(bench.committed()).isZero();
            gate.open();
            await().until(() -> bench.committed() == 2);
            assertThat(handled).containsExactlyInAnyOrder("first", "second");
            assertThat(bench.letters()).isEmpty();
        }
    }

    @Test
    void aStoreThatIsAwayHoldsUpALargeDeadLetterAndLosesNothing() throws Exception {
        try (var gate = new Gate(Servers.objectsEndpoint());
                var bench = new Bench(1, registry, Servers.objects(gate.url()))) {
            gate.shut();
            bench.send("key", new byte[1_000_001]);
            bench.send("other", "after");
            var handled = new ConcurrentLinkedQueue<String>();
            var loop = bench.loop(task -> handled.add(Bench.id(task)));
            await().until(() -> handled.contains("after"));
            assertThat(loop.outstanding()).isEqualTo(1);
            assertThat(bench.committed()).isZero();
            gate.open();
            await().until(() -> bench.committed() == 2);
            assertThat(bench.letters()).hasSize(1);
        }
    }

    @Test
    void aWorkerThatLostItsRightToWriteIsNoPoison() throws Exception {
        try (var bench = new Bench(1, registry)) {
            var attempts = new AtomicInteger();
            bench.send("key", "m-1");
            bench.loop(task -> {
                if (attempts.incrementAndGet() <= 4) {
                    throw new TargetException.Fenced(Problem.of("WRK-LEASE", "over"));
                }
            });
            await().until(() -> bench.committed() == 1);
            assertThat(attempts).hasValue(5);
            assertThat(bench.letters()).isEmpty();
        }
    }

    @Test
    void membershipIsConfirmedEvenWhileNothingComes() throws Exception {
        try (var bench = new Bench(2, registry)) {
            var loop = bench.loop(task -> {});
            await().until(() -> loop.assignment().size() == 2);
            var start = loop.lastPoll();
            await().until(() -> loop.lastPoll().isAfter(start.plusSeconds(4)));
            await().until(() -> loop.sinceConfirmed().compareTo(Duration.ofSeconds(3)) < 0);
        }
    }

    @Test
    void aPartThatIsAwayIsToldOnceAndTriedUntilItIsBack() throws Exception {
        try (var bench = new Bench(1, registry)) {
            var attempts = new AtomicInteger();
            var told = new ConcurrentLinkedQueue<String>();
            bench.send("key", "m-1");
            bench.loop(
                    task -> {
                        int attempt = attempts.incrementAndGet();
                        if (attempt <= 4) {
                            throw new ObjectStoreUnavailable("get", "refused", null);
                        } else if (attempt <= 8) {
                            throw new TargetException.Unavailable(Problem.of("TGT-AWAY", "away"), null);
                        }
                    },
                    (task, problem) -> told.add(Bench.id(task) + " " + problem.code()));
            await().until(() -> bench.committed() == 1);
            assertThat(attempts).hasValue(9);
            assertThat(told).containsExactly("m-1 OBJ-UNAVAILABLE");
            assertThat(bench.letters()).isEmpty();
        }
    }

    @Test
    void badInputBecomesADeadLetterWithItsCode() throws Exception {
        try (var bench = new Bench(1, registry)) {
            bench.send("key", "m-1");
            bench.loop(task -> {
                throw new ProblemException(Problem.of("TST-BAD", "bad").about("m-1"));
            });
            await().until(() -> bench.committed() == 1);
            assertThat(bench.letters())
                    .singleElement()
                    .satisfies(letter ->
                            assertThat(Bench.header(letter, DeadLetters.CODE)).isEqualTo("TST-BAD"));
        }
    }

    @Test
    void aRecordThatFailsThreeTimesIsPoisonAndTheNextIsHandled() throws Exception {
        try (var bench = new Bench(1, registry)) {
            var starts = new AtomicInteger();
            bench.send("key", "m-1");
            bench.send("key", "m-2");
            bench.loop(task -> {
                if (Bench.id(task).equals("m-1")) {
                    starts.incrementAndGet();
                    throw new IllegalStateException("a fault of ours");
                }
            });
            await().until(() -> bench.committed() == 2);
            assertThat(starts).hasValue(3);
            assertThat(bench.letters()).singleElement().satisfies(letter -> {
                assertThat(Bench.header(letter, DeadLetters.CODE)).isEqualTo("WRK-POISON");
                assertThat(letter.value()).isEqualTo(bench.wire.encode(Bench.event("m-1")));
            });
        }
    }

    @Test
    void startsThatNeverEndedAreCountedOverCrashes() throws Exception {
        try (var bench = new Bench(1, registry)) {
            bench.send("key", "m-1");
            var record = Bench.read(bench.topic).getFirst();
            var counts = new StartCounts(bench.workDir.resolve("starts").resolve(bench.group));
            for (int crash = 1; crash <= 3; crash++) {
                assertThat(counts.begin(record)).isEqualTo(crash);
            }
            var started = new AtomicBoolean();
            bench.loop(task -> started.set(true));
            await().until(() -> bench.committed() == 1);
            assertThat(started).isFalse();
            assertThat(bench.letters())
                    .singleElement()
                    .satisfies(letter ->
                            assertThat(Bench.header(letter, DeadLetters.CODE)).isEqualTo("WRK-POISON"));
        }
    }

    @Test
    void aStopInterruptsWorkThatDoesNotEndAndTheRecordComesAgain() throws Exception {
        try (var bench = new Bench(1, registry)) {
            bench.send("key", "m-1");
            var begun = new CountDownLatch(1);
            var settings = new TaskLoopSettings(
                    bench.group,
                    Set.of(bench.topic),
                    1,
                    1,
                    dev.migrator.kit.Backoff.DEFAULT,
                    Duration.ofMillis(200),
                    bench.workDir);
            var loop = bench.start(
                    settings,
                    task -> {
                        begun.countDown();
                        new CountDownLatch(1).await();
                    },
                    DelayListener.NONE);
            begun.await();
            loop.close();
            assertThat(loop.alive()).isFalse();
            assertThat(bench.committed()).isZero();
            var again = new ConcurrentLinkedQueue<Integer>();
            bench.loop(task -> again.add(task.attempt()));
            await().until(() -> bench.committed() == 1);
            assertThat(again).containsExactly(1);
            assertThat(bench.workDir.resolve("starts").resolve(bench.group)).isEmptyDirectory();
        }
    }

    @Test
    void aSecondMemberTakesPartitionsOverAndNothingIsLost() throws Exception {
        try (var bench = new Bench(6, registry)) {
            Set<String> handled = ConcurrentHashMap.newKeySet();
            var byFirst = new AtomicInteger();
            var bySecond = new AtomicInteger();
            var first = bench.loop(task -> {
                handled.add(Bench.id(task));
                byFirst.incrementAndGet();
            });
            await().until(() -> first.assignment().size() == 6);
            for (int i = 0; i < 100; i++) {
                bench.send("key-" + i, "m-" + i);
            }
            await().until(() -> bench.committed() == 100);
            var second = bench.loop(task -> {
                handled.add(Bench.id(task));
                bySecond.incrementAndGet();
            });
            await().until(() ->
                    first.assignment().size() == 3 && second.assignment().size() == 3);
            for (int i = 100; i < 200; i++) {
                bench.send("key-" + i, "m-" + i);
            }
            await().until(() -> bench.committed() == 200);
            first.close();
            await().until(() -> second.assignment().size() == 6);
            for (int i = 200; i < 300; i++) {
                bench.send("key-" + i, "m-" + i);
            }
            await().until(() -> bench.committed() == 300);
            assertThat(handled).hasSize(300);
            assertThat(byFirst.get() + bySecond.get()).isEqualTo(300);
            assertThat(bySecond.get()).isGreaterThan(100);
            assertThat(new HashSet<>(second.assignment())).hasSize(6);
        }
    }
}
