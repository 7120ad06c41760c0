package dev.migrator.manifests.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Resources of Jikkou: topics with their config maps, and the rules of principals with their roles. */
final class JikkouFormat implements Format {
    private static final List<String> RESOURCE = List.of("apiVersion", "kind", "metadata", "spec", "template");
    private static final String DELETE = "jikkou.io/delete";

    private final Map<String, Node> configMaps = new HashMap<>();
    private final Map<String, Node> roles = new HashMap<>();

    @Override
    public List<String> suffixes() {
        return List.of(".yaml", ".yml");
    }

    @Override
    public void read(List<Node> documents, Collected into) {
        var resources = documents.stream().flatMap(JikkouFormat::items).toList();
        for (Resource resource : resources) {
            var name = resource.name();
            switch (resource.kind()) {
                case "ConfigMap" -> configMaps.put(name, resource.node().at("data"));
                case "KafkaPrincipalRole" -> roles.put(name, acls(resource.node()));
                default -> {
                    // in the second round, when what they refer to is known
                }
            }
        }
        resources.forEach(resource -> read(resource, into));
    }

    /** @param kind of an item in a list: the list's, without its end */
    private record Resource(Node node, String kind) {
        String name() {
            return node.at("metadata").scalar("name").orElse("");
        }
    }

    private static Stream<Resource> items(Node document) {
        var kind = document.scalar("kind").orElse("");
        return kind.endsWith("List")
                ? document.at("items").items().stream()
                        .map(item -> new Resource(
                                item, item.scalar("kind").orElse(kind.substring(0, kind.length() - "List".length()))))
                : Stream.of(new Resource(document, kind));
    }

    private void read(Resource resource, Collected into) {
        var node = resource.node();
        switch (resource.kind()) {
            case "KafkaTopic" -> topic(resource, into);
            case "KafkaPrincipalAuthorization" -> authorization(resource, into);
            case "ConfigMap", "KafkaPrincipalRole" -> into.unknownFields(node, with(RESOURCE, "data", "acls"));
            default ->
                into.notUnderstood(
                        node,
                        "a resource of kind " + (resource.kind().isEmpty() ? "(none)" : resource.kind()),
                        "KafkaTopic, KafkaPrincipalAuthorization, KafkaPrincipalRole or ConfigMap");
        }
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private void topic(Resource resource, Collected into) {
        var node = resource.node();
        into.unknownFields(node, RESOURCE);
        var spec = node.at("spec");
        into.unknownFields(spec, List.of("partitions", "replicas", "configs", "configMapRefs"));
        if (unusable(resource, into)) {
            return;
        }
        var configs = new TreeMap<String, String>();
        for (Node reference : spec.at("configMapRefs").items()) {
            var map = configMaps.get(reference.scalar().orElse(""));
            if (map == null) {
                into.notUnderstood(reference, "a config map that is not in these files", "a ConfigMap of that name");
            } else {
                configs.putAll(Settings.of(map, into));
            }
        }
        configs.putAll(Settings.of(spec.at("configs"), into));
        into.topic(node, resource.name(), into.count(spec, "partitions"), into.count(spec, "replicas"), configs);
    }

    private void authorization(Resource resource, Collected into) {
        var node = resource.node();
        into.unknownFields(node, RESOURCE);
        into.unknownFields(node.at("spec"), List.of("roles", "acls"));
        if (unusable(resource, into)) {
            return;
        }
        var rules = new ArrayList<>(acls(node).items());
        for (Node role : node.at("spec").at("roles").items()) {
            var acls = roles.get(role.scalar().orElse(""));
            if (acls == null) {
                into.notUnderstood(role, "a role that is not in these files", "a KafkaPrincipalRole of that name");
            } else {
                rules.addAll(acls.items());
            }
        }
        rules.forEach(rule -> rule(rule, resource.name(), into));
    }

    /** Both {@code spec.acls} and, as the documentation also shows it for roles, {@code acls}. */
    private static Node acls(Node resource) {
        return resource.at("spec").at("acls").isNothing()
                ? resource.at("acls")
                : resource.at("spec").at("acls");
    }

    private static void rule(Node rule, String principal, Collected into) {
        into.unknownFields(rule, List.of("resource", "type", "operations", "host"));
        var resource = rule.at("resource");
        into.unknownFields(resource, List.of("type", "pattern", "patternType"));
        Rules.rules(
                rule,
                principal,
                rule.scalar("type").orElse("ALLOW"),
                rule.scalar("host").orElse("*"),
                resource.scalar("type").orElse("(none)"),
                resource.scalar("patternType").orElse("LITERAL"),
                resource.scalar("pattern"),
                rule.at("operations").items().stream()
                        .flatMap(item -> item.scalar().stream())
                        .toList(),
                into);
    }

    /** Without a name, with one that a template makes, or there to be deleted. */
    private static boolean unusable(Resource resource, Collected into) {
        var node = resource.node();
        var delete = node.at("metadata").at("annotations").at(DELETE);
        if (delete.scalar().orElse("false").equals("true")) {
            into.notUnderstood(delete, "this resource is marked for deletion", "");
            return true;
        }
        if (resource.name().isEmpty() || resource.name().contains("{{")) {
            into.notUnderstood(
                    node,
                    "the name is made by a template",
                    "files as 'jikkou prepare' prints them, templates resolved");
            return true;
        }
        return false;
    }
}
