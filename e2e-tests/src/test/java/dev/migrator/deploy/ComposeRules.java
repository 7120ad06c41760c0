package dev.migrator.deploy;

import dev.migrator.core.canonical.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What has to hold for {@code docker-compose.yml}: its own grammar, as far as it is used, and what the services need. */
final class ComposeRules {
    private static final Set<String> TOP = Set.of("name", "services", "networks", "volumes");
    private static final Set<String> SERVICE = Set.of(
            "build",
            "cap_drop",
            "command",
            "depends_on",
            "environment",
            "healthcheck",
            "image",
            "mem_limit",
            "networks",
            "ports",
            "read_only",
            "restart",
            "security_opt",
            "stop_grace_period",
            "tmpfs",
            "user",
            "volumes");
    private static final Set<String> BUILD = Set.of("context", "dockerfile", "args");
    private static final Set<String> HEALTH = Set.of("test", "interval", "timeout", "retries", "start_period");
    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([0-9]{2,5}):([0-9]{2,5})");
    private static final Pattern PINNED =
            Pattern.compile("[a-z0-9./-]+(:(?!latest)[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})");
    private static final Pattern VOLUME = Pattern.compile("(.+):(/[^:]+?)(:ro)?");
    private static final Pattern HOST = Pattern.compile("(?:https?://)?([a-z-]+):([0-9]+).*");

    private final List<String> problems = new ArrayList<>();
    private final Value.Obj compose;
    private final Map<String, Value> services;
    private final Path checkout;

    private ComposeRules(Value.Obj compose, Path checkout) {
        this.compose = compose;
        this.services = Tree.object(compose, "services").fields();
        this.checkout = checkout;
    }

    /** Everything that is wrong, empty when all is well. */
    static List<String> problems(String yaml, Path checkout) {
        var rules =
                new ComposeRules((Value.Obj) Tree.merged(Tree.documents(yaml).getFirst()), checkout);
        rules.grammar();
        rules.volumes();
        rules.ports();
        rules.services.forEach(rules::ours);
        rules.problems.addAll(ComposePlaceRules.problems(rules.compose));
        return rules.problems;
    }

    private void grammar() {
        known("the file", compose, TOP);
        services.forEach((name, service) -> {
            known(name, service, SERVICE);
            known(name + " build", Tree.object(service, "build"), BUILD);
            known(name + " healthcheck", Tree.object(service, "healthcheck"), HEALTH);
            var test = Tree.texts(Tree.object(service, "healthcheck"), "test");
            require(!test.isEmpty() && test.getFirst().equals("CMD"), name + " has no health check");
            require(Tree.text(service, "restart").isPresent(), name + " does not say when it is started again");
            var image = Tree.text(service, "image").orElse("");
            boolean built = !Tree.object(service, "build").fields().isEmpty();
            require(built || PINNED.matcher(image).matches(), name + " has an image that is not pinned: " + image);
            Tree.object(service, "environment")
                    .fields()
                    .forEach((variable, value) ->
                            require(value instanceof Value.Text, name + " " + variable + " has to be text, in quotes"));
            Tree.object(service, "depends_on").fields().forEach((needed, how) -> needs(name, needed, how));
        });
    }

    private void needs(String name, String needed, Value how) {
        var condition = Tree.text(how, "condition").orElse("none");
        require(services.containsKey(needed), name + " depends on " + needed + ", which is not there");
        require(CONDITIONS.contains(condition), name + " depends on " + needed + " with condition " + condition);
    }

    private void volumes() {
        var used = new TreeSet<String>();
        services.forEach((name, service) -> Tree.texts(service, "volumes").forEach(volume -> {
            var parts = VOLUME.matcher(volume);
            require(parts.matches(), name + " has a volume that is none: " + volume);
            if (parts.matches()
                    && !parts.group(1).startsWith("$")
                    && !parts.group(1).startsWith(".")) {
                require(used.add(parts.group(1)), "two services share the volume " + parts.group(1));
            }
        }));
        var declared = Tree.object(compose, "volumes").fields().keySet();
        require(declared.equals(used), "volumes declared " + declared + ", used " + used);
    }

    private void ports() {
        var taken = new HashSet<String>();
        services.forEach((name, service) -> Tree.items(service, "ports").forEach(port -> {
            var parts = PORT.matcher(port instanceof Value.Text(var text) ? text : "");
            require(parts.matches(), name + " publishes a port beyond this machine: " + port);
            require(!parts.matches() || taken.add(parts.group(1)), name + " publishes a port twice: " + port);
        }));
    }

