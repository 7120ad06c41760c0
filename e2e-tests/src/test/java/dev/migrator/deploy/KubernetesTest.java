package dev.migrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.manifests.EnvironmentsFile;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesTest {
    private static final Path BASE = Path.of("..", "k8s", "base");

    @Test
    void theManifestsAgreeWithEachOtherAndWithTheServices() {
        assertThat(KubernetesRules.problems(files())).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            planner-service | replicas: 2            | replcias: 2          | Unrecognized field "replcias"
            planner-service | readOnlyRootFilesystem | readOnlyRootFileSystem | Unrecognized field "readOnlyRootFileSystem"
            planner-service | replicas: 2            | replicas: two        | not a valid `java.lang.Integer` value
            planner-service | apps/v1                | apps/v1beta1         | not one of
            planner-service | path: /q/health/live   | path: /q/health/alive | is asked for /q/health/alive
            planner-service | port: http             | port: https          | at a port that is not open
            planner-service | containerPort: 8080    | containerPort: 8090  | opens another port than QUARKUS_HTTP_PORT
            planner-service | targetPort: http       | targetPort: web      | leads to a port that is not open
            planner-service | runAsNonRoot: true     | runAsNonRoot: false  | may run as root
            planner-service | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | can write its image
            planner-service | allowPrivilegeEscalation: false | allowPrivilegeEscalation: true | may gain privileges
            planner-service | memory: 512Mi          | memory: 512MB        | that is none
            planner-service | cpu: 100m              | cpus: 100m           | has no request of cpu
            planner-service | secretKeyRef           | configMapKeyRef      | is not taken from a secret
            planner-service | MIGRATOR_CREDENTIALS_DIR | MIGRATOR_CREDENTIALS_FOLDER | MIGRATOR_CREDENTIALS_FOLDER is no configuration
            planner-service | mountPath: /etc/migrator/credentials | mountPath: /etc/credentials | names /etc/migrator/credentials, which is not mounted
            planner-service | name: migrator-environments | name: migrator-environment | the config map migrator-environment, which is not there
            planner-service | migrator-credentials-planner-service | migrator-credentials-executor-service | a secret of another service
            planner-service | defaultMode: 288       | defaultMode: 292     | lets everybody read the secret
            planner-service | serviceAccountName: planner-service | serviceAccountName: planner | runs as planner
            executor-service | migrator-approvals-public | migrator-approvals-private | holds the key that signs approvals
            executor-service | clusterIP: None       | clusterIP: ""        | has no headless service
            executor-service | serviceName: executor-service | serviceName: executor | has no headless service
            configuration   | MIGRATOR_REGISTRY_URL  | MIGRATOR_REGISTRY_URI | MIGRATOR_REGISTRY_URL is needed and not set
            configuration   | QUARKUS_HTTP_PORT: "8080" | QUARKUS_HTTP_PORT: "8090" | QUARKUS_HTTP_PORT, which is 8090
            snapshot-service | SNAPSHOTTER_KEEP_FOR  | SNAPSHOTTER_KEEP     | SNAPSHOTTER_KEEP is no configuration
            kustomization   | - console-service.yaml | - consol-service.yaml | listed
            kustomization   | newTag: 0.1.0          | newTag: latest       | has no tag
            kustomization   | configMapGenerator     | configMapGenerators  | unknown field configMapGenerators
            """)
    void whatDoesNotAgreeIsFound(String file, String right, String wrong, String problem) {
        var files = files();
        var name = file + ".yaml";
        assertThat(files.get(name)).contains(right);
        files.computeIfPresent(name, (_, text) -> text.replace(right, wrong));

        assertThat(KubernetesRules.problems(files))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void aSelectorThatFitsNoPodIsFound() {
        var files = files();
        files.computeIfPresent(
                "planner-service.yaml",
                (_, text) -> text.replaceFirst(
                        "matchLabels:\n      app.kubernetes.io/name: planner-service\n---",
                        "matchLabels:\n      app.kubernetes.io/name: planner\n---"));

        assertThat(KubernetesRules.problems(files)).containsExactly("disruption budget planner-service selects []");
    }

    @Test
    void theEnvironmentsInTheBaseAreValid() {
        assertThat(EnvironmentsFile.load(BASE.resolve("environments.yaml")).findings())
                .isEmpty();
    }

    @Test
    void allEnvironmentsAreRecordedDailyAndSnapshotsAreKeptForThreeMonths() {
        var variables = StrictKubernetes.read(files().get("snapshot-service.yaml")).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));

        assertThat(variables).containsEntry("SNAPSHOTTER_INTERVAL", "24h").containsEntry("SNAPSHOTTER_KEEP_FOR", "90d");
    }

    private static Map<String, String> files() {
        return files(BASE);
    }

    /** Text by name of the files in that folder. */
    static Map<String, String> files(Path folder) {
        var files = new TreeMap<String, String>();
        try (var list = Files.list(folder)) {
            list.forEach(file -> files.put(file.getFileName().toString(), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
