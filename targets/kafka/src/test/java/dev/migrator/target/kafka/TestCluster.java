package dev.migrator.target.kafka;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.target.testkit.ManyItemsContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** One real broker for all test classes of a run; it ends with the JVM. */
final class TestCluster {
    static final String TARGET = "kafka";
    static final String LIMITED = "limited";
    /** Has no rights at all, in any test. */
    static final String STRANGER = "stranger";

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private static final String NAME = "target-test";
    private static KafkaServers servers;

    private TestCluster() {}

    private static synchronized KafkaServers servers() {
        if (servers == null) {
            var spec = KafkaSpec.of(NAME).withUsers(LIMITED, STRANGER);
            servers = KafkaServers.start(
                    BrokerFolders.make("broker"),
                    List.of(ManyItemsContract.isForVeryMany() ? spec.withHeapMegabytes(1_280) : spec));
        }
        return servers;
    }

    static String clusterId() {
        return servers().clusterId(NAME);
    }

    static TargetConfig config() {
        return config(servers().bootstrap(NAME), Optional.of(clusterId()));
    }

    static TargetConfig config(String address, Optional<String> clusterId) {
        return new TargetConfig(
                TARGET, "kafka", address, clusterId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Map<String, String> admin() {
        return servers().adminConfig(NAME);
    }

    static Map<String, String> user(String name) {
        return servers().clientConfig(NAME, name);
    }

    /** A client of its own, to look at the cluster and change it behind the target's back. */
    static Admin independentAdmin() {
        return Admin.create(Map.<String, Object>copyOf(admin()));
    }
}