    private void ours(String name, Value service) {
        if (!name.endsWith("-service")) {
            return;
        }
        var environment = new TreeMap<String, String>();
        Tree.object(service, "environment").fields().forEach((variable, value) -> {
            if (value instanceof Value.Text(var text)) {
                environment.put(variable, text);
            }
        });
        Settings.problems(environment).forEach(problem -> problems.add(name + ": " + problem));
        var build = Tree.object(service, "build");
        require(
                Tree.text(Tree.object(build, "args"), "SERVICE").equals(java.util.Optional.of(name)),
                name + " is built from another service");
        require(Files.isRegularFile(checkout.resolve(name).resolve("pom.xml")), name + " is no module");
        require(
                service instanceof Value.Obj o && o.get("read_only").equals(Value.of(true)),
                name + " can write its image");
        var port = environment.getOrDefault("QUARKUS_HTTP_PORT", "none");
        require(
                Tree.texts(Tree.object(service, "healthcheck"), "test").stream()
                        .anyMatch(test -> test.contains("127.0.0.1/" + port + " ") && test.contains("/q/health/ready")),
                name + " is asked for its health at another port or place than " + port);
        Tree.texts(service, "ports")
                .forEach(published -> require(
                        published.endsWith(":" + port), name + " publishes " + published + " and listens at " + port));
        paths(name, service, environment);
        hosts(name, service, environment);
    }

    /** Whatever a variable names in the container has to be mounted there. */
    private void paths(String name, Value service, Map<String, String> environment) {
        var mounts = new TreeMap<String, String>();
        for (String volume : Tree.texts(service, "volumes")) {
            var parts = VOLUME.matcher(volume);
            if (parts.matches()) {
                mounts.put(parts.group(2), parts.group(1));
            }
        }
        environment.forEach((variable, path) -> {
            if (variable.matches(".*_(FILE|DIR|CONFIG)")) {
                require(mounts.containsKey(path), name + " " + variable + " names " + path + ", which is not mounted");
            }
        });
        mounts.forEach((path, source) -> {
            boolean own = source.startsWith(name.replace("-service", "")) || source.endsWith("/credentials/" + name);
            boolean isShared = source.matches(".*/(environments\\.yaml|console-users\\.yaml|approvals-[a-z]+\\.pem)");
            boolean isSecrets = source.endsWith("/secrets") && name.equals("executor-service");
            boolean isPolicies = source.endsWith("/policies.yaml") && name.equals("planner-service");
            require(own || isShared || isPolicies || isSecrets, name + " mounts what is not its own: " + source);
            require(
                    !source.endsWith("approvals-private.pem") || name.equals("console-service"),
                    name + " holds the key that signs approvals");
        });
    }

    private void hosts(String name, Value service, Map<String, String> environment) {
        for (String variable :
                List.of("MIGRATOR_KAFKA_BOOTSTRAP_SERVERS", "MIGRATOR_REGISTRY_URL", "MIGRATOR_OBJECTS_ENDPOINT")) {
            var host = HOST.matcher(environment.getOrDefault(variable, ""));
            require(
                    host.matches() && services.containsKey(host.group(1)),
                    name + " " + variable + " names no service here");
            if (host.matches() && services.containsKey(host.group(1))) {
                require(
                        listens(services.get(host.group(1)), host.group(2)),
                        name + " " + variable + " names a port where " + host.group(1) + " does not listen");
                require(
                        Tree.object(service, "depends_on").fields().containsKey(host.group(1)),
                        name + " does not wait for " + host.group(1));
            }
        }
    }

    /** By what each server is told: Kafka its listeners, Quarkus and PostgreSQL their port, an object store its address. */
    static boolean listens(Value server, String port) {
        var environment = Tree.object(server, "environment");
        return Tree.text(environment, "KAFKA_LISTENERS").orElse("").matches(".*:" + port + "(,.*)?")
                || Tree.text(environment, "QUARKUS_HTTP_PORT").orElse("").equals(port)
                || Tree.text(environment, "PGPORT").orElse("").equals(port)
                || Tree.texts(server, "command").contains(":" + port);
    }

    private void known(String where, Value value, Set<String> names) {
        if (value instanceof Value.Obj(var fields)) {
            fields.keySet().stream()
                    .filter(field -> !names.contains(field) && !field.startsWith("x-"))
                    .forEach(field -> problems.add(where + " has an unknown field " + field));
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
