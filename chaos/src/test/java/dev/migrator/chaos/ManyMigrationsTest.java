package dev.migrator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.chaos.model.Change;
import dev.migrator.chaos.outside.Journal;
import dev.migrator.chaos.outside.Said;
import dev.migrator.chaos.outside.Seeder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many migrations of one environment at once: what has nothing in common does not wait for each other. */
@OnAHurtStack
@Order(3)
class ManyMigrationsTest {
    private static final int MANY = 100;
    private static final Set<String> AT_WORK = Set.of("EXECUTING", "VERIFYING");

    private final HurtStack hurt;

    ManyMigrationsTest(HurtStack hurt) {
        this.hurt = hurt;
    }

    // ariga/atlas#3476: one global lock blocks unrelated changes
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void aHundredThatHaveNothingInCommonRunAtOnceAndAllSucceed() throws Exception {
        var ids = IntStream.range(0, MANY).mapToObj(number -> "many-" + number).toList();
        long start = System.nanoTime();
        for (String id : ids) {
            hurt.people().submit(id, "test", List.of(topic(id + ".orders")), Optional.empty());
        }

        for (String id : ids) {
            hurt.awaitState(id, "SUCCEEDED");
        }

        System.out.println(MANY + " migrations in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)
                + " s, at most " + mostAtOnce(ids, Set.of("EXECUTING")) + " EXECUTING and "
                + mostAtOnce(ids, AT_WORK) + " EXECUTING or VERIFYING at the same moment");
        try (var outsider = new Seeder(hurt.stack().stack(), "test")) {
            assertThat(outsider.retentions("many-"))
                    .containsOnlyKeys(ids.stream().map(id -> id + ".orders").toList());
        }
        assertThat(mostAtOnce(ids, AT_WORK)).as("at work at the same moment").isGreaterThan(1);
        assertThat(ids.stream()
                        .flatMap(id -> hurt.journal().of(Journal.STATUS, id).stream())
                        .filter(status -> status.text("state").equals("QUEUED")
                                && status.text("waitsFor").contains("many-"))
                        .toList())
                .as("waiting for one another")
                .isEmpty();
    }

    @Test
    void aTargetThatNeverAnswersDelaysNobodyWhoDoesNotNeedIt() throws Exception {
        var way = hurt.stack().wayTo("registry-test");
        way.hold();
        try {
            hurt.people()
                    .submit(
                            "held-registry",
                            "test",
                            List.of(new Change.SchemaWanted("held-item", 1)),
                            Optional.empty());
            var ids = IntStream.range(0, 10)
                    .mapToObj(number -> "beside-" + number)
                    .toList();
            for (String id : ids) {
                hurt.people().submit(id, "test", List.of(topic(id + ".orders")), Optional.empty());
            }

            for (String id : ids) {
                hurt.awaitState(id, "SUCCEEDED");
            }

            assertThat(hurt.journal().ended("held-registry"))
                    .as("the one that needs the registry has ended")
                    .isFalse();
        } finally {
            way.pass();
        }
        hurt.awaitState("held-registry", "SUCCEEDED");
    }

    /** From the status topic: each migration is in a state until it says another one. */
    private long mostAtOnce(List<String> ids, Set<String> states) {
        record Step(Instant at, int more) {}
        var steps = ids.stream()
                .flatMap(id -> {
                    var entered =
                            new TreeSet<Step>(Comparator.comparing(Step::at).thenComparing(Step::more));
                    boolean in = false;
                    for (Said status : hurt.journal().of(Journal.STATUS, id)) {
                        boolean now = states.contains(status.text("state"));
                        if (now != in) {
                            entered.add(new Step(status.at(), now ? 1 : -1));
                        }
                        in = now;
                    }
                    return entered.stream();
                })
                .sorted(Comparator.comparing(Step::at).thenComparing(Step::more))
                .toList();
        int now = 0;
        int most = 0;
        for (var step : steps) {
            now += step.more();
            most = Math.max(most, now);
        }
        return most;
    }

    private static Change topic(String name) {
        return new Change.TopicWanted(name, new TreeMap<>(Map.of("retention.ms", "100000001")));
    }
}
