package dev.migrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeTest {
    private static final Path CHECKOUT = Path.of("..");

    @Test
    void theComposeFileAgreesWithTheServices() throws IOException {
        assertThat(ComposeRules.problems(compose(), CHECKOUT)).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            MIGRATOR_REGISTRY_URL:        | MIGRATOR_REGISTRY_URI:       | MIGRATOR_REGISTRY_URI is no configuration
            MIGRATOR_REGISTRY_URL:        | MIGRATOR_REGISTRY_URI:       | MIGRATOR_REGISTRY_URL is needed and not set
            MIGRATOR_WORK_DIR: /var       | MIGRATOR_WORK_DIR: /srv      | MIGRATOR_WORK_DIR names /srv/lib/migrator, which is not mounted
            read_only: true               | readonly: true               | unknown field readonly
            read_only: true               | read_only: false             | can write its image
            QUARKUS_HTTP_PORT: "8080"     | QUARKUS_HTTP_PORT: "8090"    | at another port or place than 8090
            QUARKUS_HTTP_PORT: "8080"     | QUARKUS_HTTP_PORT: 8080      | QUARKUS_HTTP_PORT has to be text
            q/health/ready                | q/health/redy                | is asked for its health
            kafka:19092                   | kafka:19093                  | names a port where kafka does not listen
            http://objects:9000           | http://minio:9000            | names no service here
            "127.0.0.1:8080:8080"         | "8080:8080"                  | publishes a port beyond this machine
            "127.0.0.1:8081:8080"         | "127.0.0.1:9092:8080"        | publishes a port twice
            apache/kafka:4.1.1            | apache/kafka:latest          | is not pinned
            apache/kafka:4.1.1            | apache/kafka                 | is not pinned
            condition: service_healthy    | condition: healthy           | with condition healthy
            objects: {condition           | minio: {condition            | depends on minio, which is not there
            SERVICE: verifier-service     | SERVICE: planner-service     | is built from another service
            credentials/planner-service   | credentials/executor-service | mounts what is not its own
            approvals-public.pem:/etc     | approvals-private.pem:/etc   | holds the key that signs approvals
            planner-work: {}              | plan-work: {}                | volumes declared
            executor-work:/var            | planner-work:/var            | two services share the volume
            start_period: 60s             | start_perod: 60s             | unknown field start_perod
            rehearsal-registry:           | throw-away-registry:         | throw-away-registry is not where the control plane is
            {internal: true}              | {internal: false}            | the network rehearsal leads out of itself
            {internal: true}              | {}                           | the network rehearsal leads out of itself
            networks: [rehearsal]         | networks: [default, rehearsal] | rehearsal-kafka is on another network than its own
            networks: [default, rehearsal] | networks: [rehearsal]       | executor-service is not where the control plane is
            networks: [default, rehearsal] | networks: [default]         | the executor does not reach rehearsal-kafka
            cap_drop: [ALL]               | cap_drop: [NET_RAW]          | rehearsal-postgres keeps capabilities
            no-new-privileges:true        | no-new-privileges:false      | rehearsal-kafka may gain privileges
            user: "999:999"               | user: "0:0"                  | rehearsal-postgres runs as root
            /var/lib/postgresql:mode      | /var/lib/postgres:mode       | rehearsal-postgres PGDATA is not in memory
            1777,size=1m                  | 1777                         | may fill the memory
            /docker-entrypoint-initdb.d:ro | /docker-entrypoint-initdb.d | rehearsal-postgres keeps something
            read_only: true               | read_only: false             | rehearsal-registry can write its image
            SNAPSHOTTER_INTERVAL:         | SNAPSHOTTER_INTERVALL:       | SNAPSHOTTER_INTERVALL is no configuration
            """)
    void whatDoesNotAgreeIsFound(String right, String wrong, String problem) throws IOException {
        assertThat(compose()).contains(right);

        assertThat(ComposeRules.problems(compose().replace(right, wrong), CHECKOUT))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @ParameterizedTest(name = "{0} more in {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            networks: [default, rehearsal]                | planner-service    | planner-service reaches servers that only the executor may reach
            networks: [rehearsal]                         | verifier-service   | verifier-service is not where the control plane is
            profiles: [rehearsal]                         | rehearsal-kafka    | rehearsal-kafka has an unknown field profiles
            ports: ["127.0.0.1:9093:9092"]                | rehearsal-kafka    | rehearsal-kafka publishes a port
            depends_on: {kafka: {condition: service_healthy}, rehearsal-kafka: {condition: service_healthy}} | console-service | waits for rehearsal-kafka, which may be left out
            """)
    void whatIsTooMuchIsFound(String field, String service, String problem) throws IOException {
        var place = "  " + service + ":\n";
        assertThat(compose()).contains(place);

        assertThat(ComposeRules.problems(compose().replace(place, place + "    " + field + "\n"), CHECKOUT))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void aServerToRehearseInHasTheVersionOfTheControlPlanes() throws IOException {
        var compose = compose();
        int last = compose.lastIndexOf("apache/kafka:4.1.1");

        assertThat(ComposeRules.problems(
                        compose.substring(0, last) + compose.substring(last).replace("4.1.1", "4.3.1"), CHECKOUT))
                .containsExactly(
                        "rehearsal-kafka has another image than the server of the control plane: apache/kafka:4.3.1");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() throws IOException {
        var twice = compose() + "volumes: {}\n";

        assertThatThrownBy(() -> ComposeRules.problems(twice, CHECKOUT)).hasMessageContaining("YML-DUPLICATE-KEY");
    }

    @Test
    void everyServiceOfTheProductIsThere() throws IOException {
        var compose = compose();
        try (var folders = Files.list(CHECKOUT)) {
            assertThat(folders.map(folder -> folder.getFileName().toString())
                            .filter(name -> name.endsWith("-service"))
                            .toList())
                    .hasSize(5)
                    .allSatisfy(name -> assertThat(compose).contains("\n  " + name + ":\n"));
        }
    }

    @Test
    void theImageListensWhereItIsAskedForItsHealth() throws IOException {
        var dockerfile = Files.readString(CHECKOUT.resolve("Dockerfile"));
        var ignored = Files.readString(CHECKOUT.resolve(".dockerignore"));

        assertThat(dockerfile)
                .contains("EXPOSE 8080", "QUARKUS_HTTP_PORT=8080", "127.0.0.1/8080", "/q/health/ready", "USER ${UID}");
        assertThat(Settings.names()).contains("MIGRATOR_WORK_DIR");
        assertThat(dockerfile.lines().filter(line -> line.contains("MIGRATOR_")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Settings.names())
                        .contains(line.strip().replaceAll("(ENV )?(MIGRATOR_[A-Z_]+)=.*", "$2")));
        try (var folders = Files.list(CHECKOUT)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()).filter(n -> n.endsWith("-service")))
                    .allSatisfy(name -> assertThat(ignored).contains("!" + name + "/target/quarkus-app"));
        }
    }

    @Test
    void allEnvironmentsAreRecordedDailyAndSnapshotsAreKeptForThreeMonths() throws IOException {
        var compose = Tree.merged(Tree.documents(compose()).getFirst());

        assertThat(Tree.object(Tree.object(Tree.object(compose, "services"), "snapshot-service"), "environment")
                        .fields())
                .containsEntry("SNAPSHOTTER_INTERVAL", Value.of("24h"))
                .containsEntry("SNAPSHOTTER_KEEP_FOR", Value.of("90d"));
    }

    private static String compose() throws IOException {
        return Files.readString(CHECKOUT.resolve("docker-compose.yml"));
    }
}
