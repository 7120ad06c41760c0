package dev.migrator.chaos.model;

import dev.migrator.chaos.model.PlannedFault.Kind;
import dev.migrator.chaos.model.PlannedFault.Trigger;
import dev.migrator.chaos.model.PlannedMigration.Check;
import dev.migrator.chaos.model.PlannedMigration.Command;
import dev.migrator.chaos.model.PlannedMigration.Steering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Draws a run from its seed: the same seed, the same run. */
public final class Draw {
    private static final int TOPICS = 6;
    private static final int USERS = 3;
    private static final int ARTIFACTS = 2;
    private static final List<String> EXECUTORS = List.of("executor-service", "executor-service-2");
    private static final List<String> OTHERS =
            List.of("planner-service", "snapshot-service", "verifier-service", "console-service");

    private final SplittableRandom random;
    private final long seed;
    private final String name;
    private final String environment;
    private int values;

    private Draw(long seed, String name) {
        this.random = new SplittableRandom(seed);
        this.seed = seed;
        this.name = name;
        this.environment = random.nextInt(10) < 6 ? "test" : "production";
    }

    /** @param name of the run; all that it makes is named so */
    public static RunPlan run(long seed, String name) {
        return new Draw(seed, name).run();
    }

    private RunPlan run() {
        var migrations = migrations();
        return new RunPlan(
                seed, name, environment, before(), migrations, faults(migrations), topic(name + ".probe", 1));
    }

    private List<Change> before() {
        var before = new ArrayList<Change>();
        for (int number = 0; number < TOPICS; number++) {
            before.add(topic(topicName(number), 100_000_000L + number));
            before.add(new Change.Access(user(number % USERS), topicName(number), true));
        }
        for (int number = 0; number < USERS; number++) {
            before.add(new Change.Limit(user(number), 1_000_000L + number));
        }
        for (int number = 0; number < ARTIFACTS; number++) {
            before.add(new Change.SchemaWanted(artifact(number), 1));
        }
        // what nobody manages
        before.add(topic(name + ".neighbour", 99_000_000));
        before.add(new Change.Access(name + "-neighbour", name + ".neighbour", true));
        before.add(new Change.Limit(name + "-neighbour", 77_000));
        before.add(new Change.SchemaWanted(name + "-neighbour", 1));
        return before;
    }

    private List<PlannedMigration> migrations() {
        var migrations = new ArrayList<PlannedMigration>();
        var halves = numbers(TOPICS);
        migrations.add(migration("a", Duration.ZERO, changes("a", halves.subList(0, 3), 0)));
        int more = random.nextInt(4);
        if (more == 1 || more == 3) { // overlaps with the first
            var shared = halves.subList(1, 3);
            migrations.add(migration("b", upTo(3_000), changes("b", shared, 1)));
        }
        if (more == 2 || more == 3) { // nothing in common with the others
            migrations.add(migration("c", upTo(3_000), changes("c", halves.subList(3, 6), 2)));
        }
        return migrations;
    }

    private PlannedMigration migration(String letter, Duration startsAfter, List<Change> changes) {
        var check = random.nextInt(10) < 3 ? Check.BAD : random.nextBoolean() ? Check.GOOD : Check.NONE;
        Optional<Steering> steering = switch (random.nextInt(8)) {
            case 0 -> Optional.of(new Steering(Command.CANCEL, upTo(9_000), Duration.ZERO));
            case 1 -> Optional.of(new Steering(Command.ROLL_BACK, upTo(12_000), Duration.ZERO));
            case 2, 3 -> Optional.of(new Steering(Command.PAUSE_AND_RESUME, upTo(9_000), upTo(6_000)));
            default -> Optional.empty();
        };
        Optional<String> refused = random.nextInt(8) == 0
                ? changes.stream()
                        .filter(Change.TopicWanted.class::isInstance)
                        .map(change -> ((Change.TopicWanted) change).name())
                        .filter(topic -> topic.contains(".new-"))
                        .reduce((_, last) -> last)
                : Optional.empty();
        return new PlannedMigration(name + "-" + letter, startsAfter, changes, check, steering, refused);
    }

    /** Changes of topics that are there and all else of its own. @param user whose limit changes */
    private List<Change> changes(String letter, List<Integer> topics, int user) {
        var changes = new ArrayList<Change>();
        for (int number : topics) {
            changes.add(topic(topicName(number), nextValue()));
        }
        int created = 2 + random.nextInt(12);
        for (int number = 0; number < created; number++) {
            var topic = name + "." + letter + ".new-" + number;
            changes.add(topic(topic, nextValue()));
            if (random.nextBoolean()) {
                changes.add(new Change.Access(name + "-" + letter, topic, true));
            }
        }
        if (random.nextBoolean()) {
            changes.add(new Change.Limit(user(user), random.nextInt(3) == 0 ? 0 : 2_000_000L + nextValue()));
        }
        changes.add(new Change.Limit(name + "-" + letter, 3_000_000L + nextValue()));
        if (random.nextInt(3) > 0) {
            changes.add(new Change.SchemaWanted(name + "-" + letter + "-item", 1));
        }
        if (letter.equals("a") && random.nextBoolean()) {
            changes.add(new Change.SchemaWanted(artifact(0), 2));
        }
        if (letter.equals("c") && random.nextInt(3) > 0) { // one that no other migration of the run touches
            changes.remove(0);
            changes.add(new Change.TopicRetired(topicName(topics.getFirst())));
        }
        return changes;
    }

