package dev.migrator.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Fleet;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Runs of random fleets beside a lifecycle that knows the truth. Messages come twice, late, in another order, or get lost and
 * are delivered again; decisions are lost with the process that made them and made anew from what was stored.
 */
class FleetsPropertyTest {
    private static final List<MigrationState> WAY =
            List.of(MigrationState.REQUESTED, MigrationState.PLANNED, MigrationState.EXECUTING);
    private static final List<MigrationState> BAD = List.of(
            MigrationState.ROLLED_BACK,
            MigrationState.ROLLBACK_INCOMPLETE,
            MigrationState.REJECTED,
            MigrationState.CANCELLED);

    private static final int ASKED = 3;
    private static final Duration LOOKS = Duration.ofSeconds(40);

    @Property(tries = 150)
    void aWaveBeginsOnlyOnGoodOnesAndEveryRunComesToItsEnd(@ForAll long seed) {
        var world = new World(new Random(seed));

        world.play();

        world.judge();
    }

    /** What happens to one run, and what is true of its migrations whatever the run has heard. */
    private static final class World {
        private final Random random;
        private final Fleet fleet;
        private final Shell shell;
        private final List<FleetFact> mail = new ArrayList<>();
        private final Map<String, ChangeRequest> started = new HashMap<>();
        private final Map<String, List<MigrationStatus>> truth = new HashMap<>();
        private final Map<String, Instant> goodAt = new HashMap<>();
        private final Set<String> lost = new HashSet<>();
        private final Map<String, Integer> asks = new HashMap<>();
        private final Map<String, Duration> watched = new HashMap<>();
        private final Set<String> deaf = new HashSet<>();
        private final Set<String> givenUp = new HashSet<>();
        private Optional<Instant> lastTick = Optional.empty();
        private boolean stopSent;
        private boolean isStopKnown;

        World(Random random) {
            this.random = random;
            var waves = new ArrayList<List<String>>();
            for (int wave = 0; wave <= random.nextInt(4); wave++) {
                var names = new ArrayList<String>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    names.add("e" + wave + "-" + i);
                }
                waves.add(names);
            }
            fleet = new Fleet("europe", waves, new Grace(random.nextInt(3), Grace.Unit.MINUTES));
            // given up soon, so that many runs come to it, and never for the outages here
            var usual = Samples.rules(fleet);
            shell = new Shell(
                    new FleetRules(
                            usual.fleets(),
                            usual.asking(),
                            ASKED,
                            LOOKS,
                            usual.earlyKept(),
                            usual.endedKept(),
                            usual.mostLive()),
                    Samples.ID);
        }

        void play() {
            mail.add(new FleetFact.Requested(Samples.request()));
            for (int step = 0; step < 600; step++) {
                if (random.nextInt(150) == 0 && !stopSent) {
                    stopSent = true;
                    mail.add(new FleetFact.StopOrdered(Samples.ID, "olga", "enough"));
                }
                if (random.nextInt(40) == 0) {
                    lastTick = Optional.empty(); // another process goes on
                    tick(Duration.ofMinutes(random.nextInt(30)));
                }
                switch (random.nextInt(4)) {
                    case 0 -> moveOn();
                    case 1 -> tick(Duration.ofSeconds(random.nextInt(20)));
                    default -> deliver();
                }
            }
            // then everything arrives
            for (int round = 0; round < 400 && !shell.run().isEnded(); round++) {
                moveOn();
                while (!mail.isEmpty()) {
                    give(mail.remove(random.nextInt(mail.size())));
                }
                tick(Duration.ofSeconds(30));
            }
        }

        private void deliver() {
            if (mail.isEmpty()) {
                return;
            }
            var fact = mail.get(random.nextInt(mail.size()));
            if (random.nextInt(5) > 0) {
                mail.remove(fact); // else it comes again
            }
            give(fact);
        }

        private void tick(Duration time) {
            shell.now = shell.now.plus(time);
            if (lastTick.isPresent() && time.compareTo(LOOKS) <= 0) {
                asks.keySet().forEach(environment -> watched.merge(environment, time, Duration::plus));
            }
            give(new FleetFact.Tick(shell.now, lastTick));
            lastTick = Optional.of(shell.now);
        }

        private void give(FleetFact fact) {
            if (random.nextInt(8) == 0) {
                shell.decision(fact); // the process dies before it is stored; the fact comes again
            }
            int before = shell.asked.size();
            var stopping = isStopKnown || fact instanceof FleetFact.StopOrdered;
            shell.give(fact);
            isStopKnown = shell.run().stop().isPresent();
            var asked = List.copyOf(shell.asked.subList(before, shell.asked.size()));
            if (stopping) {
                assertThat(asked).as("asked for after a stop").isEmpty();
            }
            asked.forEach(this::take);
            shell.run().children().forEach((environment, child) -> {
                if (child.problem()
                                .filter(problem -> problem.code().equals("FLT-NO-ANSWER"))
                                .isPresent()
                        && givenUp.add(environment)) {
                    requirePatience(environment, stopping);
                }
            });
        }

