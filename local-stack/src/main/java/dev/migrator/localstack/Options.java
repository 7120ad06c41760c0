package dev.migrator.localstack;

import dev.migrator.localstack.server.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a stack is brought up.
 *
 * @param home the checkout with the built servers
 * @param folder takes everything that the stack writes
 * @param services which services it has
 * @param ports given ports by name, such as {@code console-service}; the others are free ones
 * @param patience how long one part may take until it can be used
 * @param progress is told, line by line, what happens
 */
public record Options(
        Home home,
        Path folder,
        List<ServiceSpec> services,
        Map<String, Integer> ports,
        Duration patience,
        Consumer<String> progress) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    public Options {
        services = List.copyOf(services);
        ports = Map.copyOf(ports);
    }

    /** The stack of this checkout: all services, free ports, in {@code .local-stack}. */
    public static Options defaults() {
        Home home = Home.find();
        return in(home, home.root().resolve(".local-stack"));
    }

    /** All services, free ports, in that folder. */
    public static Options in(Home home, Path folder) {
        return new Options(home, folder, ServiceSpec.all(home), Map.of(), PATIENCE, _ -> {});
    }

    /** The same with these services only. */
    public Options withServices(List<ServiceSpec> some) {
        return new Options(home, folder, some, ports, patience, progress);
    }

    /** The same with these ports given. */
    public Options withPorts(Map<String, Integer> given) {
        return new Options(home, folder, services, given, patience, progress);
    }

    /** The same, telling that one what happens. */
    public Options withProgress(Consumer<String> listener) {
        return new Options(home, folder, services, ports, patience, listener);
    }
}
