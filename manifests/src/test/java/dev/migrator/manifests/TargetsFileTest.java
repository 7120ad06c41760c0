package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Protection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsFileTest {
    private static final String GOOD = """
        apiVersion: migrator.dev/v1
        kind: Targets
        environment: production
        targets:
          - name: kafka
            type: kafka
            address: broker-1:9092
            clusterId: MkU3OEVBNTcwNTJENDM2Qk
            credentials: secrets/kafka.properties
          - name: registry
            type: apicurio-registry
            address: https://registry/apis/registry/v3
        """;

    @TempDir
    Path folder;

    @Test
    void theTargetsAreThoseOfOneEnvironmentAndCredentialsLieBesideTheFile() throws IOException {
        var environment = load(GOOD).environment().orElseThrow();

        assertThat(environment.name()).isEqualTo("production");
        assertThat(environment.protection()).isEqualTo(Protection.PROTECTED);
        assertThat(environment.targets()).hasSize(2);
        assertThat(environment.target("kafka").orElseThrow().readCredential())
                .contains(folder.resolve("secrets/kafka.properties").toString());
        assertThat(environment.target("kafka").orElseThrow().writeCredential()).isEmpty();
        assertThat(environment.target("registry").orElseThrow().readCredential())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1} gives {2} in line {3}")
    @CsvSource(delimiter = '|', textBlock = """
        environment: production | environments: production | ENV-UNKNOWN-FIELD    | 3
        kind: Targets           | kind: Environments       | ENV-VALUE            | 2
        name: registry          | name: kafka              | ENV-DUPLICATE-TARGET | 10
        address: broker-1:9092  | address: broker-1        | ENV-VALUE            | 7
        credentials: secrets/kafka.properties | password: hunter2 | ENV-SECRET    | 9
        https://registry        | https://me:hunter2@registry | ENV-SECRET        | 12
        """)
    void whatIsWrongIsNamedWithCodeAndLineAndWithoutSecrets(String right, String wrong, String code, int line)
            throws IOException {
        var loaded = load(GOOD.replace(right, wrong));

        assertThat(loaded.environment()).isEmpty();
        assertThat(loaded.findings()).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo(code);
            assertThat(finding.line()).isEqualTo(line);
        });
        assertThat(loaded.findings().toString()).doesNotContain("hunter2");
    }

    @Test
    void severalDocumentsOrNoneAreRefused() throws IOException {
        assertThat(load(GOOD + "---\n" + GOOD).findings())
                .extracting(finding -> finding.problem().code())
                .contains("ENV-DOCUMENT");
        assertThat(load("").findings()).isNotEmpty();
        assertThat(TargetsFile.load(folder.resolve("nowhere.yaml")).findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("YML-FILE");
    }

    private TargetsFile.Loaded load(String yaml) throws IOException {
        return TargetsFile.load(Files.writeString(folder.resolve("targets.yaml"), yaml));
    }
}