        private void requirePatience(String environment, boolean stopping) {
            if (!stopping) {
                assertThat(asks.get(environment)).as("asked before given up").isGreaterThanOrEqualTo(ASKED);
            }
            var least = Duration.ZERO;
            for (int attempt = 1; attempt <= ASKED; attempt++) {
                least = least.plus(shell.rules.asking().after(attempt));
            }
            assertThat(watched.get(environment))
                    .as("waited for while somebody looked")
                    .isGreaterThanOrEqualTo(least);
        }

        /** The lifecycle takes a change once, and may not hear of it at first. */
        private void take(ChangeRequest change) {
            requireEarlierWavesGood(change.environment());
            asks.merge(change.environment(), 1, Integer::sum);
            var known = started.putIfAbsent(change.environment(), change);
            assertThat(known == null || known.equals(change))
                    .as("the same change")
                    .isTrue();
            if (known == null && random.nextInt(15) == 0) {
                deaf.add(change.environment());
            }
            if (deaf.contains(change.environment())) {
                return;
            }
            if (random.nextInt(6) == 0 && lost.add(change.environment())) {
                return;
            }
            truth.computeIfAbsent(change.environment(), _ -> new ArrayList<>());
        }

        private void requireEarlierWavesGood(String environment) {
            for (var wave : fleet.waves()) {
                if (wave.contains(environment)) {
                    return;
                }
                for (String earlier : wave) {
                    assertThat(goodAt).as("good before " + environment).containsKey(earlier);
                    assertThat(shell.now)
                            .as("baked before " + environment)
                            .isAfterOrEqualTo(
                                    goodAt.get(earlier).plus(fleet.bake().duration()));
                }
            }
        }

        /** One of the migrations comes a step further. */
        private void moveOn() {
            truth.keySet().stream().sorted().forEach(environment -> {
                var statuses = truth.get(environment);
                if (random.nextInt(3) == 0
                        && (statuses.isEmpty() || !statuses.getLast().ended())) {
                    var state = statuses.size() < WAY.size() ? WAY.get(statuses.size()) : end();
                    var status = Samples.status(started.get(environment), statuses.size() + 1, state, shell.now);
                    statuses.add(status);
                    if (isGood(status)) {
                        goodAt.put(environment, shell.now);
                    }
                    mail.add(new FleetFact.ChildSeen(Samples.ID, status));
                }
            });
        }

        private MigrationState end() {
            if (random.nextInt(12) == 0) {
                return BAD.get(random.nextInt(BAD.size()));
            }
            return random.nextBoolean() ? MigrationState.SUCCEEDED : MigrationState.NO_CHANGES;
        }

        private static boolean isGood(MigrationStatus status) {
            return status.state() == MigrationState.SUCCEEDED || status.state() == MigrationState.NO_CHANGES;
        }

        void judge() {
            var end = shell.status();
            var everywhere = fleet.environments().stream().allMatch(goodAt::containsKey);
            if (givenUp.isEmpty() || !everywhere) {
                assertThat(end.state()).isEqualTo(everywhere ? FleetState.SUCCEEDED : FleetState.STOPPED);
            }
            if (end.state() == FleetState.STOPPED) {
                var failed = truth.values().stream()
                        .anyMatch(statuses ->
                                !statuses.isEmpty() && statuses.getLast().ended() && !isGood(statuses.getLast()));
                assertThat(failed || stopSent || !givenUp.isEmpty())
                        .as("a reason to stop")
                        .isTrue();
                assertThat(end.problems()).isNotEmpty();
            }
            truth.forEach((environment, statuses) -> assertThat(
                            statuses.isEmpty() || statuses.getLast().ended() || givenUp.contains(environment))
                    .as("nothing is under way at the end")
                    .isTrue());
            assertThat(end.members()).allSatisfy(member -> {
                var said = truth.getOrDefault(member.environment(), List.of());
                if (!said.isEmpty() && !givenUp.contains(member.environment())) {
                    assertThat(member.state()).contains(said.getLast().state());
                }
            });
            assertThat(shell.statuses)
                    .extracting(FleetStatus::sequence)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(shell.statuses.stream().filter(FleetStatus::ended).map(FleetStatus::state))
                    .as("an end is an end")
                    .containsOnly(end.state());
        }
    }
}
