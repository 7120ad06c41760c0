package dev.migrator.e2e;

import dev.migrator.localstack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** An ordinary Kafka administration client, apart from all of the product's code: what it reads is what is there. */
final class Cluster implements AutoCloseable {
    private final Map<String, Object> clients;
    private final Admin admin;

    private Cluster(Map<String, Object> clients) {
        this.clients = clients;
        this.admin = Admin.create(clients);
    }

    static Cluster of(LocalStack stack, String environment) {
        return new Cluster(Map.copyOf(stack.kafka(environment).clientConfig("shop-admin")));
    }

    /** Ids of the topics whose names begin so. */
    SortedMap<String, Uuid> topics(String prefix) {
        Collection<TopicListing> all = get(admin.listTopics().listings());
        return all.stream()
                .filter(topic -> topic.name().startsWith(prefix))
                .collect(Collectors.toMap(TopicListing::name, TopicListing::topicId, (one, _) -> one, TreeMap::new));
    }

    int partitions(String topic) {
        return get(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
    }

    /** What was set on the topic itself; not what it inherits. */
    SortedMap<String, String> configs(String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return get(admin.describeConfigs(List.of(resource)).all()).get(resource).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value, (one, _) -> one, TreeMap::new));
    }

    /** {@code principal operation name} of the ACLs on resources whose names begin so. */
    Set<String> acls(String prefix) {
        return get(admin.describeAcls(AclBindingFilter.ANY).values()).stream()
                .filter(acl -> acl.pattern().name().startsWith(prefix))
                .map(acl -> acl.entry().principal() + " " + acl.entry().operation() + " "
                        + acl.pattern().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Lets that principal read that topic. */
    void createAcl(String principal, String topic) {
        allow(principal, AclOperation.READ, topic);
    }

    /** Returns once the broker shows it. */
    void allow(String principal, AclOperation operation, String topic) {
        get(admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW))))
                .all());
        Waiting.until(
                "acl of " + principal,
                Duration.ofSeconds(20),
                () -> java.util.Optional.of(topic)
                        .filter(name -> acls(name).contains(principal + " " + operation + " " + name)),
                () -> "none");
    }

    /** Forbids it whatever else allows it, and returns once the broker shows that. */
    void deny(String principal, AclOperation operation, String topic) {
        get(admin.createAcls(List.of(denial(principal, operation, topic))).all());
        Waiting.until(
                "denial for " + principal,
                Duration.ofSeconds(20),
                () -> java.util.Optional.of(topic)
                        .filter(name -> acls(name).contains(principal + " " + operation + " " + name)),
                () -> "none");
    }

    void allowAgain(String principal, AclOperation operation, String topic) {
        get(admin.deleteAcls(List.of(denial(principal, operation, topic).toFilter()))
                .all());
    }

    /** Takes a right to a topic away. */
    void withdraw(String principal, AclOperation operation, String topic) {
        var binding = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
        get(admin.deleteAcls(List.of(binding.toFilter())).all());
    }

    /** Sets the password of a user for SCRAM-SHA-512. */
    void setScramUser(String name, String password, int iterations) {
        var info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, iterations);
        get(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, info, password)))
                .all());
    }

    void deleteScramUser(String name) {
        get(admin.alterUserScramCredentials(
                        List.of(new UserScramCredentialDeletion(name, ScramMechanism.SCRAM_SHA_512)))
                .all());
    }

    /** @param limit as Kafka calls it */
    void setQuota(String user, String limit, double value) {
        var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user));
        get(admin.alterClientQuotas(
                        List.of(new ClientQuotaAlteration(entity, List.of(new ClientQuotaAlteration.Op(limit, value)))))
                .all());
    }

    private static AclBinding denial(String principal, AclOperation operation, String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.DENY));
    }

    void createTopic(String name, Map<String, String> configs) {
        get(admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(new HashMap<>(configs))))
                .all());
        Waiting.until(
                "topic " + name,
                Duration.ofSeconds(20),
                () -> java.util.Optional.of(name).filter(topic -> topics(topic).containsKey(topic)),
                () -> "none");
    }

    void deleteTopic(String name) {
        get(admin.deleteTopics(List.of(name)).all());
        Waiting.until(
                "topic " + name + " to be gone",
                Duration.ofSeconds(20),
                () -> java.util.Optional.of(name).filter(topic -> !topics(topic).containsKey(topic)),
                () -> "still there");
    }

    /** Records that carry that time. */
    void write(String topic, Instant at, int records) throws Exception {
        try (var producer = new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, 0, at.toEpochMilli(), new byte[] {1}, new byte[] {1}))
                        .get();
            }
        }
    }

    /** The values of all records that the one partition of that topic holds, in order. */
    List<String> values(String topic) {
        var partition = new TopicPartition(topic, 0);
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(clients, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    /** The group has read so far, and is gone. */
    void commit(String group, String topic, long offset) {
        get(admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                .all());
    }

    void setConfig(String topic, String name, String value) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all());
        Waiting.until(
                name + " of " + topic + " to be " + value,
                Duration.ofSeconds(20),
                () -> java.util.Optional.of(value)
                        .filter(v -> v.equals(configs(topic).get(name))),
                () -> configs(topic).toString());
    }

    /** Mechanisms and iterations of that user; Kafka tells no more of a password. */
    String scramUser(String name) {
        var asked = admin.describeUserScramCredentials(List.of(name));
        return get(asked.users()).contains(name)
                ? get(asked.description(name)).credentialInfos().toString()
                : "none";
    }

    /** The limits of that user. */
    String quota(String user) {
        var filter = ClientQuotaFilter.containsOnly(
                List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.USER, user)));
        return new TreeMap<>(get(admin.describeClientQuotas(filter).entities()).values().stream()
                        .findFirst()
                        .orElse(Map.of()))
                .toString();
    }

    /** Whether the brokers let a client in with that password, by SCRAM. */
    boolean canLogIn(String user, String password) {
        var settings = new HashMap<>(clients);
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password));
        try (var client = Admin.create(settings)) {
            client.describeCluster().clusterId().get(30, java.util.concurrent.TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SaslAuthenticationException) {
                return false;
            }
            throw new AssertionError("the cluster does not answer as it should", e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("the cluster does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(30, java.util.concurrent.TimeUnit.SECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("the cluster does not answer as it should", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
