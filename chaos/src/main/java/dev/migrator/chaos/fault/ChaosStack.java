package dev.migrator.chaos.fault;

import dev.migrator.localstack.Detour;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.Options;
import dev.migrator.localstack.ServiceSpec;
import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A local stack to be hurt: two executors that share their work, each server a process of its own, and a proxy on each way
 * from the executors to a server.
 */
public final class ChaosStack implements AutoCloseable {
    public static final String FIRST_EXECUTOR = "executor-service";
    public static final String SECOND_EXECUTOR = "executor-service-2";
    public static final List<String> EXECUTORS = List.of(FIRST_EXECUTOR, SECOND_EXECUTOR);

    /** Small batches, so that a fault finds a migration half done; calls that fail soon, as a takeover waits that long. */
    private static final Map<String, String> SETTINGS = Map.of(
            "PLANNER_BATCH_SIZE",
            "4",
            "MIGRATOR_TARGETS_CALL_TIMEOUT",
            "3s",
            "PLANNER_DRIFT_INTERVAL",
            "1h",
            "VERIFIER_HTTP_TIMEOUT",
            "10s");

    private static final List<String> BROKERS = List.of("kafka-control", "kafka-test", "kafka-production");
    private static final List<String> OTHERS =
            List.of("registry-control", "registry-test", "registry-production", "s3");

    private final LocalStack stack;
    private final Map<String, Proxy> proxies;

    private ChaosStack(LocalStack stack, Map<String, Proxy> proxies) {
        this.stack = stack;
        this.proxies = proxies;
    }

    /**
     * @param folder for all that it writes; a stack that an earlier run left there is taken down first
     * @param progress is told what happens
     */
    public static ChaosStack up(Home home, Path folder, Consumer<String> progress) {
        var ports = new HashMap<String, Integer>();
        var detours = new ArrayList<Detour>();
        for (String broker : BROKERS) {
            detours.add(new Detour(broker, Ports.claim("way to " + broker, 0), Ports.claim("door of " + broker, 0)));
        }
        for (String server : OTHERS) {
            int port = Ports.claim(server, 0);
            ports.put(server, port);
            detours.add(new Detour(server, Ports.claim("way to " + server, 0), port));
        }
        var options = Options.in(home, folder)
                .withSystems(Set.of())
                .withServersApart()
                .withServices(services(home))
                .withDetours(Set.copyOf(EXECUTORS), detours)
                .withPorts(ports)
                .withProgress(progress);
        LocalStack.existing(options).ifPresent(LocalStack::close);
        var proxies = new TreeMap<String, Proxy>();
        detours.forEach(detour -> proxies.put(detour.server(), Proxy.start(detour.port(), detour.behind())));
        try {
            return new ChaosStack(LocalStack.up(options), proxies);
        } catch (RuntimeException e) {
            proxies.values().forEach(Proxy::close);
            LocalStack.existing(options).ifPresent(LocalStack::close);
            throw e;
        }
    }

    private static List<ServiceSpec> services(Home home) {
        var services = new ArrayList<ServiceSpec>();
        for (var service : ServiceSpec.all(home)) {
            var small = service.withSettings(SETTINGS);
            services.add(small);
            if (service.name().equals(FIRST_EXECUTOR)) {
                services.add(small.named(SECOND_EXECUTOR));
            }
        }
        return services;
    }

    public LocalStack stack() {
        return stack;
    }

    /** The way from the executors to that server, such as {@code kafka-test}. */
    public Proxy wayTo(String server) {
        return proxies.get(server);
    }

    @Override
    public void close() {
        stack.close();
        proxies.values().forEach(Proxy::close);
    }
}
