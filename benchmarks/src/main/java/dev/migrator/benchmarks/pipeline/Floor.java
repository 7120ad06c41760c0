package dev.migrator.benchmarks.pipeline;

import dev.migrator.localstack.server.Folders;
import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The same done with Kafka's own client and nothing else: one call for each kind, cut only where the cluster refuses more
 * at once. It looks at nothing first, remembers nothing and could put nothing back. Its brokers are of the same kind,
 * fresh, with the settings of those that the product writes to.
 */
final class Floor implements AutoCloseable {
    /** @param millis until the last call was acknowledged
     *  @param shown until the broker also showed it */
    record Time(long millis, long shown) {}

    /** Metadata records in one request, above which the cluster refuses it as a whole. */
    private static final int MOST_RECORDS = 10_000;

    private static final int RECORDS_OF_A_TOPIC = 3; // itself, its partition, its setting
    private static final String CLUSTER = "test";

    private final KafkaServers servers;
    private final Admin admin;

    /**
     * Starts its brokers in that folder, in place of what is there.
     *
     * @param roomy whether they have memory for tens of thousands of topics
     */
    Floor(Path folder, boolean roomy) {
        Folders.remove(folder);
        servers = KafkaServers.start(
                folder,
                Stream.of("control", CLUSTER, "production")
                        .map(KafkaSpec::of)
                        .map(spec -> roomy ? spec.roomy() : spec)
                        .toList());
        var settings = new HashMap<String, Object>(servers.adminConfig(CLUSTER));
        settings.put("default.api.timeout.ms", 600_000);
        settings.put("request.timeout.ms", 600_000);
        admin = Admin.create(settings);
    }

    Time create(Load load) {
        return timed(() -> {
            for (var some : cut(load.topics(), MOST_RECORDS / RECORDS_OF_A_TOPIC)) {
                get(admin.createTopics(some.stream().map(Floor::topic).toList()).all());
            }
            for (var some : cut(load.topics(), MOST_RECORDS)) {
                get(admin.createAcls(some.stream().map(Floor::acl).toList()).all());
            }
        });
    }

    /** All settings and all ACLs, as any comparison has to read them. */
    Time read(Load load) {
        return timed(() -> {
            get(admin.describeConfigs(
                            load.topics().stream().map(Floor::resource).toList())
                    .all());
            get(admin.describeAcls(AclBindingFilter.ANY).values());
        });
    }

    Time alter(Load load, String value) {
        return timed(() -> {
            for (var some : cut(load.topics(), MOST_RECORDS)) {
                Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
                some.forEach(topic -> changes.put(
                        resource(topic),
                        List.of(new AlterConfigOp(new ConfigEntry(Load.SETTING, value), AlterConfigOp.OpType.SET))));
                get(admin.incrementalAlterConfigs(changes).all());
            }
        });
    }

    Time delete(Load load) {
        return timed(() -> {
            for (var some : cut(load.topics(), MOST_RECORDS)) {
                get(admin.deleteAcls(some.stream()
                                .map(Floor::acl)
                                .map(AclBinding::toFilter)
                                .toList())
                        .all());
            }
            for (var some : cut(load.topics(), MOST_RECORDS)) {
                get(admin.deleteTopics(some).all());
            }
        });
    }

    private Time timed(Runnable calls) {
        long begun = System.nanoTime();
        calls.run();
        long acknowledged = System.nanoTime();
        awaitShown();
        return new Time((acknowledged - begun) / 1_000_000, (System.nanoTime() - begun) / 1_000_000);
    }

    /** A rule written last is shown last. */
    private void awaitShown() {
        var marker = acl("shown.at." + System.nanoTime());
        get(admin.createAcls(List.of(marker)).all());
        while (get(admin.describeAcls(marker.toFilter()).values()).isEmpty()) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(10).toNanos());
        }
        get(admin.deleteAcls(List.of(marker.toFilter())).all());
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, 1, (short) 1).configs(Map.of(Load.SETTING, Load.FIRST));
    }

    private static AclBinding acl(String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry(Load.reader(topic), "*", AclOperation.READ, AclPermissionType.ALLOW));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> List<List<T>> cut(List<T> items, int most) {
        var parts = new ArrayList<List<T>>();
        for (int from = 0; from < items.size(); from += most) {
            parts.add(items.subList(from, Math.min(items.size(), from + most)));
        }
        return parts;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the floor's broker refuses what is to be measured", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        servers.close();
    }
}
