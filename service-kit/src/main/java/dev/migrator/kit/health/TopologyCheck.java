package dev.migrator.kit.health;

import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready while a Kafka Streams topology runs. The service that hosts one produces it as a {@code @Readiness} bean, with
 * a supplier that looks at memory: {@code new TopologyCheck("lifecycle-topology", () -> streams.state().name())}.
 */
public final class TopologyCheck implements HealthCheck {
    private final String name;
    private final Supplier<String> state;

    public TopologyCheck(String name, Supplier<String> state) {
        this.name = name;
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        String now = state.get();
        return HealthCheckResponse.named(name)
                .status(now.equals("RUNNING"))
                .withData("state", now)
                .build();
    }
}
