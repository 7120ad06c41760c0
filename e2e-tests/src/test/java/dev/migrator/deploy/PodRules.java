package dev.migrator.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has to hold inside a pod. */
final class PodRules {
    private final List<String> problems = new ArrayList<>();
    private final String name;
    private final PodTemplateSpec template;
    private final Map<String, Map<String, String>> configMaps;
    private final Map<String, List<String>> generated;
    private final Set<String> claims;

    private PodRules(
            String name,
            PodTemplateSpec template,
            Map<String, Map<String, String>> configMaps,
            Map<String, List<String>> generated,
            Set<String> claims) {
        this.name = name;
        this.template = template;
        this.configMaps = configMaps;
        this.generated = generated;
        this.claims = claims;
    }

    /**
     * @param configMaps content by name, of those that stand in a file
     * @param generated files by name, of those that are made from files
     * @param claims volumes that a stateful set brings
     */
    static List<String> problems(
            String name,
            PodTemplateSpec template,
            Map<String, Map<String, String>> configMaps,
            Map<String, List<String>> generated,
            Set<String> claims) {
        var rules = new PodRules(name, template, configMaps, generated, claims);
        rules.pod();
        var containers = template.getSpec().getContainers();
        rules.require(containers.size() == 1, "has " + containers.size() + " containers");
        containers.forEach(rules::container);
        return rules.problems;
    }

    private void pod() {
        var spec = template.getSpec();
        var security = spec.getSecurityContext();
        require(Boolean.TRUE.equals(security.getRunAsNonRoot()), "may run as root");
        require(security.getRunAsUser() != null && security.getRunAsUser() > 0, "names no user by number");
        require(
                security.getSeccompProfile() != null
                        && "RuntimeDefault".equals(security.getSeccompProfile().getType()),
                "has no seccomp profile");
        require(Boolean.FALSE.equals(spec.getAutomountServiceAccountToken()), "is given a token of the cluster");
    }

    private void container(Container container) {
        var environment = environment(container);
        if (name.endsWith("-service")) {
            ours(container, environment);
        } else {
            probe(container, container.getStartupProbe(), "its start");
            probe(container, container.getLivenessProbe(), "its life");
            probe(container, container.getReadinessProbe(), "its readiness");
        }
        var security = container.getSecurityContext();
        require(Boolean.FALSE.equals(security.getAllowPrivilegeEscalation()), "may gain privileges");
        require(Boolean.TRUE.equals(security.getReadOnlyRootFilesystem()), "can write its image");
        require(security.getCapabilities().getDrop().equals(List.of("ALL")), "keeps capabilities");
        for (String resource : List.of("cpu", "memory")) {
            quantity(container.getResources().getRequests(), resource, "request");
            quantity(container.getResources().getLimits(), resource, "limit");
        }
        var paths = mounts(container);
        environment.forEach((variable, path) -> {
            if (variable.matches(".*_(FILE|DIR|CONFIG)")) {
                require(isMounted(path, paths), variable + " names " + path + ", which is not mounted");
            }
        });
        require(paths.containsKey("/tmp"), "cannot write /tmp");
    }

    private void ours(Container container, Map<String, String> environment) {
        Settings.problems(environment).forEach(problems::add);
        var port = environment.getOrDefault("QUARKUS_HTTP_PORT", "none");
        require(
                container.getPorts().stream()
                        .anyMatch(open -> open.getContainerPort().toString().equals(port)),
                "opens another port than QUARKUS_HTTP_PORT, which is " + port);
        health(container, container.getStartupProbe(), "/q/health/started");
        health(container, container.getLivenessProbe(), "/q/health/live");
        health(container, container.getReadinessProbe(), "/q/health/ready");
    }

