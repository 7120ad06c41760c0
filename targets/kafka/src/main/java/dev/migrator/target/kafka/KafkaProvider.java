package dev.migrator.target.kafka;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens Kafka clusters. The target's address is the list of bootstrap servers, a credential is a client's properties. */
public final class KafkaProvider implements TargetProvider {
    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public List<String> kinds() {
        return Kinds.ALL;
    }

    @Override
    public List<String> triedWith() {
        return List.of("4.1 ");
    }

    @Override
    public int batchSize() {
        return KafkaWriter.MAX_BATCH;
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new KafkaReader(open(config, credentials, callTimeout, "read"));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new KafkaWriter(open(config, credentials, callTimeout, "write"));
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new KafkaSmokeChecker(open(config, credentials, callTimeout, "check"));
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return Bootstrap.problems(config.address(), credentials, atMost);
    }

    private static KafkaConnection open(
            TargetConfig config, Map<String, String> credentials, Duration callTimeout, String role)
            throws TargetException {
        return KafkaConnection.open(config, ClientSettings.of(config, credentials, callTimeout, role));
    }
}
