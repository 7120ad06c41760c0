package dev.migrator.localstack;

import dev.migrator.localstack.Environment.Access;
import dev.migrator.localstack.server.ConnectSpec;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import dev.migrator.localstack.server.Ports;
import dev.migrator.localstack.server.PostgresSpec;
import dev.migrator.localstack.server.RegistrySpec;
import dev.migrator.localstack.server.S3Spec;
import dev.migrator.localstack.server.Secrets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Everything about one stack that was drawn at random or given: ports, ids, passwords, tokens. All else follows from it,
 * so a part can be started again at any time exactly as it was.
 *
 * @param values by name; written to {@code config/stack.properties}
 */
record StackSettings(Map<String, String> values) {
    static final String BUCKET = "migrator";
    static final String REGION = "us-east-1";

    /** An outside client that may ask for a migration and follow it. */
    static final String REQUESTER = "requester";

    /** Seeds and checks the targets without going through the services. */
    static final String SHOP_ADMIN = "shop-admin";

    /** The workers of Kafka Connect, on the cluster of their environment. */
    static final String CONNECT_WORKER = "connect";

    /** The one database of each PostgreSQL server. */
    static final String DATABASE = "shop";

    private static final String SYSTEMS = "systems";
    private static final String REHEARSAL = "rehearsal";

    /**
     * Tables belong to {@code shop_owner}. Reading is reading everything; writing is what belongs to the owner, and making
     * roles.
     */
    private static final List<String> DATABASE_RIGHTS = List.of(
            "CREATE ROLE shop_owner NOLOGIN",
            "GRANT CREATE, USAGE ON SCHEMA public TO shop_owner",
            "GRANT pg_read_all_data TO " + Access.READ.databaseUser() + ", " + Access.WRITE.databaseUser(),
            "GRANT shop_owner TO " + Access.WRITE.databaseUser(),
            "ALTER ROLE " + Access.WRITE.databaseUser() + " CREATEROLE");

    StackSettings {
        values = Map.copyOf(values);
    }

    /** Users of the control cluster: one for each service, and {@value #REQUESTER}. */
    static List<String> controlUsers() {
        return List.of("planner", "snapshotter", "executor", "verifier", "console", REQUESTER);
    }

    /** Users of each target cluster. */
    static List<String> targetUsers() {
        return List.of(Access.READ.user(), Access.WRITE.user(), Access.CHECK.user(), SHOP_ADMIN, CONNECT_WORKER);
    }

    /** Names that ports can be given for. */
    static List<String> portNames(List<ServiceSpec> services, Set<TargetSystem> systems, boolean rehearsal) {
        List<String> names = new ArrayList<>();
        for (String cluster : clusters(rehearsal)) {
            names.add("kafka-" + cluster);
            names.add("kafka-" + cluster + "-controller");
            names.add("registry-" + cluster);
            names.add("registry-" + cluster + "-management");
        }
        names.add("s3");
        for (Environment environment : environments(rehearsal)) {
            systems(environment, systems).forEach(system -> names.add(system.part(environment)));
        }
        services.forEach(service -> names.add(service.name()));
        return names;
    }

