package dev.migrator.localstack;

import dev.migrator.localstack.Environment.Access;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import dev.migrator.localstack.server.Ports;
import dev.migrator.localstack.server.RegistrySpec;
import dev.migrator.localstack.server.S3Spec;
import dev.migrator.localstack.server.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    StackSettings {
        values = Map.copyOf(values);
    }

    /** Users of the control cluster: one for each service, and {@value #REQUESTER}. */
    static List<String> controlUsers() {
        return List.of("planner", "snapshotter", "executor", "verifier", "console", REQUESTER);
    }

    /** Users of each target cluster. */
    static List<String> targetUsers() {
        return List.of(Access.READ.user(), Access.WRITE.user(), Access.CHECK.user(), SHOP_ADMIN);
    }

    /** Names that ports can be given for. */
    static List<String> portNames(List<ServiceSpec> services) {
        List<String> names = new ArrayList<>();
        for (String cluster : Environment.clusters()) {
            names.add("kafka-" + cluster);
            names.add("kafka-" + cluster + "-controller");
            names.add("registry-" + cluster);
            names.add("registry-" + cluster + "-management");
        }
        names.add("s3");
        services.forEach(service -> names.add(service.name()));
        return names;
    }

    /**
     * New settings, keeping what an earlier stack in the same folder had: its data belongs to its ids and passwords.
     *
     * @param earlier empty for a new stack
     * @param given ports by name
     * @throws LocalStackException {@code LST-PORT} for a given port that is in use, {@code LST-INPUT} for an unknown name
     */
    static StackSettings draw(Map<String, String> earlier, Map<String, Integer> given, List<ServiceSpec> services) {
        Map<String, String> values = new TreeMap<>(earlier);
        List<String> names = portNames(services);
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
        for (String cluster : Environment.clusters()) {
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
