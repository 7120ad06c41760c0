package dev.migrator.deploy;

import dev.migrator.core.canonical.Value;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to hold between the manifests of one folder, {@code k8s/base} or {@code k8s/components/rehearsal}, and between them
 * and the services.
 */
final class KubernetesRules {
    private static final Set<String> KUSTOMIZATION =
            Set.of("apiVersion", "kind", "namespace", "labels", "resources", "configMapGenerator", "patches", "images");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> files;
    private final Value.Obj kustomization;
    private final List<HasMetadata> objects = new ArrayList<>();

    private KubernetesRules(Map<String, String> files) {
        this.files = files;
        this.kustomization = Tree.documents(files.get("kustomization.yaml")).getFirst();
    }

    /**
     * Everything that is wrong, empty when all is well.
     *
     * @param files text by name
     */
    static List<String> problems(Map<String, String> files) {
        var rules = new KubernetesRules(files);
        rules.kustomization();
        rules.read();
        rules.workloads();
        rules.all(Service.class).forEach(rules::service);
        rules.all(PodDisruptionBudget.class).forEach(rules::budget);
        return rules.problems;
    }

    private void kustomization() {
        kustomization.fields().keySet().stream()
                .filter(field -> !KUSTOMIZATION.contains(field))
                .forEach(field -> problems.add("kustomization.yaml has an unknown field " + field));
        var listed = new TreeSet<>(Tree.texts(kustomization, "resources"));
        Tree.items(kustomization, "configMapGenerator").forEach(made -> listed.addAll(Tree.texts(made, "files")));
        Tree.items(kustomization, "patches")
                .forEach(patch -> Tree.text(patch, "path").ifPresent(listed::add));
        listed.add("kustomization.yaml");
        require(listed.equals(files.keySet()), "listed " + listed + ", there " + files.keySet());
        Tree.items(kustomization, "images")
                .forEach(image -> require(
                        Tree.text(image, "newTag")
                                .filter(tag -> !tag.equals("latest"))
                                .isPresent(),
                        "an image has no tag: " + image));
    }

    private void read() {
        for (String file : Tree.texts(kustomization, "resources")) {
            try {
                objects.addAll(StrictKubernetes.read(files.getOrDefault(file, "")));
            } catch (IllegalArgumentException e) {
                problems.add(file + ": " + e.getMessage());
            }
        }
        var seen = new TreeSet<String>();
        for (HasMetadata object : objects) {
            var name = object.getKind() + "/" + object.getMetadata().getName();
            require(seen.add(name), name + " stands twice");
            require(object.getMetadata().getNamespace() == null, name + " names a namespace; the kustomization does");
        }
    }

    private void workloads() {
        var images = new TreeSet<String>();
        Tree.items(kustomization, "images")
                .forEach(image -> Tree.text(image, "name").ifPresent(images::add));
        var used = new TreeSet<String>();
        templates().forEach((name, template) -> {
            template.getSpec().getContainers().forEach(container -> used.add(container.getImage()));
            var account = template.getSpec().getServiceAccountName();
            require(
                    all(ServiceAccount.class).stream()
                            .anyMatch(a -> a.getMetadata().getName().equals(account)),
                    name + " runs as " + account + ", which is not there");
            var claims = claims(name);
            problems.addAll(PodRules.problems(name, template, configMaps(), generated(), claims));
        });
        require(images.equals(used), "images with a tag " + images + ", used " + used);
        for (Deployment deployment : all(Deployment.class)) {
            matches(
                    deployment.getMetadata().getName(),
                    deployment.getSpec().getSelector().getMatchLabels(),
                    deployment.getSpec().getTemplate());
        }
        for (StatefulSet set : all(StatefulSet.class)) {
            matches(
                    set.getMetadata().getName(),
                    set.getSpec().getSelector().getMatchLabels(),
                    set.getSpec().getTemplate());
            require(
                    all(Service.class).stream()
                            .anyMatch(s -> s.getMetadata()
                                            .getName()
                                            .equals(set.getSpec().getServiceName())
                                    && "None".equals(s.getSpec().getClusterIP())),
                    set.getMetadata().getName() + " has no headless service "
                            + set.getSpec().getServiceName());
        }
    }

    private void matches(String name, Map<String, String> selector, PodTemplateSpec template) {
        require(
                !selector.isEmpty()
                        && template.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()),
                name + " selects " + selector + ", its pods have "
                        + template.getMetadata().getLabels());
    }

    private void service(Service service) {
        var name = service.getMetadata().getName();
        var selected = selected(service.getSpec().getSelector());
        require(selected.equals(Set.of(name)), "service " + name + " selects " + selected);
        for (ServicePort port : service.getSpec().getPorts()) {
            boolean found = selected.stream()
                    .map(templates()::get)
                    .flatMap(template -> template.getSpec().getContainers().stream())
                    .flatMap(container -> container.getPorts().stream())
                    .anyMatch(open -> open.getName().equals(port.getTargetPort().getStrVal())
                            && open.getContainerPort().equals(port.getPort()));
            require(found, "service " + name + " leads to a port that is not open: " + port.getTargetPort());
        }
    }

    private void budget(PodDisruptionBudget budget) {
        var name = budget.getMetadata().getName();
        var selected = selected(budget.getSpec().getSelector().getMatchLabels());
        require(selected.equals(Set.of(name)), "disruption budget " + name + " selects " + selected);
    }

    private Set<String> selected(Map<String, String> selector) {
        var names = new TreeSet<String>();
        templates().forEach((name, template) -> {
            if (template.getMetadata().getLabels().entrySet().containsAll(selector.entrySet())) {
                names.add(name);
            }
        });
        return names;
    }

    private Map<String, PodTemplateSpec> templates() {
        var templates = new TreeMap<String, PodTemplateSpec>();
        all(Deployment.class)
                .forEach(d ->
                        templates.put(d.getMetadata().getName(), d.getSpec().getTemplate()));
        all(StatefulSet.class)
                .forEach(s ->
                        templates.put(s.getMetadata().getName(), s.getSpec().getTemplate()));
        return templates;
    }

    private Set<String> claims(String name) {
        var claims = new TreeSet<String>();
        all(StatefulSet.class).stream()
                .filter(set -> set.getMetadata().getName().equals(name))
                .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
                .forEach(claim -> claims.add(claim.getMetadata().getName()));
        return claims;
    }

    private Map<String, Map<String, String>> configMaps() {
        var maps = new TreeMap<String, Map<String, String>>();
        all(ConfigMap.class).forEach(map -> maps.put(map.getMetadata().getName(), map.getData()));
        return maps;
    }

    /** Files of the config maps that the kustomization makes, by name of the map. */
    private Map<String, List<String>> generated() {
        var maps = new TreeMap<String, List<String>>();
        Tree.items(kustomization, "configMapGenerator")
                .forEach(made -> maps.put(Tree.text(made, "name").orElse(""), Tree.texts(made, "files")));
        return maps;
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