    /**
     * New settings, keeping what an earlier stack in the same folder had: its data belongs to its ids and passwords.
     *
     * @param earlier empty for a new stack
     * @param given ports by name
     * @param systems that each environment has
     * @param rehearsal whether there is an environment to rehearse in
     * @throws LocalStackException {@code LST-PORT} for a given port that is in use, {@code LST-INPUT} for an unknown name
     */
    static StackSettings draw(
            Map<String, String> earlier,
            Map<String, Integer> given,
            List<ServiceSpec> services,
            Set<TargetSystem> systems,
            boolean rehearsal) {
        Map<String, String> values = new TreeMap<>(earlier);
        values.put(REHEARSAL, String.valueOf(rehearsal));
        values.put(SYSTEMS, systems.stream().sorted().map(TargetSystem::label).collect(Collectors.joining(",")));
        List<String> names = portNames(services, systems, rehearsal);
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new LocalStackException(
                            Code.LST_INPUT,
                            "port of " + name,
                            "one of " + names,
                            name,
                            "give the port to one of these");
                });
        for (String name : names) {
            values.compute("port." + name, (_, last) -> String.valueOf(port(name, given.get(name), last)));
        }
        for (String cluster : clusters(rehearsal)) {
            values.computeIfAbsent(
                    "cluster-id." + cluster, _ -> Uuid.randomUuid().toString());
            values.computeIfAbsent("password." + cluster + "." + KafkaSpec.ADMIN, _ -> Secrets.password());
            for (String user : cluster.equals(Environment.CONTROL) ? controlUsers() : targetUsers()) {
                values.computeIfAbsent("password." + cluster + "." + user, _ -> Secrets.password());
            }
        }
        values.computeIfAbsent(
                "s3.access-key", _ -> "local-" + Secrets.password().substring(0, 8));
        values.computeIfAbsent("s3.secret-key", _ -> Secrets.password());
        for (Environment environment : environments(rehearsal)) {
            for (String user : List.of(PostgresSpec.ADMIN, Access.READ.databaseUser(), Access.WRITE.databaseUser())) {
                values.computeIfAbsent(postgresPassword(environment, user), _ -> Secrets.password());
            }
        }
        for (ConsoleUser user : ConsoleUser.values()) {
            values.computeIfAbsent("token." + user.label(), _ -> Secrets.password());
        }
        return new StackSettings(values);
    }

    private static int port(String name, Integer given, String last) {
        if (given != null) {
            return Ports.claim(name, given);
        }
        boolean keep = last != null && Ports.isFree(Integer.parseInt(last));
        return keep ? Integer.parseInt(last) : Ports.claim(name, Ports.ANY);
    }

    int port(String name) {
        return Integer.parseInt(value("port." + name));
    }

    String token(ConsoleUser user) {
        return value("token." + user.label());
    }

    /** The cluster of that name, with all its users. */
    KafkaSpec kafka(String cluster) {
        Map<String, String> users = new LinkedHashMap<>();
        String prefix = "password." + cluster + ".";
        values.forEach((key, password) -> {
            if (key.startsWith(prefix)) {
                users.put(key.substring(prefix.length()), password);
            }
        });
        return new KafkaSpec(
                cluster,
                value("cluster-id." + cluster),
                port("kafka-" + cluster),
                port("kafka-" + cluster + "-controller"),
                users);
    }

    /** The registry of that name. The control one keeps its data; the targets allow deletion, so that undoing is exact. */
    RegistrySpec registry(String cluster) {
        boolean control = cluster.equals(Environment.CONTROL);
        return new RegistrySpec(
                cluster, port("registry-" + cluster), port("registry-" + cluster + "-management"), control, !control);
    }

    /** Those that the stack has, in order. */
    List<Environment> environments() {
        return environments(hasRehearsal());
    }

    /** Control, then one for each environment. */
    List<String> clusters() {
        return clusters(hasRehearsal());
    }

    boolean hasRehearsal() {
        return Boolean.parseBoolean(values.getOrDefault(REHEARSAL, "false"));
    }

    private static List<Environment> environments(boolean rehearsal) {
        return Stream.of(Environment.values())
                .filter(environment -> rehearsal || environment != Environment.REHEARSAL)
                .toList();
    }

    private static List<String> clusters(boolean rehearsal) {
        return Stream.concat(
                        Stream.of(Environment.CONTROL),
                        environments(rehearsal).stream().map(environment -> environment.label))
                .toList();
    }

    /** What that environment has besides its broker and registry. */
    Set<TargetSystem> systems(Environment environment) {
        return systems(environment, systems());
    }

    /** Connectors are not rehearsed: a worker only takes memory. */
    private static Set<TargetSystem> systems(Environment environment, Set<TargetSystem> all) {
        var some = new TreeSet<>(all);
        if (environment == Environment.REHEARSAL) {
            some.remove(TargetSystem.CONNECT);
        }
        return some;
    }

    /** What environments have besides their brokers and registries. */
    Set<TargetSystem> systems() {
        String labels = values.getOrDefault(SYSTEMS, "");
        return Stream.of(TargetSystem.values())
                .filter(system -> List.of(labels.split(",")).contains(system.label()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TargetSystem.class)));
    }

    ConnectSpec connect(Environment environment) {
        return new ConnectSpec(
                environment.label,
                port(TargetSystem.CONNECT.part(environment)),
                kafka(environment.label).clientConfig(CONNECT_WORKER),
                Map.of());
    }

    PostgresSpec postgres(Environment environment) {
        PostgresSpec spec = new PostgresSpec(
                port(TargetSystem.POSTGRES.part(environment)),
                databasePassword(environment, PostgresSpec.ADMIN),
                List.of(DATABASE),
                new TreeMap<>(),
                List.of());
        for (Access access : List.of(Access.READ, Access.WRITE)) {
            spec = spec.withUser(access.databaseUser(), databasePassword(environment, access.databaseUser()));
        }
        return spec.with(DATABASE_RIGHTS);
    }

    String databasePassword(Environment environment, String user) {
        return value(postgresPassword(environment, user));
    }

    private static String postgresPassword(Environment environment, String user) {
        return "password.postgres-" + environment.label + "." + user;
    }

    S3Spec s3() {
        return new S3Spec(port("s3"), value("s3.access-key"), value("s3.secret-key"), List.of(BUCKET));
    }

    String serviceUrl(String service) {
        return "http://" + Ports.HOST + ":" + port(service);
    }

    private String value(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new LocalStackException(
                    Code.LST_INPUT,
                    "the stack's settings",
                    "a value for " + key,
                    "none",
                    "take the stack down and up again; it was started by another version");
        }
        return value;
    }
}
