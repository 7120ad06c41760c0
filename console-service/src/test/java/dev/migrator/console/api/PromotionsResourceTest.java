package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.Orders;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.console.work.StoredBundles;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionsResourceTest {
    @TempDir
    Path folder;

    private final PromotionsResource promotions = new PromotionsResource();
    private final MigrationsResource migrations = new MigrationsResource();
    private final StatusBoard board = new StatusBoard();
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        var orders = new Orders(
                desk.publisher(),
                new MemoryObjects(),
                new ApprovalSigner(Ed25519Keys.generate().getPrivate()));
        var bundles = new StoredBundles(
                board,
                new Environments(List.of(
                        new Environment("test", 10, Protection.OPEN, "eu-1", List.of()),
                        new Environment("production", 20, Protection.PROTECTED, "eu-1", List.of()))));
        promotions.orders = orders;
        promotions.bundles = bundles;
        migrations.orders = orders;
        migrations.bundles = bundles;
        callerIs(Users.Role.REQUESTER);
        board.accept(Statuses.of(
                "m-1",
                "test",
                1,
                MigrationState.SUCCEEDED,
                ChangeRequest.Intent.APPLY,
                "bundle",
                Digest.ofText("plan")));
    }

    @Test
    void whatSucceededInTestIsAskedForInProductionByItsKeyAndDigest() {
        var response = promotions.promote(json("{\"id\":\"p-1\",\"from\":\"test\",\"to\":\"production\"}"));

        assertThat(response.getStatus()).isEqualTo(202);
        var change = desk.fact(Topics.CHANGES, Fact.Requested.class).change();
        assertThat(change.environment()).isEqualTo("production");
        assertThat(change.intent()).isEqualTo(ChangeRequest.Intent.APPLY);
        assertThat(change.bundleDigest()).isEqualTo(Digest.ofText("bundle"));
        assertThat(change.bundleUri()).contains("4be21d0/m-1/bundle.json");
        assertThat(change.inlineBundle()).isEmpty();
        assertThat(change.commit()).isEqualTo("4be21d0");
        assertThat(change.requester()).isEqualTo("alice");
        assertThat(change.exactPlan()).isEmpty();
    }

    @Test
    void thePlanOfAPromotionCanBeSeenFirst() {
        promotions.promote(json("{\"id\":\"p-1\",\"from\":\"test\",\"to\":\"production\",\"intent\":\"PLAN\"}"));

        assertThat(desk.fact(Topics.CHANGES, Fact.Requested.class).change().intent())
                .isEqualTo(ChangeRequest.Intent.PLAN);
    }

    @Test
    void aPlanThatWasReadIsAskedForInItsOwnEnvironmentAndNoOtherWay() {
        migrations.submit(json("{\"id\":\"m-2\",\"planDigest\":\""
                + Digest.ofText("plan").hex().substring(0, 12) + "\"}"));

        var change = desk.fact(Topics.CHANGES, Fact.Requested.class).change();
        assertThat(change.environment()).isEqualTo("test");
        assertThat(change.exactPlan()).contains(Digest.ofText("plan"));
        assertThat(change.bundleUri()).contains("4be21d0/m-1/bundle.json");
    }

    @Test
    void aPlanForAnotherEnvironmentOrWithABundleOfItsOwnIsAnswered400() {
        var plan = Digest.ofText("plan").toString();
        for (var more :
                List.of("\"environment\":\"production\"", "\"bundle\":{},\"environment\":\"test\",\"commit\":\"c\"")) {
            assertThatThrownBy(() ->
                            migrations.submit(json("{\"id\":\"m-2\",\"planDigest\":\"" + plan + "\"," + more + "}")))
                    .isInstanceOfSatisfying(
                            ApiProblem.class, e -> assertThat(e.status()).isEqualTo(400));
        }
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void withoutTheRoleOfARequesterNothingIsPublished() {
        callerIs(Users.Role.VIEWER);

        assertThatThrownBy(() -> promotions.promote(json("{\"id\":\"p-1\",\"from\":\"test\",\"to\":\"production\"}")))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(403));
        assertThat(desk.publications()).isEmpty();
    }

    private void callerIs(Users.Role role) {
        var caller = new Caller();
        caller.is(new Users.User("alice", Set.of(role)));
        promotions.caller = caller;
        migrations.caller = caller;
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }
}
