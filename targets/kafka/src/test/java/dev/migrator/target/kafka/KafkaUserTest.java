package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users that the migrator makes can really log in, and cannot once that is undone. */
class KafkaUserTest {
    private static final String SHA_256 = KafkaUserKind.ITERATIONS + "SCRAM-SHA-256";
    private static final String SHA_512 = KafkaUserKind.ITERATIONS + "SCRAM-SHA-512";
    private static final String SECRET = "s3cr3t-never-shown";

    private static TargetWriter writer;

    private final EntryKey key =
            ScramUserKind.key("u-" + UUID.randomUUID().toString().substring(0, 8));

    @BeforeAll
    static void open() throws Exception {
        writer = new KafkaProvider().openWriter(TestCluster.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT);
    }

    @AfterAll
    static void close() {
        writer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512"})
    void aUserThatWasMadeLogsInAndDoesNotOnceThatIsUndone(String mechanism) throws Exception {
        var create = new Operation.Create(
                key, content(Map.of(KafkaUserKind.ITERATIONS + mechanism, Value.of(4_096)), SECRET));
        assertThat(logsIn(mechanism, SECRET)).as("before it is there").isFalse();

        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);
        assertThat(logsIn(mechanism, SECRET)).isTrue();
        assertThat(logsIn(mechanism, "another")).isFalse();
        assertThat(logsIn(mechanism.equals("SCRAM-SHA-256") ? "SCRAM-SHA-512" : "SCRAM-SHA-256", SECRET))
                .as("by a mechanism that it has no password for")
                .isFalse();

        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(read()).isEqualTo(EntryState.ABSENT);
        assertThat(logsIn(mechanism, SECRET)).isFalse();
    }

    @Test
    void aDeletedUserWhosePasswordIsNamedLogsInAgainOnceThatIsUndone() throws Exception {
        var create = new Operation.Create(key, content(Map.of(SHA_256, Value.of(4_096)), SECRET));
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);
        var delete = new Operation.Delete(key, create.after(), Removal.RETIRE);

        assertThat(apply(delete)).isInstanceOf(Outcome.Applied.class);
        assertThat(logsIn("SCRAM-SHA-256", SECRET)).isFalse();
        assertThat(apply(delete.inverse())).isInstanceOf(Outcome.Applied.class);

        assertThat(logsIn("SCRAM-SHA-256", SECRET)).isTrue();
        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void anotherSecretIsThePasswordOfAllMechanisms() throws Exception {
        var both = Map.of(SHA_256, Value.of(4_096), SHA_512, Value.of(4_096));
        assertThat(apply(new Operation.Create(key, content(both, SECRET)))).isInstanceOf(Outcome.Applied.class);

        var replaced = new Operation.Update(
                key,
                Content.of(KafkaUserKind.PASSWORD, Value.NULL),
                Content.of(KafkaUserKind.PASSWORD, Value.of("another-" + SECRET)));
        assertThat(apply(replaced)).isInstanceOf(Outcome.Applied.class);

        for (var mechanism : List.of("SCRAM-SHA-256", "SCRAM-SHA-512")) {
            assertThat(logsIn(mechanism, SECRET)).isFalse();
            assertThat(logsIn(mechanism, "another-" + SECRET)).isTrue();
        }
        assertThat(read()).isEqualTo(new EntryState.Present(Content.of(both), ""));
    }

    @Test
    void otherIterationsNeedThePassword() throws Exception {
        var create = new Operation.Create(key, content(Map.of(SHA_256, Value.of(4_096)), SECRET));
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);
        var without =
                new Operation.Update(key, Content.of(SHA_256, Value.of(4_096)), Content.of(SHA_256, Value.of(8_192)));

        assertThat(apply(without))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("USR-PASSWORD-NEEDED"));
        assertThat(writer.dryRun(List.of(without))).singleElement().isInstanceOf(DryRunOutcome.Refused.class);
        assertThat(logsIn("SCRAM-SHA-256", SECRET)).isTrue();
    }

    @Test
    void whatCanBeSeenOfAUserIsNeverItsPassword() throws Exception {
        var wrong = new Operation.Create(key, content(Map.of(SHA_256, Value.of(1)), SECRET));
        var right = new Operation.Create(key, content(Map.of(SHA_256, Value.of(4_096)), SECRET));

        assertThat(apply(wrong).toString()).doesNotContain(SECRET);
        assertThat(writer.dryRun(List.of(wrong)).toString()).doesNotContain(SECRET);
        assertThat(apply(right).toString()).doesNotContain(SECRET);
        assertThat(read().toString()).doesNotContain(SECRET);
        assertThat(ScramChange.of(right, Content.EMPTY).toString()).doesNotContain(SECRET);
    }

    private static Content content(Map<String, Value> fields, String password) {
        return Content.of(fields).and(Content.of(KafkaUserKind.PASSWORD, Value.of(password)));
    }

    private boolean logsIn(String mechanism, String password) throws TargetException {
        return ScramUserKind.logsIn(mechanism, key.address(), password);
    }

    private static Outcome apply(Operation operation) throws Exception {
        settle();
        var outcome = writer.apply(List.of(operation), WriteGuard.ALWAYS).getFirst();
        settle();
        return outcome;
    }

    private EntryState read() throws Exception {
        settle();
        return writer.readAll(Set.of(key)).get(key);
    }

    private static void settle() throws Exception {
        writer.settle(TestCluster.CALL_TIMEOUT, WriteGuard.ALWAYS);
    }
}
