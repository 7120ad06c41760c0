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
            SNAPSHOTTER_INTERVAL:         | SNAPSHOTTER_INTERVALL:       | SNAPSHOTTER_INTERVALL is no configuration
            """)
    void whatDoesNotAgreeIsFound(String right, String wrong, String problem) throws IOException {
        assertThat(compose()).contains(right);

        assertThat(ComposeRules.problems(compose().replace(right, wrong), CHECKOUT))
                .anySatisfy(found -> assertThat(found).contains(problem));
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
