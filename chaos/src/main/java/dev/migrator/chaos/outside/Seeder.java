package dev.migrator.chaos.outside;

import dev.migrator.chaos.model.Change;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.localstack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Puts things into an environment without the product, as whoever was there before it. */
public final class Seeder implements AutoCloseable {
    private static final int CALL_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Admin admin;
    private final String registry;

    /** @param environment {@code test} or {@code production} */
    public Seeder(LocalStack stack, String environment) {
        var config = new HashMap<String, Object>(stack.kafka(environment).clientConfig("shop-admin"));
        config.put("default.api.timeout.ms", 25_000);
        config.put("request.timeout.ms", 10_000);
        this.admin = Admin.create(config);
        this.registry = stack.registryUrl(environment);
    }

    /** Creates all of it; it may take a moment until it shows. */
    public void create(List<Change> changes) {
        var topics = new ArrayList<NewTopic>();
        var rules = new ArrayList<AclBinding>();
        var limits = new ArrayList<ClientQuotaAlteration>();
        for (var change : changes) {
            switch (change) {
                case Change.TopicWanted(var name, var configs) ->
                    topics.add(new NewTopic(name, 1, (short) 1).configs(configs));
                case Change.Access(var user, var topic, var _) -> {
                    for (var operation : List.of(AclOperation.READ, AclOperation.DESCRIBE)) {
                        rules.add(rule("User:" + user, topic, operation, AclPermissionType.ALLOW));
                    }
                }
                case Change.Limit(var user, var rate) ->
                    limits.add(new ClientQuotaAlteration(
                            new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user)),
                            List.of(new ClientQuotaAlteration.Op("producer_byte_rate", (double) rate))));
                case Change.SchemaWanted schema -> schema(schema);
                case Change.TopicRetired _ -> throw new IllegalArgumentException("nothing to create");
            }
        }
        await(admin.createTopics(topics).all());
        await(admin.createAcls(rules).all());
        await(admin.alterClientQuotas(limits).all());
    }

    /** From now on the product may not create that topic. */
    public void refuse(String topic) {
        await(admin.createAcls(List.of(refusal(topic))).all());
    }

    /** Takes back {@link #refuse}. */
    public void allow(String topic) {
        await(admin.deleteAcls(List.of(refusal(topic).toFilter())).all());
    }

    /** Changes the configs of a topic that is there. */
    public void change(Change.TopicWanted topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        List<AlterConfigOp> sets = topic.configs().entrySet().stream()
                .map(config -> new AlterConfigOp(
                        new ConfigEntry(config.getKey(), config.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        await(admin.incrementalAlterConfigs(Map.of(resource, sets)).all());
    }

    /** How long topics whose names begin so keep their records, in milliseconds. */
    public SortedMap<String, String> retentions(String prefix) {
        var names = await(admin.listTopics().names()).orElseThrow().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var found = new TreeMap<String, String>();
        await(admin.describeConfigs(names).all())
                .orElseThrow()
                .forEach((topic, config) ->
                        found.put(topic.name(), config.get("retention.ms").value()));
        return found;
    }

    private static AclBinding refusal(String topic) {
        return rule("User:migrator-write", topic, AclOperation.CREATE, AclPermissionType.DENY);
    }

    private static AclBinding rule(
            String principal, String topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, permission));
    }

    private void schema(Change.SchemaWanted schema) {
        var body = Value.object(
                "artifactId",
                Value.of(schema.artifact()),
                "artifactType",
                Value.of("AVRO"),
                "firstVersion",
                Value.object(
                        "version",
                        Value.of(String.valueOf(schema.version())),
                        "content",
                        Value.object(
                                "content", Value.of(schema.content()),
                                "contentType", Value.of("application/json"))));
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(registry + "/groups/" + Change.SchemaWanted.GROUP + "/artifacts"))
                            .timeout(Duration.ofSeconds(CALL_SECONDS))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("registry: " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("registry: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static <T> Optional<T> await(KafkaFuture<T> future) {
        try {
            return Optional.ofNullable(future.get(CALL_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        http.shutdownNow();
    }
}