    private Map<String, String> environment(Container container) {
        var environment = new TreeMap<String, String>();
        container.getEnvFrom().forEach(from -> {
            var map = from.getConfigMapRef() == null
                    ? "none"
                    : from.getConfigMapRef().getName();
            require(configMaps.containsKey(map), "takes its environment from " + map + ", which is not there");
            environment.putAll(configMaps.getOrDefault(map, Map.of()));
        });
        for (EnvVar variable : container.getEnv()) {
            var from = variable.getValueFrom();
            require((variable.getValue() == null) != (from == null), variable.getName() + " has no value, or two");
            boolean isSecret = from != null && from.getSecretKeyRef() != null;
            require(
                    isSecret == variable.getName().matches(".*_(ACCESS|SECRET)_KEY"),
                    variable.getName() + (isSecret ? " is taken from a secret" : " is not taken from a secret"));
            environment.put(variable.getName(), variable.getValue() == null ? "" : variable.getValue());
        }
        return environment;
    }

    private void health(Container container, Probe probe, String path) {
        if (probe == null || probe.getHttpGet() == null) {
            problems.add(name + " is not asked for " + path);
            return;
        }
        var asked = probe.getHttpGet();
        require(path.equals(asked.getPath()), "is asked for " + asked.getPath() + " instead of " + path);
        port(container, asked.getPort(), path);
    }

    /** A server that is not ours is asked in whatever way suits it. */
    private void probe(Container container, Probe probe, String what) {
        if (probe == null) {
            problems.add(name + " is not asked for " + what);
        } else if (probe.getHttpGet() != null) {
            port(container, probe.getHttpGet().getPort(), what);
        } else if (probe.getTcpSocket() != null) {
            port(container, probe.getTcpSocket().getPort(), what);
        } else {
            require(
                    probe.getExec() != null && !probe.getExec().getCommand().isEmpty(),
                    "is asked for " + what + " in no way");
        }
    }

    private void port(Container container, IntOrString port, String what) {
        require(
                container.getPorts().stream().anyMatch(open -> open.getName().equals(port.getStrVal())),
                "is asked for " + what + " at a port that is not open: " + port);
    }

    private void quantity(Map<String, Quantity> quantities, String resource, String what) {
        var quantity = quantities == null ? null : quantities.get(resource);
        if (quantity == null) {
            problems.add(name + " has no " + what + " of " + resource);
            return;
        }
        try {
            require(quantity.getNumericalAmount().signum() > 0, "has a " + what + " of " + quantity + " " + resource);
        } catch (IllegalArgumentException e) {
            problems.add(name + " has a " + what + " of " + resource + " that is none: " + e.getMessage());
        }
    }

    /** Path to the volume mounted there. Every mount has its volume, and every volume is mounted. */
    private Map<String, String> mounts(Container container) {
        var volumes = new TreeSet<>(claims);
        template.getSpec()
                .getVolumes()
                .forEach(volume -> require(volumes.add(volume.getName()), "has two volumes named " + volume.getName()));
        var mounts = new TreeMap<String, String>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            require(volumes.contains(mount.getName()), "mounts " + mount.getName() + ", which is no volume");
            require(
                    mounts.putIfAbsent(mount.getMountPath(), mount.getName()) == null,
                    "mounts two volumes at " + mount.getMountPath());
        }
        require(volumes.equals(new TreeSet<>(mounts.values())), "has volumes that are not mounted: " + volumes);
        template.getSpec().getVolumes().forEach(this::source);
        return mounts;
    }

    private void source(Volume volume) {
        if (volume.getConfigMap() != null) {
            var map = volume.getConfigMap().getName();
            require(
                    Boolean.TRUE.equals(volume.getConfigMap().getOptional())
                            || configMaps.containsKey(map)
                            || generated.containsKey(map),
                    "mounts the config map " + map + ", which is not there");
        }
        if (volume.getSecret() != null) {
            var secret = volume.getSecret().getSecretName();
            boolean ofAnother = secret.endsWith("-service") && !secret.endsWith("-" + name);
            require(!ofAnother, "mounts a secret of another service: " + secret);
            require(
                    !secret.equals("migrator-approvals-private") || name.equals("console-service"),
                    "holds the key that signs approvals");
            require(
                    Integer.valueOf(0440).equals(volume.getSecret().getDefaultMode()),
                    "lets everybody read the secret " + secret);
        }
    }

    private boolean isMounted(String path, Map<String, String> mounts) {
        return mounts.keySet().stream().anyMatch(mount -> path.equals(mount) || path.startsWith(mount + "/"));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(name + " " + otherwise);
        }
    }
}
