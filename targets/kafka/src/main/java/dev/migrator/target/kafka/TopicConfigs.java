package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Sets and unsets single configs; what is not named stays. */
final class TopicConfigs {
    private final KafkaConnection connection;

    TopicConfigs(KafkaConnection connection) {
        this.connection = connection;
    }

    /** @param changes by topic, then by config name; empty takes the config off the topic */
    Map<String, Answer<Void>> alter(Map<String, Map<String, Optional<String>>> changes, WriteGuard guard)
            throws TargetException {
        return send(changes, _ -> {
            guard.check();
            return new AlterConfigsOptions();
        });
    }

    /** What {@link #alter} would be answered; nothing is altered. */
    Map<String, Answer<Void>> validate(Map<String, Map<String, Optional<String>>> changes) throws TargetException {
        return send(changes, _ -> new AlterConfigsOptions().validateOnly(true));
    }

    @FunctionalInterface
    private interface Options {
        AlterConfigsOptions of(List<String> topics) throws TargetException;
    }

    private Map<String, Answer<Void>> send(Map<String, Map<String, Optional<String>>> changes, Options options)
            throws TargetException {
        return Bulk.send(
                List.copyOf(changes.keySet()), topic -> changes.get(topic).size(), topics -> {
                    var request = new LinkedHashMap<ConfigResource, java.util.Collection<AlterConfigOp>>();
                    topics.forEach(topic -> request.put(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic), operations(changes.get(topic))));
                    var wanted = options.of(topics);
                    var answers = connection.awaitEach(
                            "alter the configs of " + topics.size() + " topics",
                            connection
                                    .admin()
                                    .incrementalAlterConfigs(request, wanted)
                                    .values());
                    var byTopic = new HashMap<String, Answer<Void>>();
                    answers.forEach((resource, answer) -> byTopic.put(resource.name(), answer));
                    return byTopic;
                });
    }

    private static List<AlterConfigOp> operations(Map<String, Optional<String>> changes) {
        var operations = new ArrayList<AlterConfigOp>();
        changes.forEach((name, value) -> operations.add(new AlterConfigOp(
                new ConfigEntry(name, value.orElse("")),
                value.isPresent() ? AlterConfigOp.OpType.SET : AlterConfigOp.OpType.DELETE)));
        return operations;
    }
}
