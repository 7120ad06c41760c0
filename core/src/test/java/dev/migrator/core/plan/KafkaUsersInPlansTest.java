package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Users come before what is allowed to them and go after it, and what only their password gives back is said. */
class KafkaUsersInPlansTest {
    private static final EntryKey REFUND = new EntryKey("kafka", "scram-user", "refund");
    private static final String ITERATIONS = KafkaUserKind.ITERATIONS + "SCRAM-SHA-512";
    private static final Content FOUND = Content.of(ITERATIONS, Value.of(4_096));

    private final World world = new World();

    @Test
    void aUserComesBeforeItsRulesAndGoesAfterThem() {
        var plan = Planning.plan(bundle(reads(), topic("orders"), user(8_192)), world);
        assertThat(kinds(plan)).containsExactly("scram-user", "topic", "acl");

        world.apply(plan);
        var gone = Planning.plan(bundle(absent(user(8_192)), absent(topic("orders")), absent(reads())), world);
        assertThat(kinds(gone)).startsWith("acl").containsExactlyInAnyOrder("acl", "topic", "scram-user");
    }

    @Test
    void otherIterationsBringThePasswordAlongAndCanBeUndone() {
        world.present(REFUND, FOUND);

        var operation = only(Planning.plan(bundle(user(8_192)), world));

        var password = Content.of(KafkaUserKind.PASSWORD, Value.of("${secret:refund}"));
        assertThat(operation.operation())
                .isEqualTo(new Operation.Update(
                        REFUND,
                        FOUND.and(password),
                        Content.of(ITERATIONS, Value.of(8_192)).and(password)));
        assertThat(operation.undo()).isEqualTo(UndoClass.EXACT);
    }

    @Test
    void aUserIsDeletedForGoodUnlessItsPasswordIsNamed() {
        world.present(REFUND, FOUND);

        var named = only(Planning.plan(bundle(absent(user(8_192))), world));
        var nameless = only(Planning.plan(bundle(absent(manifest("KafkaUser", "refund", "{}"))), world));

        assertThat(named.undo()).isEqualTo(UndoClass.EXACT);
        assertThat(named.operation().inverse())
                .isEqualTo(new Operation.Create(
                        REFUND, FOUND.and(Content.of(KafkaUserKind.PASSWORD, Value.of("${secret:refund}")))));
        assertThat(nameless.risk()).isEqualTo(Risk.ONE_WAY);
        assertThat(nameless.undo()).isEqualTo(UndoClass.NONE);
    }

    @Test
    void theUserThatTheExecutorLogsInAsStaysAsItIs() {
        world.present(REFUND, FOUND);

        for (var bundle : List.of(bundle(absent(user(8_192))), bundle(user(8_192)))) {
            assertThat(refused(bundle, "User:refund")).containsExactly("PLN-LOCK-OUT scram-user refund (kafka)");
            assertThat(refused(bundle, "User:another")).isEmpty();
        }
    }

    private List<String> refused(Bundle bundle, String principal) {
        var environment = Planning.environment(
                new TargetConfig(
                        "kafka",
                        "kafka",
                        "127.0.0.1:9092",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(principal)),
                Planning.target("registry", "apicurio-registry"));
        return Planner.plan(input(environment, bundle)) instanceof PlanResult.Rejected(var findings)
                ? findings.stream()
                        .map(finding -> finding.problem().code() + " "
                                + finding.problem().thing())
                        .toList()
                : List.of();
    }

    private PlanInput input(Environment environment, Bundle bundle) {
        var keys = Planner.keysToRead(environment, bundle.resources()).keys();
        return new PlanInput(
                        environment,
                        bundle.resources(),
                        bundle.digest(),
                        world.read(keys),
                        Map.of("kafka", Planning.EVERYTHING, "registry", Planning.EVERYTHING),
                        PlanLimits.STANDARD,
                        Policy.of(environment).digest())
                .knowing(Inventory.EMPTY, Set.of(), environment.drift());
    }

    private static Value.Obj user(int iterations) {
        return manifest(
                "KafkaUser",
                "refund",
                "{'mechanisms':{'SCRAM-SHA-512':{'iterations':" + iterations + "}},'password':'${secret:refund}'}");
    }

    private static Value.Obj reads() {
        return acl("refund-reads", "User:refund", "['READ']", "{'type':'topic','name':'orders'}");
    }

    private static PlannedOperation only(Plan plan) {
        assertThat(plan.operations()).hasSize(1);
        return plan.operations().findFirst().orElseThrow();
    }

    private static List<String> kinds(Plan plan) {
        return plan.operations().map(one -> one.operation().key().kind()).toList();
    }
}
