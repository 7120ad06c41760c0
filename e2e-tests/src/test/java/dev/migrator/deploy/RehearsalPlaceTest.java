package dev.migrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.kit.config.Credentials;
import dev.migrator.manifests.EnvironmentsFile;
import dev.migrator.target.TargetException;
import dev.migrator.target.postgres.PostgresProvider;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers to rehearse in: those of docker-compose.yml, those of the component, and the environment that is both of them. */
class RehearsalPlaceTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final Path BASE = CHECKOUT.resolve("k8s/base");
    private static final Path COMPONENT = CHECKOUT.resolve("k8s/components/rehearsal");
    private static final Path OVERLAY = CHECKOUT.resolve("k8s/overlays/rehearsal");
    private static final Path EXAMPLES = CHECKOUT.resolve("examples");
    private static final Path CREDENTIALS = EXAMPLES.resolve("rehearsal/credentials/executor-service");

    @Test
    void theComponentAgreesWithItselfAndWithTheBase() throws IOException {
        assertThat(KubernetesRules.problems(files(COMPONENT))).isEmpty();
        assertThat(ThrowAwayPodRules.problems(files(COMPONENT), files(BASE))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            kafka         | replicas: 1             | replcias: 1             | Unrecognized field "replcias"
            kafka         | policyTypes:            | policyType:             | Unrecognized field "policyType"
            kafka         | runAsNonRoot: true      | runAsNonRoot: false     | may run as root
            kafka         | runAsUser: 1000         | runAsUser: 0            | names no user by number
            kafka         | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | can write its image
            kafka         | allowPrivilegeEscalation: false | allowPrivilegeEscalation: true | may gain privileges
            kafka         | drop: [ALL]             | drop: [NET_RAW]         | keeps capabilities
            kafka         | memory: 1Gi             | memory: 1GB             | that is none
            kafka         | livenessProbe           | lifenessProbe           | Unrecognized field "lifenessProbe"
            registry      | port: http              | port: https             | at a port that is not open
            registry      | containerPort: 8080     | containerPort: 8090     | leads to a port that is not open
            postgres      | mountPath: /tmp         | mountPath: /temp        | cannot write /tmp
            postgres      | optional: true          | optional: false         | the config map migrator-rehearsal-tables, which is not there
            postgres      | serviceAccountName: rehearsal-postgres | serviceAccountName: default | runs as default
            kustomization | newTag: 4.1.1           | newTag: latest          | has no tag
            kustomization | - postgres.yaml         | - postgresql.yaml       | listed
            """)
    void whatDoesNotAgreeIsFound(String file, String right, String wrong, String problem) {
        assertThat(KubernetesRules.problems(changed(file, right, wrong)))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            kafka         | replicas: 1             | replicas: 2             | is more than one place
            kafka         | type: Recreate          | type: RollingUpdate     | is two places while it is replaced
            kafka         | enableServiceLinks: false | enableServiceLinks: true | takes settings from other services
            kafka         | mountPath: /var/lib/kafka/data | mountPath: /data | KAFKA_LOG_DIRS does not go with the pod
            postgres      | mountPath: /var/lib/postgresql | mountPath: /data | PGDATA does not go with the pod
            postgres      | sizeLimit: 64Mi         | medium: Memory          | may fill the node
            postgres      | value: /var/lib/postgresql/18/docker | value: /data | PGDATA does not go with the pod
            registry      | APICURIO_REST_DELETION_GROUP_ENABLED | APICURIO_DATASOURCE_URL | is not in memory
            registry      | policyTypes: [Ingress, Egress] | policyTypes: [Ingress] | is not for both ways
            registry      | egress: []              | egress: [{}]            | lets something out
            registry      | app.kubernetes.io/name: executor-service | app.kubernetes.io/name: planner-service | lets in somebody else
            registry      | - podSelector:          | - namespaceSelector:    | lets in somebody else
            registry      | port: http              | port: 9000              | opens other ports than [http]
            kustomization | kind: Component         | kind: Kustomization     | is no component
            executor-credentials | name: executor-service | name: planner-service | something else than the executor
            executor-credentials | name: migrator-credentials-executor-service | name: other | loses its credentials
            executor-credentials | name: migrator-rehearsal-credentials | name: other | does not get [migrator-rehearsal-credentials]
            executor-credentials | defaultMode: 288  | defaultMode: 292        | lets everybody read it
            """)
    void whatWouldBeNoThrowAwayPlaceIsFound(String file, String right, String wrong, String problem)
            throws IOException {
        var files = changed(file, right, wrong);

        assertThat(ThrowAwayPodRules.problems(files, files(BASE)))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void aServerWithoutANetworkPolicyIsFound() throws IOException {
        var files = files(COMPONENT);
        files.computeIfPresent("kafka.yaml", (_, text) -> {
            int from = text.indexOf("# In comes only");
            return text.substring(0, from) + text.substring(text.indexOf("---\n", from) + 4);
        });

        assertThat(KubernetesRules.problems(files)).isEmpty();
        assertThat(ThrowAwayPodRules.problems(files, files(BASE)))
                .containsExactly("open to everybody: of [rehearsal-kafka, rehearsal-postgres, rehearsal-registry]"
                        + " only closed [rehearsal-postgres, rehearsal-registry]");
    }

    @Test
    void composeAndKubernetesStartTheSameServersWithTheSameSettings() throws IOException {
        var containers = containers();
        var compose = throwAway();

        assertThat(compose.keySet())
                .containsExactly("rehearsal-kafka", "rehearsal-postgres", "rehearsal-registry")
                .isEqualTo(containers.keySet());
        compose.forEach((name, server) -> {
            var container = containers.get(name);
            assertThat(container.getImage() + ":" + tags().get(container.getImage()))
                    .as(name)
                    .isEqualTo(Tree.text(server, "image").orElseThrow());
            assertThat(settings(container)).as(name).isEqualTo(settings(server));
            assertThat(container.getArgs()).as(name).isEqualTo(Tree.texts(server, "command"));
        });
    }

    @Test
    void theEnvironmentOfTheExampleIsTheseServers() throws IOException {
        var place = place();
        var compose = throwAway();

        assertThat(place.targets()).extracting(TargetConfig::name).containsExactly("kafka", "registry", "postgres");
        assertThat(production().targets())
                .extracting(target -> target.name() + " " + target.type())
                .as("each target of production has one to rehearse on")
                .containsExactlyElementsOf(place.targets().stream()
                        .map(target -> target.name() + " " + target.type())
                        .toList());
        place.targets().forEach(target -> {
            var address = target.address().replaceFirst("^[a-z]+://", "").replaceFirst("/.*", "");
            var host = address.replaceFirst(":.*", "");
            int port = Integer.parseInt(address.replaceFirst(".*:", ""));
            assertThat(compose).containsKey(host);
            assertThat(ComposeRules.listens(compose.get(host), String.valueOf(port)))
                    .as(target.address())
                    .isTrue();
            assertThat(containers().get(host).getPorts())
                    .extracting(open -> open.getContainerPort())
                    .containsExactly(port);
        });
        assertThat(settings(compose.get("rehearsal-kafka")))
                .extractingByKey("KAFKA_ADVERTISED_LISTENERS")
                .asString()
                .endsWith("://" + place.target("kafka").orElseThrow().address());
    }

    @Test
    void itsCredentialHoldsNoSecretAndFitsTheDatabase() throws IOException {
        var target = place().target("postgres").orElseThrow();
        var credential = new Credentials(Optional.of(CREDENTIALS)).load(target.writeCredential());
        var database = settings(throwAway().get("rehearsal-postgres"));

        assertThat(credential).containsOnlyKeys("username", "sslmode");
        assertThat(credential).containsEntry("username", database.get("POSTGRES_USER"));
        assertThat(target.principal()).contains("User:" + credential.get("username"));
        assertThat(target.address()).endsWith("/" + database.get("POSTGRES_DB"));
        assertThatThrownBy(() ->
                        new PostgresProvider().openWriter(nobodyThere(target), credential, Duration.ofSeconds(10)))
                .as("what it says is understood, and nobody is there")
                .isInstanceOf(TargetException.Unavailable.class);
        assertThat(place().targets())
                .filteredOn(other -> !other.name().equals("postgres"))
                .as("the other servers know no passwords")
                .allSatisfy(other -> assertThat(other.writeCredential()).isEmpty());
    }

    @Test
    void theOverlayHasTheSameEnvironmentAndTheComponentTheSameCredential() throws IOException {
        assertThat(OVERLAY.resolve("environments.yaml")).hasSameTextualContentAs(EXAMPLES.resolve("environments.yaml"));
        var credential =
                place().target("postgres").orElseThrow().writeCredential().orElseThrow() + ".properties";
        assertThat(COMPONENT.resolve(credential)).hasSameTextualContentAs(CREDENTIALS.resolve(credential));

        var overlay = Tree.documents(Files.readString(OVERLAY.resolve("kustomization.yaml")))
                .getFirst();
        assertThat(folders(overlay, "resources")).containsExactly(BASE.normalize());
        assertThat(folders(overlay, "components")).containsExactly(COMPONENT.normalize());
        assertThat(Tree.items(overlay, "configMapGenerator")).singleElement().satisfies(made -> {
            assertThat(Tree.text(made, "name")).contains("migrator-environments");
            assertThat(Tree.text(made, "behavior")).contains("replace");
            assertThat(Tree.texts(made, "files")).containsExactly("environments.yaml");
        });
        assertThat(files(OVERLAY)).containsOnlyKeys("environments.yaml", "kustomization.yaml");
    }

    private static TargetConfig nobodyThere(TargetConfig target) {
        return new TargetConfig(
                target.name(),
                target.type(),
                "postgresql://127.0.0.1:1/rehearsal",
                target.expectedClusterId(),
                target.readCredential(),
                target.writeCredential(),
                target.checkCredential(),
                target.principal());
    }

    private static Environment production() {
        return environment("production");
    }

    private static Environment place() {
        var place = environment(production().rehearsal().orElseThrow().environment());
        assertThat(place.mode()).isEqualTo(Mode.REHEARSAL);
        return place;
    }

    private static Environment environment(String name) {
        var loaded = EnvironmentsFile.load(EXAMPLES.resolve("environments.yaml"));
        assertThat(loaded.findings()).isEmpty();
        return loaded.environments().orElseThrow().find(name).orElseThrow();
    }

    /** Servers to rehearse in, by name. */
    private static Map<String, Value> throwAway() throws IOException {
        var compose = Tree.documents(Files.readString(CHECKOUT.resolve("docker-compose.yml")))
                .getFirst();
        var services = Tree.object(Tree.merged(compose), "services").fields();
        return services.entrySet().stream()
                .filter(service -> service.getKey().startsWith("rehearsal-"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
    }

    private static Map<String, Container> containers() {
        return files(COMPONENT).entrySet().stream()
                .filter(file -> file.getValue().contains("kind: Deployment"))
                .flatMap(file -> StrictKubernetes.read(file.getValue()).stream())
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .flatMap(server -> server.getSpec().getTemplate().getSpec().getContainers().stream())
                .collect(Collectors.toMap(Container::getName, container -> container, (a, _) -> a, TreeMap::new));
    }

    private static Map<String, String> tags() {
        var kustomization =
                Tree.documents(files(COMPONENT).get("kustomization.yaml")).getFirst();
        return Tree.items(kustomization, "images").stream()
                .collect(Collectors.toMap(
                        image -> Tree.text(image, "name").orElseThrow(),
                        image -> Tree.text(image, "newTag").orElseThrow()));
    }

    private static Map<String, String> settings(Container container) {
        var settings = new TreeMap<String, String>();
        container.getEnv().forEach(variable -> settings.put(variable.getName(), variable.getValue()));
        return settings;
    }

    private static Map<String, String> settings(Value server) {
        var settings = new TreeMap<String, String>();
        Tree.object(server, "environment")
                .fields()
                .forEach((name, value) -> settings.put(name, ((Value.Text) value).value()));
        return settings;
    }

    private static List<Path> folders(Value.Obj kustomization, String field) {
        return Tree.texts(kustomization, field).stream()
                .map(folder -> OVERLAY.resolve(folder).normalize())
                .toList();
    }

    private static Map<String, String> changed(String file, String right, String wrong) {
        var files = files(COMPONENT);
        var name = file + ".yaml";
        assertThat(files.get(name)).contains(right);
        files.computeIfPresent(name, (_, text) -> text.replace(right, wrong));
        return files;
    }

    private static Map<String, String> files(Path folder) {
        return KubernetesTest.files(folder);
    }
}
