package dev.migrator.console.work;

import static dev.migrator.console.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.console.Statuses;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.PutBack;
import dev.migrator.core.restore.Restore;
import dev.migrator.core.restore.RestoreCodec;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.ApprovalVerifier;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
    private static final MigrationId ID = new MigrationId("m-1");

    @TempDir
    Path folder;

    private final MemoryObjects objects = new MemoryObjects();
    private final ApprovalSigner signer =
            new ApprovalSigner(Ed25519Keys.generate().getPrivate());
    private Desk desk;
    private Orders orders;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        orders = new Orders(desk.publisher(), objects, signer);
    }

    @Test
    void aSmallBundleTravelsInTheChange() {
        var bundle = new byte[Bundle.MAX_INLINE_BYTES];

        submit(bundle);

        var change = desk.fact(Topics.CHANGES, Fact.Requested.class).change();
        assertThat(change.inlineBundle())
                .hasValueSatisfying(inline -> assertThat(inline).isEqualTo(bundle));
        assertThat(change.bundleUri()).isEmpty();
        assertThat(change.bundleDigest()).isEqualTo(Digest.of(bundle));
        assertThat(change.requester()).isEqualTo("alice");
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void aLargeBundleLiesInTheBucketBeforeTheChangeIsPublished() {
        var bundle = new byte[Bundle.MAX_INLINE_BYTES + 1];

        submit(bundle);

        var change = desk.fact(Topics.CHANGES, Fact.Requested.class).change();
        assertThat(change.inlineBundle()).isEmpty();
        assertThat(objects.get(change.bundleUri().orElseThrow(), change.bundleDigest()))
                .isEqualTo(bundle);
    }

    @Test
    void aLargeRestoreLiesInTheBucketBeforeTheChangeIsPublished() {
        var content = Content.of("text", Value.of("x".repeat(Bundle.MAX_INLINE_BYTES)));
        var restore = new Restore(
                "production",
                new Restore.Source(Restore.From.SNAPSHOT, "20260102T030405Z-nightly", Statuses.PLAN, Instant.EPOCH),
                new PutBack(
                        false,
                        new TreeSet<>(),
                        List.of(new PutBack.Wanted(
                                new EntryKey("kafka", "topic", "orders"), Optional.of(content), Optional.empty()))));

        var digest = orders.restore(ID, ChangeRequest.Intent.PLAN, restore, "alice");

        var change = desk.fact(Topics.CHANGES, Fact.Requested.class).change();
        assertThat(change.bundleDigest()).isEqualTo(digest);
        assertThat(change.environment()).isEqualTo("production");
        assertThat(change.commit()).isEqualTo("restore-20260102T030405Z-nightly");
        assertThat(objects.get(change.bundleUri().orElseThrow(), digest)).isEqualTo(RestoreCodec.bytes(restore));
    }

    @Test
    void theSourceOfARestoreIsNamedLikeACommit() {
        var source = new Restore.Source(Restore.From.MIGRATION, "~" + "m".repeat(200), Statuses.PLAN, Instant.EPOCH);

        assertThat(Orders.commitOf(source)).startsWith("revert--mmm").hasSize(64);
    }

    @Test
    void aDecisionIsSignedForPersonPlanMigrationAndEnvironment() {
        var status = status("m-1", 3, MigrationState.AWAITING_APPROVAL);

        orders.decide(status, Statuses.PLAN, "bob", Set.of("orders-owners"), true, "fine");

        var event = desk.published(Topics.APPROVALS).getFirst();
        assertThat(new ApprovalVerifier(signer.publicKey()).check(event)).isEmpty();
        var stranger = new ApprovalSigner(Ed25519Keys.generate().getPrivate());
        assertThat(new ApprovalVerifier(stranger.publicKey()).check(event)).isPresent();
        assertThat(desk.fact(Topics.APPROVALS, Fact.Approval.class))
                .isEqualTo(new Fact.Approval(ID, Statuses.PLAN, "bob", true, "fine", List.of("orders-owners")));
        assertThat(desk.keys(Topics.APPROVALS)).containsExactly("test");
    }

    @Test
    void aCommandCarriesTheRequestIdThatMakesItOne() {
        orders.command(
                status("m-1", 3, MigrationState.EXECUTING), "r-7", Fact.Commanded.Command.PAUSE, "carol", "lunch");

        assertThat(desk.fact(Topics.COMMANDS, Fact.Commanded.class))
                .isEqualTo(new Fact.Commanded(ID, "r-7", Fact.Commanded.Command.PAUSE, "carol", "lunch"));
        assertThat(desk.keys(Topics.COMMANDS)).containsExactly("test");
    }

    private void submit(byte[] bundle) {
        orders.submit(ID, "test", ChangeRequest.Intent.APPLY, bundle, "4be21d0", "alice", Optional.empty());
    }
}
