package dev.migrator.deploy;

import dev.migrator.core.canonical.Value;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has to hold for {@code k8s/components/rehearsal} besides {@link KubernetesRules}: its servers keep nothing, only the
 * executor reaches them, and of the base only the executor is changed.
 */
final class ThrowAwayPodRules {
    private static final String LABEL = "app.kubernetes.io/name";
    private static final String EXECUTOR = "executor-service";

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> files;
    private final Value.Obj kustomization;
    private final List<HasMetadata> objects = new ArrayList<>();
    private final StatefulSet executor;

    private ThrowAwayPodRules(Map<String, String> component, Map<String, String> base) {
        this.files = component;
        this.kustomization = Tree.documents(component.get("kustomization.yaml")).getFirst();
        Tree.texts(kustomization, "resources").forEach(file -> objects.addAll(StrictKubernetes.read(files.get(file))));
        this.executor = all(StrictKubernetes.read(base.get(EXECUTOR + ".yaml")), StatefulSet.class)
                .getFirst();
    }

    /**
     * Everything that is wrong, empty when all is well.
     *
     * @param component text by name, without a finding of {@link KubernetesRules}
     * @param base text by name
     */
    static List<String> problems(Map<String, String> component, Map<String, String> base) {
        var rules = new ThrowAwayPodRules(component, base);
        rules.require(
                Tree.text(rules.kustomization, "kind").equals(java.util.Optional.of("Component")),
                "kustomization.yaml is no component");
        rules.servers();
        rules.policies();
        rules.patches();
        return rules.problems;
    }

    private void servers() {
        objects.forEach(object -> require(
                Set.of("Deployment", "Service", "ServiceAccount", "NetworkPolicy")
                        .contains(object.getKind()),
                object.getMetadata().getName() + " is a " + object.getKind()));
        for (Deployment server : all(objects, Deployment.class)) {
            var name = server.getMetadata().getName();
            require(Integer.valueOf(1).equals(server.getSpec().getReplicas()), name + " is more than one place");
            require(
                    "Recreate".equals(server.getSpec().getStrategy().getType()),
                    name + " is two places while it is replaced");
            var pod = server.getSpec().getTemplate().getSpec();
            require(Boolean.FALSE.equals(pod.getEnableServiceLinks()), name + " takes settings from other services");
            require(pod.getSecurityContext().getFsGroup() != null, name + " cannot write its folders");
            var passing = pod.getVolumes().stream()
                    .filter(volume -> volume.getEmptyDir() != null)
                    .collect(Collectors.toMap(Volume::getName, volume -> volume));
            passing.values()
                    .forEach(volume -> require(
                            volume.getEmptyDir().getSizeLimit() != null,
                            name + " may fill the node: " + volume.getName()));
            pod.getVolumes()
                    .forEach(volume -> require(
                            passing.containsKey(volume.getName()) || volume.getConfigMap() != null,
                            name + " keeps something: " + volume.getName()));
            pod.getContainers().forEach(container -> passing(name, container, passing.keySet()));
        }
    }

    /** Where it keeps its data goes with the pod. */
    private void passing(String name, Container container, Set<String> passing) {
        container.getEnv().stream()
                .filter(variable -> Set.of("KAFKA_LOG_DIRS", "PGDATA").contains(variable.getName()))
                .forEach(variable -> require(
                        container.getVolumeMounts().stream()
                                .filter(mount -> passing.contains(mount.getName()))
                                .anyMatch(mount -> (variable.getValue() + "/").startsWith(mount.getMountPath() + "/")),
                        name + " " + variable.getName() + " does not go with the pod: " + variable.getValue()));
        require(
                container.getEnv().stream()
                        .noneMatch(variable -> variable.getName().equals("APICURIO_DATASOURCE_URL")),
                name + " is not in memory");
    }

