package dev.migrator.target.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing that an outsider writes at the same moment is overwritten unseen, and no write of ours is lost. */
class RowRaceTest {
    private static final int ROUNDS = 100;

    static TargetWriter writer;

    @BeforeAll
    static void open() throws Exception {
        TestDatabase.run(
                "CREATE SCHEMA IF NOT EXISTS race",
                "CREATE TABLE race.rows (k text PRIMARY KEY, v int, w int)",
                "CREATE TABLE race.log (k text, old int, new int, by text)",
                // what was really overwritten by what, whoever did it
                "CREATE FUNCTION race.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " INSERT INTO race.log VALUES (coalesce(NEW.k, OLD.k), OLD.v, NEW.v,"
                        + " current_setting('application_name')); RETURN NULL; END $$",
                "CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON race.rows FOR EACH ROW EXECUTE FUNCTION race.note()");
        writer = TestDatabase.writer();
    }

    @AfterAll
    static void close() {
        writer.close();
    }

    @Test
    void anOutsiderAndThisWriterNeverOverwriteEachOtherUnseen() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var threads = Executors.newFixedThreadPool(2);
                var outsider = TestDatabase.outsider()) {
            for (int round = 0; round < ROUNDS; round++) {
                var key = Entries.row("race.rows", "k", "r" + round);
                boolean exists = random.nextBoolean();
                if (exists) {
                    TestDatabase.run("INSERT INTO race.rows VALUES ('r" + round + "', 1, 0)");
                }
                var operation = operation(key, exists, random);
                var theirs = theirs("r" + round, random);
                var start = new CyclicBarrier(2);
                Future<Outcome> ours = threads.submit(() -> {
                    start.await();
                    return writer.apply(List.of(operation), WriteGuard.ALWAYS).getFirst();
                });
                Future<Integer> changed = threads.submit(() -> {
                    start.await();
                    try (var statement = outsider.createStatement()) {
                        return statement.executeUpdate(theirs);
                    }
                });
                var _ = changed.get();
                check(seed, round, operation, ours.get());
            }
        }
    }

    private static Operation operation(dev.migrator.core.model.EntryKey key, boolean exists, Random random) {
        if (!exists) {
            return Entries.create(key, "{\"v\": 2}");
        }
        return random.nextBoolean()
                ? Entries.update(key, "{\"v\": 1}", "{\"v\": 2}")
                : Entries.delete(key, Entries.columns("{\"v\": 1}"));
    }

    private static String theirs(String k, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "UPDATE race.rows SET v = 9 WHERE k = '" + k + "'";
            case 1 -> "DELETE FROM race.rows WHERE k = '" + k + "'";
            default -> "INSERT INTO race.rows VALUES ('" + k + "', 9, 0) ON CONFLICT (k) DO UPDATE SET v = 9";
        };
    }

    /** Ours may have changed only what it expected, and says so if and only if it did. */
    private static void check(long seed, int round, Operation operation, Outcome outcome) throws Exception {
        var k = "r" + round;
        var ours =
                TestDatabase.ask("SELECT string_agg(coalesce(old::text, '-') || '>' || coalesce(new::text, '-'), ' ')"
                        + " FROM race.log WHERE k = '" + k + "' AND by LIKE 'migrator-write%'");
        var expected = switch (operation) {
            case Operation.Create _ -> "->2";
            case Operation.Update _ -> "1>2";
            case Operation.Delete _ -> "1>-";
        };
        var what = "seed " + seed + ", round " + round + ", " + operation + ": " + outcome;
        switch (outcome) {
            case Outcome.Applied _ -> assertThat(ours).as(what).isEqualTo(expected);
            case Outcome.Conflict _, Outcome.AlreadyApplied _ ->
                assertThat(ours).as(what).isNull();
            default -> throw new AssertionError(what);
        }
    }

    @Test
    void aRowThatIsLockedByAnotherIsWaitedForAndJudgedByWhatItIsThen() throws Exception {
        var key = Entries.row("race.rows", "k", "locked");
        TestDatabase.run("INSERT INTO race.rows VALUES ('locked', 1, 0)");
        try (var threads = Executors.newSingleThreadExecutor();
                var outsider = TestDatabase.outsider()) {
            outsider.setAutoCommit(false);
            try (var statement = outsider.createStatement()) {
                var _ = statement.executeUpdate("UPDATE race.rows SET v = 9 WHERE k = 'locked'");
            }
            var ours = threads.submit(
                    () -> writer.apply(List.of(Entries.update(key, "{\"v\": 1}", "{\"v\": 2}")), WriteGuard.ALWAYS)
                            .getFirst());
            org.awaitility.Awaitility.await()
                    .until(
                            () -> "1"
                                    .equals(
                                            TestDatabase.ask(
                                                    "SELECT count(*) FROM"
                                                            + " pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE 'migrator-write%'")));
            outsider.commit();

            var conflict = (Outcome.Conflict) ours.get();
            assertThat(Entries.column(((EntryState.Present) conflict.found()).content(), "v"))
                    .isEqualTo(Value.of(9));
        }
    }

    @Test
    void whoeverLosesTheRightBeforeTheCommitHasWrittenNothing() throws Exception {
        var key = Entries.row("race.rows", "k", "fenced");
        var asked = new int[1];

        org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                        writer.apply(List.of(Entries.create(key, "{\"v\": 2}")), () -> {
                            if (++asked[0] == 2) {
                                throw new TargetException.Fenced(
                                        dev.migrator.core.error.Problem.of("WRK-FENCED", "the lease is lost"));
                            }
                        }))
                .isInstanceOf(TargetException.Fenced.class);

        assertThat(writer.readAll(Set.of(key)).get(key)).isEqualTo(EntryState.ABSENT);
    }
}
