package dev.migrator.deploy;

import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to hold for the networks of {@code docker-compose.yml} and for its servers to rehearse in. Whatever a rehearsal is
 * about is removed there, so nothing may be kept there, and nobody but the executor gets there.
 */
final class ComposePlaceRules {
    private static final String EXECUTOR = "executor-service";
    private static final String DEFAULT = "default";
    private static final String THROW_AWAY = "rehearsal-";

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Value> services;
    private final Map<String, Value> networks;

    private ComposePlaceRules(Value.Obj compose) {
        this.services = Tree.object(compose, "services").fields();
        this.networks = Tree.object(compose, "networks").fields();
    }

    /** @param compose with {@code <<} resolved */
    static List<String> problems(Value.Obj compose) {
        var rules = new ComposePlaceRules(compose);
        rules.networks();
        rules.services.forEach((name, service) -> {
            if (isThrowAway(name)) {
                rules.throwAway(name, service);
            } else {
                rules.waitsForNoRehearsal(name, service);
            }
        });
        return rules.problems;
    }

    private void networks() {
        var used = new TreeSet<String>();
        services.forEach((name, service) -> {
            var of = networks(service);
            used.addAll(of);
            boolean apart = isThrowAway(name);
            require(apart || of.contains(DEFAULT), name + " is not where the control plane is");
            require(
                    apart || name.equals(EXECUTOR) || of.equals(Set.of(DEFAULT)),
                    name + " reaches servers that only the executor may reach: " + of);
        });
        used.remove(DEFAULT);
        require(networks.keySet().equals(used), "networks declared " + networks.keySet() + ", used " + used);
        networks.forEach((name, network) -> require(
                network instanceof Value.Obj(var fields) && fields.equals(Map.of("internal", Value.of(true))),
                "the network " + name + " leads out of itself"));
    }

    private static Set<String> networks(Value service) {
        var named = Tree.texts(service, "networks");
        return named.isEmpty() ? Set.of(DEFAULT) : Set.copyOf(named);
    }

    private static boolean isThrowAway(String name) {
        return name.startsWith(THROW_AWAY);
    }

    /** They may be left out, and whoever waited for them would then wait for ever. */
    private void waitsForNoRehearsal(String name, Value service) {
        Tree.object(service, "depends_on")
                .fields()
                .keySet()
                .forEach(needed ->
                        require(!isThrowAway(needed), name + " waits for " + needed + ", which may be left out"));
    }

    private void throwAway(String name, Value service) {
        require(
                networks(service).equals(Set.of("rehearsal")) && services.containsKey(EXECUTOR),
                name + " is on another network than its own: " + networks(service));
        require(networks(services.get(EXECUTOR)).contains("rehearsal"), "the executor does not reach " + name);
        require(Tree.items(service, "ports").isEmpty(), name + " publishes a port: only the executor is to reach it");
        require(
                service instanceof Value.Obj(var fields) && Value.of(true).equals(fields.get("read_only")),
                name + " can write its image");
        require(Tree.texts(service, "cap_drop").equals(List.of("ALL")), name + " keeps capabilities");
        require(Tree.texts(service, "security_opt").contains("no-new-privileges:true"), name + " may gain privileges");
        require(!Tree.text(service, "user").orElse("").matches("(0|root)(:.*)?"), name + " runs as root");
        require(Tree.text(service, "mem_limit").isPresent(), name + " has no bound of its memory");
        Tree.texts(service, "volumes")
                .forEach(volume -> require(
                        volume.startsWith("$") && volume.endsWith(":ro"), name + " keeps something: " + volume));
        inMemory(name, service);
        sameImage(name, service);
    }

    private void inMemory(String name, Value service) {
        var memory = Tree.texts(service, "tmpfs").stream()
                .map(mount -> mount.replaceFirst(":.*", ""))
                .toList();
        require(memory.contains("/tmp"), name + " cannot write /tmp");
        Tree.texts(service, "tmpfs")
                .forEach(mount -> require(mount.contains("size="), name + " may fill the memory: " + mount));
        for (String variable : List.of("KAFKA_LOG_DIRS", "PGDATA")) {
            Tree.text(Tree.object(service, "environment"), variable)
                    .ifPresent(path -> require(
                            memory.stream().anyMatch(mount -> (path + "/").startsWith(mount + "/")),
                            name + " " + variable + " is not in memory: " + path));
        }
        require(
                Tree.text(Tree.object(service, "environment"), "APICURIO_DATASOURCE_URL")
                        .isEmpty(),
                name + " is not in memory");
    }

    /** What is rehearsed on another version proves less. */
    private void sameImage(String name, Value service) {
        var lasting = services.get(name.substring(Math.min(THROW_AWAY.length(), name.length())));
        require(
                lasting == null || Tree.text(lasting, "image").equals(Tree.text(service, "image")),
                name + " has another image than the server of the control plane: "
                        + Tree.text(service, "image").orElse("none"));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