    private List<PlannedFault> faults(List<PlannedMigration> migrations) {
        var faults = new ArrayList<PlannedFault>();
        faults.add(sure());
        for (int more = random.nextInt(3); more > 0; more--) {
            faults.add(any());
        }
        boolean undone = migrations.stream().anyMatch(one -> one.mustNotSucceed() || one.mayBeUndone());
        if (undone && random.nextBoolean()) {
            faults.add(new PlannedFault(Kind.KILL, executor(), Trigger.UNDOING, upTo(1_000), upTo(4_000)));
        }
        return faults;
    }

    /** One after the other in seeds that follow each other, so that a few runs have them all. */
    private PlannedFault sure() {
        return switch ((int) Math.floorMod(seed, 3)) {
            case 0 -> new PlannedFault(Kind.KILL, PlannedFault.WORKER, Trigger.WRITING, upTo(1_000), upTo(4_000));
            case 1 ->
                new PlannedFault(Kind.FREEZE, PlannedFault.WORKER, Trigger.WRITING, upTo(1_000), beyondTheLease());
            default ->
                new PlannedFault(
                        random.nextBoolean() ? Kind.CUT : Kind.HOLD,
                        "kafka-" + environment,
                        Trigger.WRITING,
                        upTo(1_000),
                        between(2_000, 12_000));
        };
    }

    private PlannedFault any() {
        var trigger = random.nextBoolean() ? Trigger.START : Trigger.WRITING;
        var after = trigger == Trigger.START ? upTo(12_000) : upTo(4_000);
        return switch (random.nextInt(8)) {
            case 0 -> new PlannedFault(Kind.KILL, executor(), trigger, after, upTo(6_000));
            case 1 -> new PlannedFault(Kind.KILL, other(), trigger, after, upTo(6_000));
            case 2 ->
                new PlannedFault(
                        Kind.FREEZE,
                        random.nextInt(3) == 0 ? other() : executor(),
                        trigger,
                        after,
                        random.nextBoolean() ? upTo(4_000) : beyondTheLease());
            case 3 -> new PlannedFault(Kind.KILL, "kafka-control", trigger, after, upTo(3_000));
            case 4 -> new PlannedFault(Kind.KILL, "kafka-" + environment, trigger, after, upTo(3_000));
            case 5 -> new PlannedFault(Kind.STOP, pick("s3", "registry-control"), trigger, after, upTo(8_000));
            case 6 -> new PlannedFault(Kind.STOP, "registry-" + environment, trigger, after, upTo(8_000));
            default ->
                new PlannedFault(
                        pick(Kind.CUT, Kind.HOLD, Kind.DELAY),
                        pick("kafka-" + environment, "registry-" + environment, "s3", "kafka-control"),
                        trigger,
                        after,
                        between(2_000, 12_000));
        };
    }

    private Change.TopicWanted topic(String topic, long retention) {
        return new Change.TopicWanted(topic, new TreeMap<>(Map.of("retention.ms", String.valueOf(retention))));
    }

    /** Never the same twice: what was rolled back once is not asked for again. */
    private long nextValue() {
        values++;
        return 200_000_000L + values;
    }

    private List<Integer> numbers(int count) {
        var numbers = new ArrayList<Integer>();
        for (int number = 0; number < count; number++) {
            numbers.add(number);
        }
        for (int number = count - 1; number > 0; number--) {
            Collections.swap(numbers, number, random.nextInt(number + 1));
        }
        return numbers;
    }

    private String executor() {
        return EXECUTORS.get(random.nextInt(EXECUTORS.size()));
    }

    private String other() {
        return OTHERS.get(random.nextInt(OTHERS.size()));
    }

    @SafeVarargs
    private <T> T pick(T... those) {
        return those[random.nextInt(those.length)];
    }

    private Duration upTo(int millis) {
        return Duration.ofMillis(random.nextInt(millis + 1));
    }

    private Duration between(int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most + 1));
    }

    /** Past the lease of 5 s and the session time-out of 6 s, so that it wakes up when somebody else goes on. */
    private Duration beyondTheLease() {
        return between(8_000, 16_000);
    }

    private String topicName(int number) {
        return name + ".topic-" + number;
    }

    private String user(int number) {
        return name + "-user-" + number;
    }

    private String artifact(int number) {
        return name + "-artifact-" + number;
    }
}