    private void policies() {
        var closed = new TreeSet<String>();
        for (NetworkPolicy policy : all(objects, NetworkPolicy.class)) {
            var name = policy.getMetadata().getName();
            var spec = policy.getSpec();
            require(
                    spec.getPodSelector().getMatchLabels().equals(Map.of(LABEL, name)),
                    "network policy " + name + " is for other pods");
            require(
                    Set.copyOf(spec.getPolicyTypes()).equals(Set.of("Ingress", "Egress")),
                    "network policy " + name + " is not for both ways");
            require(spec.getEgress().isEmpty(), "network policy " + name + " lets something out");
            var from = spec.getIngress().stream()
                    .flatMap(rule -> rule.getFrom().stream())
                    .toList();
            require(
                    spec.getIngress().size() == 1 && from.size() == 1 && isExecutor(from.getFirst()),
                    "network policy " + name + " lets in somebody else than the executor");
            spec.getIngress().stream()
                    .map(rule -> rule.getPorts())
                    .forEach(ports -> require(
                            ports.stream().map(ThrowAwayPodRules::port).toList().equals(ports(name)),
                            "network policy " + name + " opens other ports than " + ports(name)));
            closed.add(name);
        }
        var servers = all(objects, Deployment.class).stream()
                .map(server -> server.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        require(closed.equals(servers), "open to everybody: of " + servers + " only closed " + closed);
    }

    /** In the same namespace: no selector of namespaces, and no address. */
    private boolean isExecutor(NetworkPolicyPeer peer) {
        return peer.getNamespaceSelector() == null
                && peer.getIpBlock() == null
                && peer.getPodSelector() != null
                && peer.getPodSelector()
                        .getMatchLabels()
                        .equals(executor.getSpec().getSelector().getMatchLabels());
    }

    private static String port(NetworkPolicyPort port) {
        return "TCP".equals(port.getProtocol()) ? port.getPort().getStrVal() : port.getProtocol();
    }

    private List<String> ports(String server) {
        return all(objects, Deployment.class).stream()
                .filter(deployment -> deployment.getMetadata().getName().equals(server))
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .flatMap(container -> container.getPorts().stream())
                .map(open -> open.getName())
                .toList();
    }

    /** The executor's credentials become those that it had, and the component's. */
    private void patches() {
        var made = Tree.items(kustomization, "configMapGenerator").stream()
                .map(map -> Tree.text(map, "name").orElse(""))
                .toList();
        var patches = Tree.items(kustomization, "patches").stream()
                .map(patch -> files.getOrDefault(Tree.text(patch, "path").orElse(""), ""))
                .flatMap(text -> StrictKubernetes.read(text).stream())
                .toList();
        require(patches.size() == 1, "patches " + patches.size() + " objects of the base");
        for (HasMetadata patch : patches) {
            var sets = patch instanceof StatefulSet set
                    && set.getMetadata().getName().equals(executor.getMetadata().getName());
            require(sets, "patches something else than the executor: " + patch.getKind());
            if (!(patch instanceof StatefulSet set)) {
                continue;
            }
            var pod = set.getSpec().getTemplate().getSpec();
            require(pod.getContainers().isEmpty() && pod.getVolumes().size() == 1, "patches more than one volume");
            var volume = pod.getVolumes().getFirst();
            var sources = volume.getProjected().getSources();
            require(Integer.valueOf(0440).equals(volume.getProjected().getDefaultMode()), "lets everybody read it");
            require(
                    sources.stream()
                            .filter(source -> source.getSecret() != null)
                            .map(source -> source.getSecret().getName())
                            .toList()
                            .equals(secrets(volume.getName())),
                    "the executor loses its credentials, which are " + secrets(volume.getName()));
            require(
                    sources.stream()
                            .filter(source -> source.getConfigMap() != null)
                            .map(source -> source.getConfigMap().getName())
                            .toList()
                            .equals(made),
                    "the executor does not get " + made);
        }
    }

    private List<String> secrets(String volume) {
        return executor.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(own -> own.getName().equals(volume) && own.getSecret() != null)
                .map(own -> own.getSecret().getSecretName())
                .toList();
    }

    private static <T extends HasMetadata> List<T> all(List<HasMetadata> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
