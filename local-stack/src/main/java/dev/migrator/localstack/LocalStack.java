package dev.migrator.localstack;

import dev.migrator.localstack.server.Folders;
import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import dev.migrator.localstack.server.Logs;
import dev.migrator.localstack.server.PostgresSpec;
import dev.migrator.localstack.server.PropertyText;
import dev.migrator.localstack.server.S3Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brokers, registries, object store and services on this machine, each part a process of its own that outlives whoever
 * started it. All it knows is in one folder. One process at a time may change it; looking is always possible.
 */
public final class LocalStack implements AutoCloseable {
    private final Options options;
    private final StackLayout layout;
    private final StackSettings settings;
    private final Parts parts;
    private final Processes processes;

    private LocalStack(Options options, StackSettings settings) {
        this.options = options;
        this.layout = new StackLayout(options.folder());
        this.settings = settings;
        this.parts = new Parts(layout, settings, options);
        this.processes = new Processes(layout);
    }

    /**
     * Brings the stack up: starts what is not running, and returns when all of it can be used. What serves rehearsals alone may
     * take some seconds more: see {@link #awaitPlace}. Where all was running, it is waited for as well.
     *
     * @throws LocalStackException naming the part that failed, with the last lines of its log; what this call has started is
     *     stopped again, its logs stay
     */
    public static LocalStack up(Options options) {
        try (StackLock _ = StackLock.take(options.folder())) {
            options.services().forEach(service -> Home.built(service.jar()));
            LocalStack stack =
                    existing(options).filter(LocalStack::isAnyRunning).orElseGet(() -> fresh(options));
            stack.requirePorts(options.ports());
            new StartUp(stack.parts, stack.processes, stack.settings, options).run();
            return stack;
        }
    }

    /** The stack in that folder, running or not; empty if there is none. */
    public static Optional<LocalStack> existing(Options options) {
        Path file = new StackLayout(options.folder()).settingsFile();
        return Files.exists(file)
                ? Optional.of(new LocalStack(options, new StackSettings(PropertyText.read(file))))
                : Optional.empty();
    }

    private static LocalStack fresh(Options options) {
        Path file = new StackLayout(options.folder()).settingsFile();
        Map<String, String> earlier = Files.exists(file) ? PropertyText.read(file) : Map.of();
        StackSettings settings = StackSettings.draw(
                earlier, options.ports(), options.services(), options.systems(), options.rehearsal());
        LocalStack stack = new LocalStack(options, settings);
        new StackFiles(stack.layout, settings).write(options);
        return stack;
    }

    private void requirePorts(Map<String, Integer> given) {
        given.forEach((name, port) -> {
            if (settings.port(name) != port) {
                throw new LocalStackException(
                        Code.LST_INPUT,
                        "port of " + name,
                        String.valueOf(port),
                        "the stack is up with " + settings.port(name),
                        "take it down first");
            }
        });
    }

    /**
     * Ends all parts.
     *
     * @param keepData keeps data, logs and settings, so that the next {@code up} goes on where this ended; else the folder
     *     is removed
     */
    public void down(boolean keepData) {
        try (StackLock _ = StackLock.take(options.folder())) {
            InParallel.each(parts.serviceNames(), keepData ? processes::stop : processes::kill);
            InParallel.each(parts.servers(), keepData ? processes::stop : processes::kill);
            processes.killStrays();
        }
        if (!keepData) {
            Folders.remove(layout.folder());
        }
    }

    /**
     * Returns when what serves rehearsals alone can be used; at once where there is nothing of the kind.
     *
     * @throws LocalStackException naming the part that failed
     */
    public void awaitPlace() {
        InParallel.each(parts.place(), part -> processes.awaitReady(part, parts.launch(part), options.patience()));
    }

    /** Ends all parts and removes the folder. */
    @Override
    public void close() {
        down(false);
    }

    /** Starts one part that is not running, and returns when it can be used. */
    public void start(String part) {
        parts.require(part);
        if (processes.state(part) instanceof PartState.Running(long pid)) {
            throw new LocalStackException(
                    Code.LST_INPUT,
                    part,
                    "a part that is not running",
                    "it runs, process " + pid,
                    "restart it instead");
        }
        processes.start(part, parts.launch(part), options.patience());
    }

    /** Asks one part to end, and kills it after a while. Nothing to end is no error. */
    public void stop(String part) {
        parts.require(part);
        processes.stop(part);
    }

    /** Ends one part at once, as a power cut would. Nothing to end is no error. */
    public void kill(String part) {
        parts.require(part);
        processes.kill(part);
    }

    /** Stops one part where it is, so that it does nothing but keeps all it has, until {@link #thaw}. */
    public void freeze(String part) {
        parts.require(part);
        processes.signal(part, "STOP");
    }

    /** Lets a part that was frozen go on. One that is gone meanwhile is no error. */
    public void thaw(String part) {
        parts.require(part);
        processes.signal(part, "CONT");
    }

    /** {@link #stop} and {@link #start}. */
    public void restart(String part) {
        stop(part);
        start(part);
    }

    /** The state of each part, in a stated order. */
    public Map<String, PartState> status() {
        Map<String, PartState> states = new LinkedHashMap<>();
        parts.names().forEach(part -> states.put(part, processes.state(part)));
        return states;
    }

    /** Names of all parts: servers, then services. */
    public List<String> parts() {
        return parts.names();
    }

    boolean isAnyRunning() {
        return status().values().stream().anyMatch(PartState.Running.class::isInstance);
    }

    /** The last lines of that part's log, oldest first. */
    public List<String> lastLines(String part) {
        return Logs.lastLines(layout.log(part), Logs.SHOWN);
    }

    /** Where that part is found. */
    public String address(String part) {
        parts.require(part);
        return parts.address(part);
    }

    /** A cluster ({@code control}, {@code test}, {@code production}) with its id, address, users and their settings. */
    public KafkaSpec kafka(String cluster) {
        return settings.kafka(cluster);
    }

    /** The core API of that registry ({@code control}, {@code test}, {@code production}). */
    public String registryUrl(String cluster) {
        return settings.registry(cluster).url();
    }

    /** The database server of that environment, with its users and passwords. */
    public PostgresSpec postgres(String environment) {
        return settings.postgres(Environment.valueOf(environment.toUpperCase(Locale.ROOT)));
    }

    /** The object store with its keys and its one bucket. */
    public S3Spec s3() {
        return settings.s3();
    }

    /** The address of that service, without a slash at the end. */
    public String serviceUrl(String service) {
        return settings.serviceUrl(service);
    }

    /** The token of a user of the console: {@code developer}, {@code approver}, {@code operator} or {@code viewer}. */
    public String token(String user) {
        return settings.token(ConsoleUser.valueOf(user.toUpperCase(Locale.ROOT)));
    }

    /** Where this stack keeps what. */
    public StackLayout layout() {
        return layout;
    }

    /** Environment variables of an outside client: one that asks for migrations and follows them. */
    public Map<String, String> env() {
        Map<String, String> env = new TreeMap<>(parts.control(StackSettings.REQUESTER));
        if (parts.serviceNames().contains(ServiceSpec.CONSOLE)) {
            env.put("MIGRATOR_SERVER", serviceUrl(ServiceSpec.CONSOLE));
            env.put("MIGRATOR_TOKEN", settings.token(ConsoleUser.DEVELOPER));
        }
        return env;
    }
}
