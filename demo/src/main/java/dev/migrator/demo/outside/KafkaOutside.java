package dev.migrator.demo.outside;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.demo.Dump;
import dev.migrator.demo.Manifested;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** One cluster, through Kafka's own admin client. */
public final class KafkaOutside implements AutoCloseable {
    private static final int CALL_SECONDS = 30;

    private final Admin admin;

    /** @param clientConfig of a user who may do everything */
    public KafkaOutside(Map<String, String> clientConfig) {
        var config = new HashMap<String, Object>(clientConfig);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_SECONDS * 1000 - 5_000);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, "shop-admin");
        this.admin = Admin.create(config);
    }

    /** Creates those of the entries that are topics or ACLs; a topic that is there already is an error. */
    public void create(Collection<DesiredEntry> entries) {
        var topics = new ArrayList<NewTopic>();
        var acls = new ArrayList<AclBinding>();
        for (var entry : entries) {
            switch (entry.key().kind()) {
                case "topic" -> topics.add(topic(entry));
                case "acl" -> acls.add(acl(AclTuple.parse(entry.key().address())));
                default -> {} // of a registry
            }
        }
        await(admin.createTopics(topics).all());
        await(admin.createAcls(acls).all());
    }

    private static NewTopic topic(DesiredEntry entry) {
        var configs = new TreeMap<String, String>();
        entry.content().fields().forEach((field, value) -> {
            if (field.startsWith("config.") && value instanceof Value.Text(var text)) {
                configs.put(field.substring("config.".length()), text);
            }
        });
        return new NewTopic(
                        entry.key().address(), number(entry, "partitions"), (short) number(entry, "replicationFactor"))
                .configs(configs);
    }

    private static int number(DesiredEntry entry, String field) {
        return ((Value.Num) entry.content().get(field)).value().intValueExact();
    }

    private static AclBinding acl(AclTuple acl) {
        return new AclBinding(
                new ResourcePattern(
                        ResourceType.valueOf(acl.resourceType()),
                        acl.resourceName(),
                        PatternType.valueOf(acl.patternType())),
                new AccessControlEntry(
                        acl.principal(),
                        acl.host(),
                        AclOperation.valueOf(acl.operation()),
                        AclPermissionType.valueOf(acl.permission())));
    }

    /** Topics with their ids, partitions and explicit configs, ACLs and quotas. Kafka's internal topics are left out. */
    public Dump read() {
        var entries = new TreeMap<String, SortedMap<String, String>>();
        topics(entries);
        for (var acl : await(admin.describeAcls(AclBindingFilter.ANY).values())) {
            var fields = new TreeMap<String, String>();
            fields.put(Dump.THERE, "yes");
            entries.put(nameOf(acl), fields);
        }
        await(admin.describeClientQuotas(ClientQuotaFilter.all()).entities()).forEach((entity, limits) -> {
            var fields = new TreeMap<String, String>();
            limits.forEach((limit, value) -> fields.put(limit, value.toString()));
            entries.put("quota " + new TreeMap<>(entity.entries()), fields);
        });
        return new Dump(entries);
    }

    private void topics(Map<String, SortedMap<String, String>> entries) {
        var names = await(admin.listTopics().names());
        var described = await(admin.describeTopics(names).allTopicNames());
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var configs = await(admin.describeConfigs(resources).all());
        described.forEach((name, topic) -> {
            var fields = new TreeMap<String, String>();
            fields.put("id", topic.topicId().toString());
            fields.put("partitions", String.valueOf(topic.partitions().size()));
            fields.put(
                    "replicationFactor",
                    String.valueOf(topic.partitions().getFirst().replicas().size()));
            configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name)).entries().stream()
                    .filter(config -> config.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                    .forEach(config -> fields.put("config." + config.name(), config.value()));
            entries.put(Dump.topic(name), fields);
        });
    }

    private static String nameOf(AclBinding acl) {
        return Manifested.aclName(
                acl.entry().permissionType().name(),
                acl.entry().principal(),
                acl.entry().operation().name(),
                acl.pattern().resourceType().name(),
                acl.pattern().patternType().name(),
                acl.pattern().name(),
                acl.entry().host());
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw OutsideException.of("Kafka", e.getCause());
        } catch (TimeoutException e) {
            throw OutsideException.of("Kafka", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OutsideException.of("Kafka", e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
