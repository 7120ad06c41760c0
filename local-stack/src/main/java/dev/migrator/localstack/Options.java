package dev.migrator.localstack;

import dev.migrator.localstack.server.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param systems which further systems each environment has; decided when a stack is new
 * @param targets that somebody else runs
 * @param apart each broker is a process of its own and each registry keeps its data, so that any server can be ended and
 *     started again without the others
 * @param detours ways to servers that the services named in {@code detouring} take
 * @param detouring names of services
 * @param roomy brokers and services have memory for tens of thousands of topics
 * @param rehearsal there is an environment to rehearse in; decided when a stack is new
 */
public record Options(
        Home home,
        Path folder,
        List<ServiceSpec> services,
        Map<String, Integer> ports,
        Duration patience,
        Consumer<String> progress,
        Set<TargetSystem> systems,
        List<FurtherTarget> targets,
        boolean apart,
        List<Detour> detours,
        Set<String> detouring,
        boolean roomy,
        boolean rehearsal) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    public Options {
        services = List.copyOf(services);
        ports = Map.copyOf(ports);
        systems = Set.copyOf(systems);
        targets = List.copyOf(targets);
        detours = List.copyOf(detours);
        detouring = Set.copyOf(detouring);
    }

    /** The stack of this checkout: all services, free ports, in {@code .local-stack}. */
    public static Options defaults() {
        Home home = Home.find();
        return in(home, home.root().resolve(".local-stack"));
    }

    /** All services and systems, free ports, in that folder. */
    public static Options in(Home home, Path folder) {
        return new Options(
                home,
                folder,
                ServiceSpec.all(home),
                Map.of(),
                PATIENCE,
                _ -> {},
                Set.of(TargetSystem.values()),
                List.of(),
                false,
                List.of(),
                Set.of(),
                false,
                false);
    }

    /** The same with these services only. */
    public Options withServices(List<ServiceSpec> some) {
        return new Options(
                home, folder, some, ports, patience, progress, systems, targets, apart, detours, detouring, roomy,
                rehearsal);
    }

    /** The same with these ports given. */
    public Options withPorts(Map<String, Integer> given) {
        return new Options(
                home, folder, services, given, patience, progress, systems, targets, apart, detours, detouring, roomy,
                rehearsal);
    }

    /** The same, telling that one what happens. */
    public Options withProgress(Consumer<String> listener) {
        return new Options(
                home, folder, services, ports, patience, listener, systems, targets, apart, detours, detouring, roomy,
                rehearsal);
    }

    /** The same with these further systems only. */
    public Options withSystems(Set<TargetSystem> some) {
        return new Options(
                home, folder, services, ports, patience, progress, some, targets, apart, detours, detouring, roomy,
                rehearsal);
    }

    /** The same with a target more. */
    public Options withTarget(FurtherTarget target) {
        List<FurtherTarget> more = new ArrayList<>(targets);
        more.add(target);
        return new Options(
                home, folder, services, ports, patience, progress, systems, more, apart, detours, detouring, roomy,
                rehearsal);
    }

    /** The same with servers that can be ended and started again one by one. */
    public Options withServersApart() {
        return new Options(
                home, folder, services, ports, patience, progress, systems, targets, true, detours, detouring, roomy,
                rehearsal);
    }

    /** The same with these services going to these servers by detours. */
    public Options withDetours(Set<String> names, List<Detour> ways) {
        return new Options(
                home, folder, services, ports, patience, progress, systems, targets, apart, ways, names, roomy,
                rehearsal);
    }

    /** The same with brokers and services that have memory for tens of thousands of topics. */
    public Options withRoomyParts() {
        return new Options(
                home, folder, services, ports, patience, progress, systems, targets, apart, detours, detouring, true,
                rehearsal);
    }

    /** The same with an environment (a broker, a registry and, where there are databases, one of these) in which what is meant for production is rehearsed. */
    public Options withRehearsal() {
        return new Options(
                home, folder, services, ports, patience, progress, systems, targets, apart, detours, detouring, roomy,
                true);
    }
}
