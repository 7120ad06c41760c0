package dev.migrator.target.kafka;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.ActionHarness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** Plugs a real cluster into the contract suite, with commands to others as samples. */
final class KafkaActionsHarness extends ActionHarness {
    static final String TARGET = "messages";

    private final String topic = Entries.fresh();
    private final TargetWriter writer;

    KafkaActionsHarness() throws Exception {
        try (var admin = TestCluster.independentAdmin()) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        writer = openWriter();
    }

    @Override
    public TargetWriter openWriter() throws TargetException {
        return new KafkaActionsProvider().openWriter(config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT);
    }

    static TargetConfig config() {
        var cluster = TestCluster.config();
        return new TargetConfig(
                TARGET,
                "kafka-actions",
                cluster.address(),
                cluster.expectedClusterId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    String topic() {
        return topic;
    }

    Operation.Create tell(String key) {
        return operation(key, """
                {"kafka":{"do":{"topic":"%2$s","key":"%1$s","value":"flush","headers":{"from":"a test"}},"undo":{}}}
                """);
    }

    Operation.Create operation(String key, String definition) {
        return action(TARGET, "tell-" + key, definition.formatted(key, topic));
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    /** Each look opens a consumer of its own and reads a topic to its end: a migration takes some ten seconds. */
    @Override
    public int rollbacks() {
        return 2;
    }

    @Override
    public Operation.Create create(String name) {
        return tell(name);
    }
}
