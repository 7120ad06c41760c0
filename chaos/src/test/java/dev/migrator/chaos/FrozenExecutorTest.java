package dev.migrator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.chaos.fault.ChaosStack;
import dev.migrator.chaos.fault.Holders;
import dev.migrator.chaos.model.Change;
import dev.migrator.chaos.outside.Journal;
import dev.migrator.chaos.outside.Said;
import dev.migrator.chaos.outside.Seeder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two executors; the one that works is frozen beyond its lease, or killed, and the other goes on. */
@OnAHurtStack
@Order(1)
class FrozenExecutorTest {
    private static final int TOPICS = 60;

    /** A takeover that takes longer than this is broken, however busy the machine is. */
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(60);

    private final HurtStack hurt;

    FrozenExecutorTest(HurtStack hurt) {
        this.hurt = hurt;
    }

    // camunda/camunda#48343, spinnaker/spinnaker#6625: a crash leaves the lock, nobody may go on
    @Test
    void whatWasFrozenBeyondItsLeaseStartsNoCallWhenItWakesUp() throws Exception {
        var id = "frozen";
        hurt.people().submit(id, "test", topics(id, TOPICS, "100000001"), Optional.empty());
        var frozen = freezeTheWorkerOf(id);
        var at = Instant.now();

        var next = awaitAnswerAfter(id, at);
        System.out.println("takeover of the worker after " + frozen + " was frozen: " + since(at, next));
        hurt.awaitState(id, "SUCCEEDED");
        // from here on an outsider decides: whatever the frozen one would still write is no longer what it expects
        try (var outsider = new Seeder(hurt.stack().stack(), "test")) {
            for (var change : topics(id, TOPICS, "100000002")) {
                outsider.change((Change.TopicWanted) change);
            }
            int answered = answers(id).size();
            hurt.stack().stack().thaw(frozen);
            awaitWorkOf(frozen);

            assertThat(outsider.retentions(id + "."))
                    .hasSize(TOPICS)
                    .allSatisfy((topic, retention) -> assertThat(retention).isEqualTo("100000002"));
            assertThat(answers(id).subList(answered, answers(id).size()))
                    .as("all that it may say of the command it was frozen at is that others went on")
                    .allMatch(answer -> answer.text("result").equals("SUPERSEDED"));
        }
        assertThat(answers(id).stream()
                        .filter(answer -> !answer.text("result").equals("SUPERSEDED"))
                        .map(answer -> answer.number("seq"))
                        .toList())
                .as("each command was carried out by one")
                .doesNotHaveDuplicates();
        assertThat(hurt.journal().of(Journal.AUDIT, id).stream()
                        .filter(entry -> entry.text("decision").equals("ended"))
                        .toList())
                .hasSize(1);
        assertThat(Duration.between(at, next.at())).isLessThan(FAR_TOO_LONG);
    }

    @Test
    void aWorkerThatIsKilledIsFollowedByTheOtherOne() throws Exception {
        var id = "killed";
        hurt.people().submit(id, "test", topics(id, TOPICS, "100000001"), Optional.empty());
        var killed = awaitWorker(id);
        hurt.stack().stack().kill(killed);
        var at = Instant.now();

        var next = awaitAnswerAfter(id, at);
        System.out.println("takeover of the worker after " + killed + " was killed: " + since(at, next));
        hurt.awaitState(id, "SUCCEEDED");

        hurt.stack().stack().start(killed);
        assertThat(Duration.between(at, next.at())).isLessThan(FAR_TOO_LONG);
    }

    @Test
    void theLifecycleIsTakenOverByTheOtherOne() throws Exception {
        var id = "lifecycle";
        hurt.people().submit(id, "test", topics(id, TOPICS, "100000001"), Optional.empty());
        awaitWorker(id);
        var killed = Lifecycles.holder(hurt.stack().stack(), "test");
        hurt.stack().stack().kill(killed);
        var at = Instant.now();

        var next = hurt.await(
                "the lifecycle to go on",
                () -> hurt.journal().of(Journal.STATUS, id).stream()
                        .filter(status -> status.at().isAfter(at))
                        .findFirst(),
                () -> hurt.journal().state(id));
        System.out.println("takeover of the lifecycle after " + killed + " was killed: " + since(at, next));
        hurt.awaitState(id, "SUCCEEDED");

        hurt.stack().stack().start(killed);
        assertThat(Duration.between(at, next.at())).isLessThan(FAR_TOO_LONG);
    }

    /** In the middle of the migration. @return which of the two it is */
    private String freezeTheWorkerOf(String id) throws Exception {
        var worker = awaitWorker(id);
        hurt.stack().stack().freeze(worker);
        return worker;
    }

    private String awaitWorker(String id) throws Exception {
        hurt.await(
                "some batches of " + id + " applied",
                () -> answers(id).size() >= 4 ? Optional.of(true) : Optional.empty(),
                () -> hurt.journal().state(id));
        return Holders.worker(hurt.stack().stack(), id).orElseThrow();
    }

    private Said awaitAnswerAfter(String id, Instant at) throws Exception {
        return hurt.await(
                "an answer to the next command of " + id,
                () -> answers(id).stream()
                        .filter(answer -> answer.at().isAfter(at))
                        .findFirst(),
                () -> hurt.journal().state(id));
    }

    private List<Said> answers(String id) {
        return hurt.journal().of(Journal.RESULTS, id).stream()
                .filter(answer -> answer.type().equals("BatchAnswered"))
                .toList();
    }

    /** Until it carries out commands of others: it is awake, and has its share again. */
    private void awaitWorkOf(String executor) throws Exception {
        for (int round = 0; round < 10; round++) {
            var ids = new ArrayList<String>();
            for (int partition = 0; partition < 12; partition++) {
                ids.add(idInPartition("awake-" + round + "-", partition));
            }
            for (String id : ids) {
                hurt.people().submit(id, "test", topics(id, 1, "100000001"), Optional.empty());
            }
            for (String id : ids) {
                hurt.awaitState(id, "SUCCEEDED");
            }
            if (ids.stream()
                    .anyMatch(id -> Holders.worker(hurt.stack().stack(), id)
                            .filter(executor::equals)
                            .isPresent())) {
                return;
            }
        }
        throw new AssertionError(executor + " does not work again, of " + ChaosStack.EXECUTORS);
    }

    private static String idInPartition(String prefix, int partition) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> prefix + number)
                .filter(id -> Utils.toPositive(Utils.murmur2(id.getBytes(java.nio.charset.StandardCharsets.UTF_8))) % 12
                        == partition)
                .findFirst()
                .orElseThrow();
    }

    private static List<Change> topics(String prefix, int count, String retention) {
        return IntStream.range(0, count)
                .<Change>mapToObj(number -> new Change.TopicWanted(
                        prefix + ".topic-" + number, new TreeMap<>(Map.of("retention.ms", retention))))
                .toList();
    }

    private static String since(Instant at, Said next) {
        return Duration.between(at, next.at()).toMillis() + " ms";
    }
}
