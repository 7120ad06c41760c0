package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.acl;
import static dev.migrator.e2e.Bundles.roundTrip;
import static dev.migrator.e2e.Bundles.schema;
import static dev.migrator.e2e.Bundles.schemaReadable;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@EndToEnd
@Order(1)
class WholeFlowTest {
    private static final String MONEY = "{\"type\":\"record\",\"name\":\"Money\",\"namespace\":\"flow\",\"fields\":"
            + "[{\"name\":\"cents\",\"type\":\"long\"}]}";
    private static final String ORDER = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"flow\",\"fields\":"
            + "[{\"name\":\"total\",\"type\":\"flow.Money\"}]}";

    private final SharedStack stack;
    private final Migrations migrations;

    WholeFlowTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
    }

    @Test
    void aChangeGoesFromTestToProductionAndProductionWaitsForAnotherPerson() {
        migrations.submit("flow-test", "test", bundle());
        var inTest = migrations.await("flow-test", MigrationState.SUCCEEDED);
        assertIsThere("test");
        assertThat(inTest.checklist()).noneMatch(line -> line.mark() == ChecklistLine.Mark.MISSING);

        migrations.submit("flow-production", "production", bundle());
        var waiting = migrations.await("flow-production", MigrationState.AWAITING_APPROVAL);
        var plan = waiting.planDigest().orElseThrow();
        // bytebase/bytebase#19258, #20091: no path without a verified snapshot
        assertThat(waiting.checklist())
                .anyMatch(line -> line.name().equals("snapshot-verified") && line.mark() == ChecklistLine.Mark.PASSED);
        assertThat(migrations.tryToApprove("flow-production", plan, "developer").statusCode())
                .isEqualTo(403);
        assertThat(stack.cluster("production").topics("flow.")).isEmpty();
        assertThat(stack.registry("production").artifact("flow-Order")).isEmpty();
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "flow-production"))
                .isEmpty();

        migrations.approve("flow-production", plan);
        var inProduction = migrations.await("flow-production", MigrationState.SUCCEEDED);

        assertIsThere("production");
        assertThat(inProduction.planDigest()).contains(plan);
        assertThat(inProduction.checklist()).noneMatch(line -> line.mark() == ChecklistLine.Mark.MISSING);
        assertThat(inProduction.counts().applied()).isEqualTo(8);
        assertThat(stack.log().events(Topics.AUDIT, AuditEntry.class, "flow-production"))
                .as("who approved what can be found later")
                .anyMatch(entry ->
                        entry.getActor().equals("approver") && plan.toString().equals(entry.getPlanDigest()));
        assertStatusesAreInOrder("flow-production", inProduction);
        assertEveryTickCanBeOpened(inProduction);
    }

    private void assertEveryTickCanBeOpened(MigrationStatus status) {
        var ticked = status.checklist().stream()
                .filter(line -> line.mark() == ChecklistLine.Mark.PASSED)
                .toList();
        assertThat(ticked).isNotEmpty().allSatisfy(line -> {
            assertThat(line.links()).isNotEmpty();
            for (var link : StatusJson.links(status.id(), line).items()) {
                var members = (Value.Obj) link;
                var opened = migrations.open(((Value.Text) members.get("href")).value());
                assertThat(opened.statusCode()).as("%s", link).isEqualTo(200);
                if (members.get("digest") instanceof Value.Text(var digest)) {
                    assertThat(Digest.ofText(opened.body())).hasToString(digest);
                }
            }
        });
    }

    // bytebase/bytebase#19258, #20091: no path without a verified snapshot
    @Test
    void withoutAVerifiedSnapshotNothingIsWritten() throws Exception {
        var cluster = stack.cluster("production");
        cluster.createTopic("spoilt.orders", Map.of("retention.ms", "111000"));
        var bundle = Bundles.of(topic("spoilt.orders", "retention.ms: 222000"));
        migrations.submit("spoilt-1", "production", bundle);
        var first = migrations.await("spoilt-1", MigrationState.AWAITING_APPROVAL);
        migrations.command("spoilt-1", "cancel");
        migrations.await("spoilt-1", MigrationState.CANCELLED);

        // the next one reads the same, so its snapshot is to consist of the same chunk
        var chunk = onlyChunk(first);
        var whole = Files.readAllBytes(chunk);
        var spoilt = whole.clone();
        spoilt[spoilt.length / 2] ^= 1;
        Files.write(chunk, spoilt);
        try {
            migrations.submit("spoilt-2", "production", bundle);
            var end = migrations.await("spoilt-2", MigrationState.REJECTED);

            assertThat(end.problems()).extracting(Problem::code).containsExactly("SNP-READBACK");
            assertThat(end.checklist())
                    .noneMatch(line ->
                            line.name().equals("snapshot-verified") && line.mark() == ChecklistLine.Mark.PASSED);
        } finally {
            Files.write(chunk, whole);
        }
        for (var id : List.of("spoilt-1", "spoilt-2")) {
            assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, id)).isEmpty();
        }
        assertThat(cluster.configs("spoilt.orders")).containsEntry("retention.ms", "111000");
    }

    private Path onlyChunk(MigrationStatus status) throws IOException {
        var manifest = stack.object(status.snapshotUri().orElseThrow());
        var chunks = ManifestCodec.read(manifest.getBytes(StandardCharsets.UTF_8))
                .contents()
                .chunks();
        assertThat(chunks).hasSize(1);
        return stack.objects()
                .resolve("migrator")
                .resolve(ObjectKeys.chunk(chunks.getFirst().digest()));
    }

    private static Bundle bundle() {
        return Bundles.of(
                topic("flow.orders", "retention.ms: 86400000", "cleanup.policy: delete"),
                topic("flow.refunds"),
                acl("flow-worker", "flow.orders"),
                schema("flow-Money", "1", MONEY),
                schema("flow-Order", "1", ORDER, "{name: flow.Money, schema: flow-Money, version: \"1\"}"),
                roundTrip("flow-takes-records", "flow.orders"),
                schemaReadable("flow-is-readable", "flow-Order"));
    }

    private void assertIsThere(String environment) {
        var cluster = stack.cluster(environment);
        assertThat(cluster.topics("flow.").keySet()).containsExactly("flow.orders", "flow.refunds");
        assertThat(cluster.configs("flow.orders"))
                .containsEntry("retention.ms", "86400000")
                .containsEntry("cleanup.policy", "delete");
        assertThat(cluster.acls("flow."))
                .containsExactly("User:flow-worker DESCRIBE flow.orders", "User:flow-worker READ flow.orders");
        var registry = stack.registry(environment);
        assertThat(registry.content("flow-Money", "1"))
                .hasValueSatisfying(text -> assertThat(text).contains("cents"));
        assertThat(registry.content("flow-Order", "1"))
                .hasValueSatisfying(text -> assertThat(text).contains("flow.Money"));
        assertThat(registry.rule("flow-Order", "COMPATIBILITY"))
                .hasValueSatisfying(text -> assertThat(text).contains("BACKWARD"));
    }

    private void assertStatusesAreInOrder(String id, MigrationStatus last) {
        var statuses = stack.log().events(Topics.STATUS, dev.migrator.events.v1.MigrationStatusChanged.class, id);
        assertThat(statuses)
                .extracting(dev.migrator.events.v1.MigrationStatusChanged::getSequence)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(migrations.statusByApi(id)).contains(last);
    }
}
