package dev.migrator.chaos;

import dev.migrator.chaos.fault.ChaosStack;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.server.KafkaSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;

/** Which executor decides for an environment: members of the lifecycle's group are named after what their folders hold. */
final class Lifecycles {
    private static final String GROUP = "migration-lifecycle";
    private static final int PARTITIONS = 12;

    private Lifecycles() {}

    static String holder(LocalStack stack, String environment) throws Exception {
        var byProcess = new TreeMap<String, String>();
        for (String executor : ChaosStack.EXECUTORS) {
            var file =
                    stack.layout().data(executor).resolve("work/streams/" + GROUP + "/kafka-streams-process-metadata");
            var metadata = (Value.Obj) CanonicalJson.parse(Files.readString(file));
            byProcess.put(((Value.Text) metadata.get("processId")).value(), executor);
        }
        int partition = Utils.toPositive(Utils.murmur2(environment.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
        try (var admin =
                Admin.create(Map.<String, Object>copyOf(stack.kafka("control").clientConfig(KafkaSpec.ADMIN)))) {
            var group = admin.describeConsumerGroups(List.of(GROUP))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(GROUP);
            var client = group.members().stream()
                    .filter(member -> member.assignment().topicPartitions().stream()
                            .anyMatch(one -> one.topic().equals("migration.plans") && one.partition() == partition))
                    .findFirst()
                    .orElseThrow()
                    .clientId();
            return byProcess.entrySet().stream()
                    .filter(process -> client.contains(process.getKey()))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
        }
    }
}
