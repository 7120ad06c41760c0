package dev.migrator.target.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.localstack.server.PostgresServer;
import dev.migrator.localstack.server.PostgresSpec;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cannot work says why and whether trying again helps; what was cut off has taken effect in whole or not at all. */
class PostgresFaultsTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start(
                TestDatabase.folder("faults"), PostgresSpec.of("config").withUser("reader", "it's"));
        run("CREATE TABLE rows (k int PRIMARY KEY, v text)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void run(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(
                        server.jdbcUrl("config"),
                        PostgresSpec.ADMIN,
                        server.spec().password());
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }

    private static Map<String, String> admin() {
        return TestDatabase.user(PostgresSpec.ADMIN, server.spec().password());
    }

    private static TargetException opening(String address, Map<String, String> credentials) {
        return opening(address, Optional.empty(), credentials);
    }

    private static TargetException opening(String address, Optional<String> id, Map<String, String> credentials) {
        try {
            new PostgresProvider()
                    .openWriter(TestDatabase.config(address, id), credentials, SHORT)
                    .close();
            throw new AssertionError("it was opened");
        } catch (TargetException e) {
            return e;
        }
    }

    @Test
    void whatCannotBeOpenedSaysWhy() throws Exception {
        var address = server.address("config");
        assertRefused(opening(address, TestDatabase.user(PostgresSpec.ADMIN, "wrong")), "TGT-AUTHENTICATION");
        assertRefused(opening(address, TestDatabase.user("nobody", "wrong")), "TGT-AUTHENTICATION");
        assertRefused(opening(server.address("nowhere"), admin()), "TGT-ADDRESS");
        assertRefused(
                opening(
                        address,
                        Map.of("username", "admin", "password", server.spec().password())),
                "TGT-TLS");
        assertRefused(opening(address, Map.of("user", "admin")), "TGT-CREDENTIAL");
        assertRefused(opening(address, Map.of("sslmode", "prefer")), "TGT-CREDENTIAL");
        assertRefused(opening(address, Map.of("tables", "a.b.c")), "TGT-CREDENTIAL");
        assertRefused(opening("jdbc:" + address, admin()), "TGT-ADDRESS");
        assertRefused(opening(address + "?sslmode=disable", admin()), "TGT-ADDRESS");
        assertRefused(opening(address.replace("//", "//admin:secret@"), admin()), "TGT-ADDRESS");
        assertRefused(opening(address, Optional.of("7/config"), admin()), "TGT-WRONG-CLUSTER");
        assertThat(opening(address.replace("//", "//admin:secret@"), admin()).toString())
                .doesNotContain("secret");
    }

    private static void assertRefused(TargetException found, String code) {
        assertThat(found).isInstanceOf(TargetException.Refused.class);
        assertThat(found.problem().code()).as(found.toString()).isEqualTo(code);
    }

    @Test
    void whoDoesNotAnswerMayAnswerLater() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var half = opening("postgresql://127.0.0.1:" + silent.getLocalPort() + "/config", admin());
            assertThat(half).isInstanceOf(TargetException.Unavailable.class);
            assertThat(half.problem().code()).isEqualTo("TGT-UNAVAILABLE");
        }
        var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        free.close();
        assertThat(opening("postgresql://127.0.0.1:" + free.getLocalPort() + "/config", admin()))
                .isInstanceOf(TargetException.Unavailable.class);
        assertThat(new PostgresProvider()
                        .unreachable(
                                TestDatabase.config(
                                        "postgresql://127.0.0.1:" + free.getLocalPort() + "/config", Optional.empty()),
                                admin(),
                                SHORT))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("TGT-NOTHING-LISTENS"));
        assertThat(new PostgresProvider()
                        .unreachable(TestDatabase.config(server.address("config"), Optional.empty()), admin(), SHORT))
                .isEmpty();
    }

    @Test
    void theIdentityIsThatOfTheDatabaseAndIsAcceptedWhenExpected() throws Exception {
        String id;
        try (var reader = new PostgresProvider()
                .openReader(
                        TestDatabase.config(server.address("config"), Optional.empty()),
                        TestDatabase.user("reader", "it's"),
                        SHORT)) {
            id = reader.identity();
        }
        assertThat(id).matches("[0-9]+/config");
        new PostgresProvider()
                .openWriter(TestDatabase.config(server.address("config"), Optional.of(id)), admin(), SHORT)
                .close();
    }

    @Test
    void whoMayNotIsTold() throws Exception {
        run("GRANT SELECT ON rows TO reader");
        var key = Entries.row("rows", "k", "500");
        try (var writer = new PostgresProvider()
                .openWriter(
                        TestDatabase.config(server.address("config"), Optional.empty()),
                        TestDatabase.user("reader", "it's"),
                        SHORT)) {
            assertThat(writer.readAll(Set.of(key)).get(key)).isEqualTo(EntryState.ABSENT);
            var create = Entries.create(key, "{\"v\": \"x\"}");
            assertThatThrownBy(() -> writer.apply(List.of(create), WriteGuard.ALWAYS))
                    .isInstanceOfSatisfying(
                            TargetException.Refused.class,
                            e -> assertThat(e.problem().code()).isEqualTo("TGT-DENIED"));
        }
    }

    /** The guard is asked before each write and before the commit: that is where the connection is lost. */
    @Test
    void aConnectionThatIsCutAtAnyMomentLeavesAllOrNothing() throws Exception {
        for (int at = 1; at <= 2; at++) {
            var creates = creates(at * 1_000);
            int cutAt = at;
            var asked = new int[1];
            try (var writer = writer(admin())) {
                assertThatThrownBy(() -> writer.apply(creates, () -> {
                            if (++asked[0] == cutAt) {
                                terminate();
                            }
                        }))
                        .isInstanceOf(TargetException.Unavailable.class);
                writer.settle(SHORT, WriteGuard.ALWAYS);
                assertThat(exist(creates)).isZero();
                assertThat(writer.apply(creates, WriteGuard.ALWAYS)).allMatch(Outcome.Applied.class::isInstance);
                assertThat(writer.apply(creates, WriteGuard.ALWAYS)).allMatch(Outcome.AlreadyApplied.class::isInstance);
            }
        }
    }

    @Test
    void aServerThatIsRestartedInTheMiddleLeavesAllOrNothing() throws Exception {
        for (boolean killed : new boolean[] {false, true}) {
            var creates = creates(killed ? 20_000 : 10_000);
            var asked = new int[1];
            try (var writer = writer(admin())) {
                assertThatThrownBy(() -> writer.apply(creates, () -> {
                            if (++asked[0] == 2) {
                                restart(killed);
                            }
                        }))
                        .isInstanceOf(TargetException.Unavailable.class);
                writer.settle(SHORT, WriteGuard.ALWAYS);
                assertThat(exist(creates)).isZero();
                assertThat(writer.apply(creates, WriteGuard.ALWAYS)).allMatch(Outcome.Applied.class::isInstance);
                assertThat(exist(creates)).isEqualTo(100);
            }
        }
    }

    @Test
    void aTransactionLeftAtWorkIsWaitedForByWhoeverSettles() throws Exception {
        try (var writer = writer(admin());
                var left = DriverManager.getConnection(
                        server.jdbcUrl("config") + "&ApplicationName=migrator-write-" + TestDatabase.TARGET,
                        PostgresSpec.ADMIN,
                        server.spec().password())) {
            left.setAutoCommit(false);
            try (var statement = left.createStatement()) {
                var _ = statement.executeUpdate("INSERT INTO rows VALUES (999, 'late')");
            }
            assertThatThrownBy(() -> writer.settle(Duration.ofMillis(200), WriteGuard.ALWAYS))
                    .isInstanceOfSatisfying(
                            TargetException.Unavailable.class,
                            e -> assertThat(e.problem().code()).isEqualTo("TGT-NOT-SETTLED"));
            left.commit();
            writer.settle(SHORT, WriteGuard.ALWAYS);
            var key = Entries.row("rows", "k", "999");
            assertThat(writer.readAll(Set.of(key)).get(key).exists()).isTrue();
        }
    }

    private static dev.migrator.target.TargetWriter writer(Map<String, String> credentials) throws TargetException {
        return new PostgresProvider()
                .openWriter(
                        TestDatabase.config(server.address("config"), Optional.empty()),
                        credentials,
                        TestDatabase.CALL_TIMEOUT);
    }

    private static List<Operation> creates(int from) {
        return IntStream.range(from, from + 100)
                .<Operation>mapToObj(
                        i -> Entries.create(Entries.row("rows", "k", String.valueOf(i)), "{\"v\": \"row " + i + "\"}"))
                .toList();
    }

    private static long exist(List<Operation> creates) throws TargetException {
        var keys = new java.util.TreeSet<dev.migrator.core.model.EntryKey>();
        creates.forEach(create -> keys.add(create.key()));
        try (var writer = writer(admin())) {
            return writer.readAll(keys).values().stream()
                    .filter(EntryState::exists)
                    .count();
        }
    }

    private static void terminate() {
        try {
            run(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name LIKE 'migrator-write-%'");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void restart(boolean killed) {
        if (killed) {
            server.process().kill();
        } else {
            server.close();
        }
        server = PostgresServer.start(TestDatabase.folder("faults"), server.spec());
    }
}
