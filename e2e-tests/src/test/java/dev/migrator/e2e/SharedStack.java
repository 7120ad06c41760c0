package dev.migrator.e2e;

import dev.migrator.localstack.FurtherTarget;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.Options;
import dev.migrator.localstack.ServiceSpec;
import dev.migrator.localstack.TargetSystem;
import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.PostgresSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The stack and everything that tests look at it with. The store that holds it closes it. */
final class SharedStack implements AutoCloseable {
    /** One batch for each target and level, so that a batch can be large; takeovers that do not take half a minute; pages
     * that a test holds up for longer than a machine is busy; looks for drift that a test can wait for. */
    private static final Map<String, String> SETTINGS = Map.of(
            "PLANNER_BATCH_SIZE",
            "1000",
            "PLANNER_DRIFT_INTERVAL",
            "6s",
            "MIGRATOR_TARGETS_CALL_TIMEOUT",
            "10s",
            "VERIFIER_HTTP_TIMEOUT",
            "60s");

    /** What a team may add to the default policies; only names that {@link EvidenceTest} alone uses are concerned. */
    private static final String POLICIES = """
            apiVersion: migrator.dev/v1
            kind: Policies
            policies:
              - name: load-tested
                over: change
                when: change.address.startsWith("evidence.demanded")
                require: bundle.evidence.exists(e, e.kind == "load-test" && e.by == "developer" && e.passed)
                message: exactly this bundle was load-tested
            """;

    private final LocalStack stack;
    private final TopicLog log;
    private final Migrations migrations;
    private final Map<String, Cluster> clusters;
    private final InHouseSystem inHouse;
    private final OutsideCache cache;

    private SharedStack(LocalStack stack, InHouseSystem inHouse, OutsideCache cache) {
        this.stack = stack;
        this.inHouse = inHouse;
        this.cache = cache;
        this.log = new TopicLog(stack);
        this.migrations = new Migrations(stack, log);
        this.clusters = new ConcurrentHashMap<>();
    }

    static SharedStack up() {
        return up("e2e-stack", UnaryOperator.identity());
    }

    /** One of its own, in which what is meant for production is rehearsed; whoever takes it closes it. */
    static SharedStack rehearsing() {
        return withAPlace("rehearsal-stack");
    }

    /** Another one of that kind, for drills. */
    static SharedStack drilling() {
        return withAPlace("drill-stack");
    }

    /** One of its own, whose environments are declared anew; whoever takes it closes it. */
    static SharedStack monitored() {
        return up("monitoring-stack", options -> options.withSystems(Set.of(TargetSystem.POSTGRES)));
    }

    private static SharedStack withAPlace(String name) {
        var shared = up(name, options -> options.withRehearsal().withSystems(Set.of(TargetSystem.POSTGRES)));
        shared.stack.awaitPlace();
        return shared;
    }

    private static SharedStack up(String name, UnaryOperator<Options> with) {
        Home home = Home.find();
        Path folder = home.root().resolve("e2e-tests").resolve("target").resolve(name);
        Options options = with.apply(Options.in(home, folder));
        LocalStack.existing(options).ifPresent(LocalStack::close); // of a run that was killed
        writePolicies(folder.resolve("config"));
        List<ServiceSpec> services = ServiceSpec.all(home).stream()
                .map(service -> service.withSettings(SETTINGS))
                .toList();
        var inHouse = InHouseSystem.start(home.root(), folder.resolveSibling(name + "-in-house"));
        var target = new FurtherTarget("production", "policies", "http", inHouse.url());
        var cache = new OutsideCache();
        var all = options.withServices(services)
                .withTarget(target)
                .withTarget(new FurtherTarget("test", "cache", "http-actions", cache.url()))
                .withTarget(FurtherTarget.ofActions("test", "data", "sql-actions"))
                .withTarget(FurtherTarget.ofActions("test", "messages", "kafka-actions"));
        return new SharedStack(LocalStack.up(all), inHouse, cache);
    }

    /** The checkout. */
    Path root() {
        return Home.find().root();
    }

    /** The system that only production has, and that only a protocol is known of. */
    InHouseSystem inHouse() {
        return inHouse;
    }

    /** The system that only test has, and that actions act on. */
    OutsideCache cache() {
        return cache;
    }

    /** An independent client of that environment's database. */
    Database database(String environment) throws SQLException {
        var spec = stack.postgres(environment);
        return new Database(
                "jdbc:" + stack.address("postgres-" + environment) + "?sslmode=disable",
                PostgresSpec.ADMIN,
                spec.password());
    }

    private static void writePolicies(Path config) {
        try {
            Files.createDirectories(config);
            Files.writeString(config.resolve("policies.yaml"), POLICIES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To stop, kill and start its parts. */
    LocalStack stack() {
        return stack;
    }

    /** Everything that was said on the topics. */
    TopicLog log() {
        return log;
    }

    Migrations migrations() {
        return migrations;
    }

    /** An independent client of that environment's brokers. */
    Cluster cluster(String environment) {
        return clusters.computeIfAbsent(environment, name -> Cluster.of(stack, name));
    }

    /** An independent client of that environment's registry. */
    Registry registry(String environment) {
        return new Registry(stack.registryUrl(environment));
    }

    /** The text of that object, read from where the store keeps it. */
    String object(String key) throws IOException {
        return Files.readString(objects().resolve("migrator").resolve(key));
    }

    /** Where the store keeps its buckets. */
    Path objects() {
        return stack.layout().folder().resolve("data").resolve("s3").resolve("objects");
    }

    @Override
    public void close() {
        clusters.values().forEach(Cluster::close);
        log.close();
        stack.close();
        inHouse.close();
        cache.close();
    }
}
