package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.schema;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.DryRunAnswered;
import dev.migrator.kit.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a target would refuse is refused before anybody approves it, by asking that very target. */
@EndToEnd
@Order(2)
class DryRunTest {
    private static final String ITEM =
            "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";
    private static final String INCOMPATIBLE = ITEM.replace("string", "long");

    private final SharedStack stack;
    private final Migrations migrations;

    DryRunTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
    }

    @Test
    void aPlanThatATargetWouldRefuseHalfwayIsRejectedBeforeItsFirstWrite() throws Exception {
        migrations.submit("dry-1", "test", Bundles.of(schema("dry-Item", "1", ITEM)));
        migrations.await("dry-1", MigrationState.SUCCEEDED);

        migrations.submit(
                "dry-2",
                "test",
                Bundles.of(
                        topic("dry.orders"),
                        topic("dry.refunds", "segment.bytes: 1"),
                        schema("dry-Item", "2", INCOMPATIBLE)));
        var end = migrations.await("dry-2", MigrationState.REJECTED);

        assertThat(end.problems()).extracting(Problem::code).containsExactlyInAnyOrder("DRY-CONFIG", "DRY-RULE");
        assertThat(end.problems()).extracting(Problem::thing).anyMatch(thing -> thing.contains("dry.refunds"));
        assertThat(stack.cluster("test").topics("dry.")).isEmpty();
        assertThat(stack.registry("test").content("dry-Item", "2")).isEmpty();
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "dry-2"))
                .isEmpty();
        var answer = stack.log()
                .events(Topics.RESULTS, DryRunAnswered.class, "dry-2")
                .getLast();
        assertThat(stack.object(answer.getUri()))
                .contains("dry.orders", "\"is\":\"accepted\"", "dry.refunds", "\"is\":\"refused\"");
    }

    @Test
    void anApproverSeesWhatTheTargetsSaidAndWhatTheyCannotTell() throws Exception {
        migrations.submit("dry-3", "production", Bundles.of(topic("dry.seen"), schema("dry-Seen", "1", ITEM)));
        var waiting = migrations.await("dry-3", MigrationState.AWAITING_APPROVAL);

        var line = line(waiting);
        assertThat(line.mark()).isEqualTo(ChecklistLine.Mark.PASSED);
        assertThat(line.evidence())
                .startsWith("2 accepted, 1 NOT CHECKED; sha256:")
                .contains("not checked: ", "dry-Seen@1", "the plan makes its artifact");
        migrations.command("dry-3", "cancel");
        migrations.await("dry-3", MigrationState.CANCELLED);
    }

    @Test
    void anApproverSeesWhoReadsWhatIsChangedAndTheRecordsThatAShorterRetentionDeletes() throws Exception {
        var cluster = stack.cluster("production");
        cluster.createTopic("dry.used", Map.of("retention.ms", "604800000"));
        cluster.write("dry.used", Instant.now().minus(Duration.ofDays(3)), 3);
        cluster.write("dry.used", Instant.now(), 9);
        cluster.commit("dry-worker", "dry.used", 2);

        migrations.submit("dry-4", "production", Bundles.of(topic("dry.used", "retention.ms: 86400000")));
        var waiting = migrations.await("dry-4", MigrationState.AWAITING_APPROVAL);

        assertThat(migrations.planText("dry-4"))
                .contains("retention.ms 7d -> 1d")
                .contains("25 % of records (3 of 12) are older than 1d and will be deleted")
                .contains("used by: group dry-worker (no members now, lag 10)")
                .contains("holds: 12 records")
                .contains("Next: migrator approve dry-4 --plan "
                        + waiting.planDigest().orElseThrow().brief());
        migrations.command("dry-4", "cancel");
        migrations.await("dry-4", MigrationState.CANCELLED);
    }

    private static ChecklistLine line(MigrationStatus status) {
        return status.checklist().stream()
                .filter(line -> line.name().equals("dry-run"))
                .findFirst()
                .orElseThrow();
    }
}
