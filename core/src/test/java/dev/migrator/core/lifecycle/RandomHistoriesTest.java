package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.World.Wish;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Random histories: messages in any order, some twice, some lost. {@link Invariants} are checked at every step. */
class RandomHistoriesTest {
    private static Wish wish(String id, Random random, int keys, int wrongPhase) {
        var wanted = new TreeMap<String, String>();
        var phases = new ArrayList<Integer>();
        int batches = 1 + random.nextInt(5);
        var by = random.nextInt(3) == 0 ? "several" : id;
        while (wanted.size() < batches) {
            wanted.put("key-" + random.nextInt(keys), "as wanted by " + by);
        }
        for (int left = batches; left > 0; left -= phases.getLast()) {
            phases.add(1 + random.nextInt(left));
        }
        return new Wish(new MigrationId(id), wanted, phases, wrongPhase);
    }

    @Property(tries = 400)
    void everyMigrationEndsWhateverHappens(@ForAll long seed) {
        var world = crowd(seed);

        world.run();

        assertThat(world.environment().members()).isEmpty();
    }

    /** Otherwise the histories would prove little. */
    @Test
    void theHistoriesLeadToEveryEnd() {
        var ends = EnumSet.noneOf(MigrationState.class);
        var problems = new TreeSet<String>();

        for (long seed = 0; seed < 300; seed++) {
            var world = crowd(seed);
            world.run();
            world.ends().forEach(status -> {
                ends.add(status.state());
                status.problems().forEach(problem -> problems.add(problem.code()));
            });
        }

        assertThat(ends)
                .containsExactlyInAnyOrder(
                        MigrationState.SUCCEEDED,
                        MigrationState.NO_CHANGES,
                        MigrationState.REJECTED,
                        MigrationState.CANCELLED,
                        MigrationState.ROLLED_BACK,
                        MigrationState.ROLLBACK_INCOMPLETE);
        assertThat(problems).contains("CHG-HELD", "EXE-CONFLICT", "CMD-PAUSE-OVER", "VRF-ROLLBACK", "RBK-DIFFERS");
    }

    private static World crowd(long seed) {
        var random = new Random(seed);
        var world = new World(seed).meddling(random.nextInt(12));
        int migrations = 1 + random.nextInt(4);
        IntStream.range(0, migrations)
                .forEach(i -> world.wishing(wish("m-" + i, random, 8, random.nextInt(4) == 0 ? 0 : -1)));
        return world;
    }

    @Property(tries = 15)
    void aLongQueueForOneEntryIsWorkedOffAndNobodyIsTurnedAway(@ForAll long seed) {
        var world = new World(seed);
        IntStream.range(0, 25)
                .forEach(i -> world.wishing(new Wish(
                        new MigrationId("m-" + i), new TreeMap<>(Map.of("key", "wanted by " + i)), List.of(1), -1)));

        world.run();

        assertThat(world.ends()).extracting(MigrationStatus::state).containsOnly(MigrationState.SUCCEEDED);
    }

    @Property(tries = 200)
    void theOutcomeIsTheSameHoweverTheMessagesTravel(
            @ForAll long plans, @ForAll long oneTravel, @ForAll long anotherTravel) {
        var one = new World(oneTravel).wishing(wish("m", new Random(plans), 5, (int) Math.floorMod(plans, 3L) - 1));
        var other =
                new World(anotherTravel).wishing(wish("m", new Random(plans), 5, (int) Math.floorMod(plans, 3L) - 1));

        one.run();
        other.run();

        var id = new MigrationId("m");
        assertThat(other.status(id).state()).isEqualTo(one.status(id).state());
        assertThat(other.target).isEqualTo(one.target);
        assertThat(other.status(id).counts()).isEqualTo(one.status(id).counts());
        assertThat(other.status(id).problems()).isEqualTo(one.status(id).problems());
        assertThat(other.status(id).checklist()).isEqualTo(one.status(id).checklist());
    }

    @Property(tries = 150)
    void withoutOthersAMigrationEitherSucceedsWholeOrLeavesTheTargetAsItWas(@ForAll long seed) {
        var random = new Random(seed);
        var wish = wish("m", random, 6, random.nextInt(3) - 1);
        var world = new World(seed).wishing(wish);
        wish.wanted().keySet().stream().filter(_ -> random.nextBoolean()).forEach(key -> world.target.put(key, "old"));
        var before = Map.copyOf(world.target);

        world.run();

        var status = world.status(wish.id());
        if (wish.wrongPhase() >= 0 && wish.wrongPhase() < wish.phases().size()) {
            assertThat(status.state()).isEqualTo(MigrationState.ROLLED_BACK);
            wish.wanted()
                    .keySet()
                    .forEach(key ->
                            assertThat(world.target.getOrDefault(key, "")).isEqualTo(before.getOrDefault(key, "")));
        } else {
            assertThat(status.state()).isEqualTo(MigrationState.SUCCEEDED);
            assertThat(world.target).containsAllEntriesOf(wish.wanted());
        }
    }

    /** The shell of the other tests stores bytes after every step; here nothing is ever stored. */
    @Property(tries = 100)
    void aHistoryThatIsStoredAndReadAtEveryStepIsTheSameHistory(@ForAll long seed) {
        var random = new Random(seed);
        var world = new World(seed).meddling(random.nextInt(8));
        IntStream.range(0, 3).forEach(i -> world.wishing(wish("m-" + i, random, 8, -1)));
        world.run();

        var environment = EnvironmentState.empty("production");
        var facts = new HashMap<MigrationId, Facts>();
        var effects = new ArrayList<Effect>();
        for (var input : world.shell.inputs) {
            var known = facts.getOrDefault(input.id(), Facts.none(input.id()));
            var decision = Lifecycle.decide(environment, known, input.fact(), input.now(), world.shell.rules);
            environment = decision.environment();
            facts.put(input.id(), decision.facts());
            effects.addAll(decision.effects());
        }

        assertThat(withoutBundles(effects)).isEqualTo(withoutBundles(world.shell.effects));
        assertThat(EnvironmentStateCodec.bytes(environment))
                .isEqualTo(EnvironmentStateCodec.bytes(world.environment()));
    }

    /** A bundle's bytes have no equality. */
    private static List<Effect> withoutBundles(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.PlanRequested))
                .toList();
    }
}
