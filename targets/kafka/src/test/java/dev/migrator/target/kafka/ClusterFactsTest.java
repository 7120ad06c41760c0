package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetReader;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real cluster tells about what it runs on. */
class ClusterFactsTest {
    @Test
    void releaseFeaturesAuthorizerAndDefaultsAreTold() throws Exception {
        var facts = facts(TestCluster.admin());

        assertThat(facts.values())
                .containsEntry(SystemFacts.VERSION, "4.1 (metadata.version 27)")
                .containsEntry("authorizer", "present")
                .containsEntry("brokers", "1")
                .containsEntry("broker.auto.create.topics.enable", "false")
                .containsEntry("broker.default.replication.factor", "1")
                .containsKeys("feature.metadata.version", "broker.message.max.bytes", "broker.min.insync.replicas");
        assertThat(facts.unread()).isEmpty();
        assertThat(facts.rights().orElseThrow().reading()).containsExactly("DESCRIBE", "DESCRIBE_CONFIGS");
        assertThat(facts.rights().orElseThrow().writing()).contains("ALTER", "CREATE");
    }

    @Test
    void aDefaultIsTheOneThatAnIndependentClientSees() throws Exception {
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (var admin = TestCluster.independentAdmin()) {
            var config =
                    admin.describeConfigs(java.util.List.of(broker)).all().get().get(broker);

            assertThat(facts(TestCluster.admin()).values().get("broker.message.max.bytes"))
                    .isEqualTo(config.get("message.max.bytes").value());
        }
    }

    @Test
    void whatACredentialMayNotSeeIsNamedAndNotGuessed() throws Exception {
        var facts = facts(TestCluster.user(TestCluster.STRANGER));

        assertThat(facts.values())
                .containsKey(SystemFacts.VERSION)
                .doesNotContainKeys("authorizer", "broker.num.partitions");
        assertThat(facts.unread())
                .extracting(problem -> problem.thing())
                .containsExactly("describe ACLs", "describe the configs of broker 1");
    }

    @Test
    void whereTheClusterIsIsItsPlaceInTheLogOfItsMetadata() throws Exception {
        try (var admin = TestCluster.independentAdmin();
                var reader = reader(TestCluster.admin())) {
            long before = admin.describeMetadataQuorum().quorumInfo().get().highWatermark();
            var position = reader.position().orElseThrow();
            var after = admin.describeMetadataQuorum().quorumInfo().get();

            assertThat(position).startsWith("epoch " + after.leaderEpoch() + ", high watermark ");
            assertThat(Long.parseLong(position.substring(position.lastIndexOf(' ') + 1)))
                    .isBetween(before, after.highWatermark());
        }
    }

    @Test
    void aCredentialThatMayNotAskIsToldNoPosition() throws Exception {
        try (var reader = reader(TestCluster.user(TestCluster.STRANGER))) {
            assertThat(reader.position()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, before 3.3 (metadata.version 1)",
        "7, 3.3 (metadata.version 7)",
        "14, 3.6 (metadata.version 14)",
        "21, 3.9 (metadata.version 21)",
        "25, 4.0 (metadata.version 25)",
        "99, 4.2 or newer (metadata.version 99)"
    })
    void aReleaseIsKnownByTheLevelsItSupports(int level, String release) {
        assertThat(Releases.ofLevel(level)).isEqualTo(release);
    }

    private static SystemFacts facts(java.util.Map<String, String> credentials) throws Exception {
        try (var reader = reader(credentials)) {
            return reader.facts();
        }
    }

    private static TargetReader reader(java.util.Map<String, String> credentials) throws Exception {
        return new KafkaProvider().openReader(TestCluster.config(), credentials, TestCluster.CALL_TIMEOUT);
    }
}
