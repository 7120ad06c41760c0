package dev.migrator.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import dev.migrator.localstack.server.KafkaSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at real targets without any service: plan, diff, drift and parity. */
class DirectCommandsTest {
    private static boolean seeded;

    @TempDir
    Path folder;

    private Path test;
    private Path production;
    private Path meta;

    @BeforeEach
    void describe() throws Exception {
        seed();
        test = RealTargets.targetsFile(folder, RealTargets.TEST, KafkaSpec.ADMIN);
        production = RealTargets.targetsFile(folder, RealTargets.PRODUCTION, KafkaSpec.ADMIN);
        meta = Files.createDirectory(folder.resolve("meta"));
    }

    /** Both have direct.orders, with another retention; each has one that the other does not have. */
    private static synchronized void seed() throws Exception {
        if (seeded) {
            return;
        }
        create(RealTargets.TEST, topic("direct.orders", "604800000"), topic("direct.only-test", "1000"));
        create(RealTargets.PRODUCTION, topic("direct.orders", "86400000"), topic("direct.only-production", "1000"));
        seeded = true;
    }

    @Test
    void aPlanIsMadeFromWhatTheTargetHoldsAndWritesNothing() throws Exception {
        manifest("direct.orders", "604800000");
        manifest("direct.new", "1000");

        var result = Cli.run(
                "plan", meta.toString(), "--target", production.toString(), "--commit", "4be21d0", "--exit-code");

        assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.CHANGES);
        assertThat(result.out())
                .contains("production <- 4be21d0", "create 1, change 1, retire 0   unchanged 0")
                .contains("+ topic direct.new", "~ topic direct.orders   retention.ms 1d -> 7d")
                .contains("needs   1 approval (protected)")
                .contains("not checked  policies", "not checked  the target's own dry run");
        try (var admin = RealTargets.admin(RealTargets.PRODUCTION)) {
            assertThat(admin.listTopics().names().get()).doesNotContain("direct.new");
        }
    }

    @Test
    void theSamePlanComesAsJsonWithItsDigestAndWhatWasNotChecked() throws Exception {
        manifest("direct.new", "1000");

        var first = Cli.run("plan", meta.toString(), "--target", production.toString(), "-o", "json")
                .json();
        var second = Cli.run("plan", meta.toString(), "--target", production.toString(), "-o", "json")
                .json();

        assertThat(first.fields()).containsKeys("digest", "text", "plan", "notChecked", "frame");
        assertThat(second.get("digest")).isEqualTo(first.get("digest"));
        assertThat(second.get("plan")).isEqualTo(first.get("plan"));
    }

    @Test
    void whatTheTargetHoldsAlreadyIsNoChange() throws Exception {
        manifest("direct.orders", "86400000");

        var result = Cli.run("plan", meta.toString(), "--target", production.toString(), "--exit-code");

        assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("nothing to do");
    }

    @Test
    void twoEnvironmentsDifferInEntriesAndFields() {
        var result = Cli.run("diff", "target:" + test, "target:" + production, "--exit-code");

        assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.CHANGES);
        assertThat(result.out())
                .contains(" - topic direct.only-test", " + topic direct.only-production")
                .containsPattern("~ topic direct.orders\\n\\s+retention.ms 7d -> 1d");
        assertThat(Cli.run("diff", "target:" + test, "target:" + test, "--exit-code")
                        .code())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void manifestsAreComparedInWhatTheyManage() throws Exception {
        manifest("direct.orders", "604800000");

        var same = Cli.run("diff", "dir:" + meta, "target:" + test, "--exit-code");
        assertThat(same.code()).as(same.all()).isEqualTo(ExitCode.OK);
        assertThat(same.out()).contains("no differences   same 1   not managed ");

        var other = Cli.run("diff", "dir:" + meta, "target:" + production, "-o", "json");
        assertThat(other.code()).isEqualTo(ExitCode.OK);
        var differences = ((Value.Arr) other.json().get("differences")).items();
        assertThat(differences)
                .containsExactly(Value.object(
                        "what", Value.of("different"),
                        "target", Value.of("kafka"),
                        "kind", Value.of("topic"),
                        "address", Value.of("direct.orders"),
                        "fields",
                                Value.object(
                                        "config.retention.ms",
                                        Value.object("a", Value.of("604800000"), "b", Value.of("86400000")))));
    }

    @Test
    void driftIsWhereTheTargetIsNotAsTheManifestsSay() throws Exception {
        manifest("direct.orders", "604800000");
        manifest("direct.missing", "1000");

        var result = Cli.run("drift", meta.toString(), "--target", production.toString(), "--exit-code");

        assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.CHANGES);
        assertThat(result.out()).contains("- topic direct.missing").containsPattern("retention.ms 7d -> 1d");
    }

    @Test
    void equalClustersRunOnTheSameAndAChangedDefaultIsSeen() throws Exception {
        var same = Cli.run("parity", "target:" + test, "target:" + production, "--exit-code", "--all");
        assertThat(same.code()).as(same.all()).isEqualTo(ExitCode.OK);
        assertThat(same.out())
                .contains("no differences", "version", "feature.metadata.version", "broker.min.insync.replicas")
                .contains(
                        "broker.auto.create.topics.enable", "broker.message.max.bytes", "authorizer", "count of topic");

        setBrokerDefault(Optional.of("2000000"));
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                var result = Cli.run("parity", "target:" + test, "target:" + production, "--exit-code");
                assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.CHANGES);
                assertThat(result.out())
                        .contains("different 1")
                        .containsPattern("~ broker.message.max.bytes +1048588 +2000000");
            });
        } finally {
            setBrokerDefault(Optional.empty());
        }
    }

    @Test
    void aCredentialThatMayNotSeeTheBrokersLeavesParityUnproven() {
        var limited = RealTargets.targetsFile(folder, RealTargets.PRODUCTION, RealTargets.STRANGER);

        var result = Cli.run("parity", "target:" + test, "target:" + limited);

        assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .contains(
                        "unknown   target:" + limited,
                        "TGT-DENIED",
                        "? broker.min.insync.replicas",
                        "(unknown)",
                        "no differences");
    }

    @Test
    void whatCannotBeComparedIsNamed() {
        assertThat(Cli.run("diff", "production", "target:" + test).err()).contains("CLI-SIDE", "env:NAME");
        assertThat(Cli.run("parity", "dir:" + meta, "target:" + test).err()).contains("CLI-SIDE");
        var other = Cli.run("drift", meta.toString(), "--target", test.toString(), "--env", "production");
        assertThat(other.code()).isEqualTo(ExitCode.REFUSED);
    }

    private void manifest(String name, String retention) throws IOException {
        Files.writeString(meta.resolve(name + ".yaml"), """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata: {name: %s}
                spec: {partitions: 1, replicationFactor: 1, config: {retention.ms: "%s"}}
                """.formatted(name, retention));
    }

    private static NewTopic topic(String name, String retention) {
        return new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", retention));
    }

    private static void create(String cluster, NewTopic... topics) throws Exception {
        try (var admin = RealTargets.admin(cluster)) {
            admin.createTopics(List.of(topics)).all().get();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> admin.listTopics()
                            .names()
                            .get()
                            .containsAll(
                                    List.of(topics).stream().map(NewTopic::name).toList()));
        }
    }

    private static void setBrokerDefault(Optional<String> bytes) throws Exception {
        try (var admin = RealTargets.admin(RealTargets.PRODUCTION)) {
            var operation = new AlterConfigOp(
                    new ConfigEntry("message.max.bytes", bytes.orElse("")),
                    bytes.isPresent() ? AlterConfigOp.OpType.SET : AlterConfigOp.OpType.DELETE);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.BROKER, "1"), List.of(operation)))
                    .all()
                    .get();
        }
    }
}
