package dev.migrator.cli;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.InMemoryTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Found before the real Kafka target: reads from memory, and tells with which credential it was opened. */
public final class MemoryTargets implements TargetProvider {
    static InMemoryTarget target = InMemoryTarget.ofAllKinds("kafka");
    static Map<String, String> openedWith = Map.of();
    /** What opening answers instead; null for none. */
    static TargetException refusal;
    /** Only what undoes by kit may open a target for writing. */
    static boolean writable;

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public List<String> kinds() {
        return List.of("topic", "acl");
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        if (refusal != null) {
            throw refusal;
        }
        openedWith = credentials;
        return target;
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        if (!writable) {
            throw new AssertionError("the command line opened a target for writing");
        }
        openReader(config, credentials, callTimeout);
        return target;
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        throw new AssertionError("the command line opened a target for checks");
    }
}
