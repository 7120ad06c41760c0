package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.testkit.InMemoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading targets directly, with read credentials and without any service. */
class ExportCommandTest {
    @TempDir
    Path home;

    private Path environments;
    private Path credentials;

    @BeforeEach
    void declare() throws IOException {
        MemoryTargets.target = InMemoryTarget.ofAllKinds("kafka");
        MemoryTargets.openedWith = Map.of();
        MemoryTargets.target.outsiderSets(
                new EntryKey("kafka", "topic", "orders"),
                Content.of(Map.of(
                        "partitions", Value.of(3),
                        "replicationFactor", Value.of(1),
                        "config.retention.ms", Value.of("60000"))));
        environments = Files.writeString(home.resolve("environments.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Environments
                environments:
                  - name: test
                    order: 1
                    protection: open
                    zone: here
                    targets:
                      - name: kafka
                        type: kafka
                        address: 127.0.0.1:9
                        credentials: {read: reader, write: writer}
                """);
        credentials = Files.createDirectory(home.resolve("credentials"));
        Files.writeString(credentials.resolve("reader.properties"), "user=reader\n");
    }

    @Test
    void whatATargetHoldsIsPrintedAsManifestsThatAreValid() throws IOException {
        var result = export();

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("kind: Topic", "orders", "retention.ms");
        var folder = Files.createDirectory(home.resolve("meta"));
        Files.writeString(folder.resolve("all.yaml"), result.out());
        assertThat(Shell.run(home, "validate", folder.toString()).code()).isEqualTo(ExitCode.OK);
        assertThat(MemoryTargets.openedWith).isEqualTo(Map.of("user", "reader"));
    }

    @Test
    void manifestsAreWrittenIntoANewFolderAndNeverOverOthers() throws IOException {
        var folder = home.resolve("exported");

        assertThat(export("-d", folder.toString()).code()).isEqualTo(ExitCode.OK);
        assertThat(Shell.run(home, "validate", folder.toString()).out()).startsWith("valid: 1 resources");

        var again = export("-d", folder.toString());
        assertThat(again.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("CLI-FOLDER");
    }

    @Test
    void asJsonTheManifestsAreOneDocument() {
        assertThat(export("-o", "json").json())
                .singleElement()
                .satisfies(value -> assertThat(((Value.Obj) value).get("files")).isInstanceOf(Value.Obj.class));
    }

    @Test
    void aPlanWithoutServicesIsJudgedByPoliciesThatAreGiven() throws IOException {
        var folder = home.resolve("exported");
        export("-d", folder.toString());
        var topic = folder.resolve("topics/orders.yaml");
        Files.writeString(topic, Files.readString(topic).replace("60000", "50000"));
        var policies = Files.writeString(home.resolve("policies.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Policies
                policies:
                  - name: retention-stays
                    over: change
                    deny: '"config.retention.ms" in change.fields'
                    message: retention stays as it is
                """);

        var free = plan(folder);
        assertThat(free.code()).isEqualTo(ExitCode.OK);
        assertThat(free.out()).contains("50000", "policies");

        var denied = plan(folder, "--policies", policies.toString());
        assertThat(denied.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(denied.err()).contains("POL-DENIED", "retention stays as it is");

        Files.writeString(policies, "kind: Policies\n");
        assertThat(plan(folder, "--policies", policies.toString()).code()).isEqualTo(ExitCode.REFUSED);
        assertThat(Shell.run(home, "plan", folder.toString(), "--env", "test", "--policies", policies.toString())
                        .err())
                .contains("--policies is for planning without services");
    }

    private Shell.Result plan(Path folder, String... more) {
        var arguments = new ArrayList<>(List.of("plan", folder.toString(), "--env", "test"));
        arguments.addAll(List.of("--environments", environments.toString(), "--credentials", credentials.toString()));
        arguments.addAll(List.of(more));
        return Shell.run(home, arguments.toArray(String[]::new));
    }

    @Test
    void anUnknownEnvironmentIsRefusedWithTheKnownOnes() {
        var result = Shell.run(
                home,
                "export",
                "--env",
                "staging",
                "--environments",
                environments.toString(),
                "--credentials",
                credentials.toString());

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("ENV-UNKNOWN", "[test]", "staging");
    }

    @Test
    void aTargetsFileNeedsNoEnvironmentsAndNamesItsCredential() throws IOException {
        var targets = targetsFile("credentials/reader.properties");

        var result = Shell.run(home, "export", "--target", targets.toString());

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("kind: Topic", "orders");
        assertThat(MemoryTargets.openedWith).isEqualTo(Map.of("user", "reader"));
    }

    @Test
    void aTargetsFileThatIsWrongOrOfAnotherEnvironmentOpensNothing() throws IOException {
        var targets = targetsFile("credentials/nobody.properties");

        assertThat(Shell.run(home, "export", "--target", targets.toString()).err())
                .contains("CRD-MISSING", "nobody.properties");
        assertThat(Shell.run(home, "export", "--target", targets.toString(), "--env", "test")
                        .err())
                .contains("CLI-OTHER-ENVIRONMENT", "production");
        assertThat(Shell.run(
                                home,
                                "export",
                                "--target",
                                home.resolve("none.yaml").toString())
                        .err())
                .contains("YML-FILE");
        assertThat(Shell.run(home, "export").err()).contains("CLI-NO-ENVIRONMENT", "--target FILE");
        assertThat(MemoryTargets.openedWith).isEmpty();
    }

    @Test
    void whatATargetAnswersIsAProblemAndNoStackTrace() throws IOException {
        MemoryTargets.refusal = new dev.migrator.target.TargetException.Refused(
                dev.migrator.core.error.Problem.of("TGT-DENIED", "not you"), null);
        try {
            var result = export();

            assertThat(result.code()).isEqualTo(ExitCode.ERROR);
            assertThat(result.err()).contains("TGT-DENIED", "not you").doesNotContain("CLI-UNEXPECTED", "\tat ");
        } finally {
            MemoryTargets.refusal = null;
        }
    }

    @Test
    void whatAnEnvironmentHoldsIsPromotedAsManifestsForAnother() throws IOException {
        var meta = Files.createDirectory(home.resolve("meta"));
        Files.writeString(meta.resolve("mapping.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Mapping
                metadata: {name: production}
                spec:
                  environment: production
                  rules:
                    - {field: address, match: orders, to: shop.orders, examples: [{given: orders, expect: shop.orders}]}
                """);
        var change = home.resolve("change");
        var call = List.of(
                "promote",
                "--live",
                "--from",
                "test",
                "--to",
                "production",
                "--settings",
                meta.toString(),
                "-d",
                change.toString(),
                "--environments",
                environments.toString(),
                "--credentials",
                credentials.toString());

        var result = Shell.run(home, call.toArray(String[]::new));

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("1 manifests in", "migrator plan");
        assertThat(change.resolve("topics/orders.yaml")).content().contains("  address: shop.orders\n");
        assertThat(MemoryTargets.openedWith).isEqualTo(Map.of("user", "reader"));
        assertThat(Shell.run(home, "validate", change.toString(), "--env", "production")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(Shell.run(home, call.toArray(String[]::new)).err()).contains("CLI-FOLDER");
    }

    @Test
    void promotingLiveRefusesWhatBelongsToAMigration() {
        var result = Shell.run(home, "promote", "--live", "--from", "test", "--to", "production", "--id", "m-1");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("CLI-LIVE");
        assertThat(MemoryTargets.openedWith).isEmpty();
    }

    private Path targetsFile(String credentialFile) throws IOException {
        return Files.writeString(home.resolve("targets.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Targets
                environment: production
                targets:
                  - {name: kafka, type: kafka, address: "127.0.0.1:9", credentials: %s}
                """.formatted(credentialFile));
    }

    @Test
    void withoutDeclaredEnvironmentsOrTheCredentialNothingIsOpened() throws IOException {
        Files.delete(credentials.resolve("reader.properties"));
        assertThat(export().err()).contains("CRD-MISSING", "reader.properties");

        Files.delete(environments);
        assertThat(export().err()).contains("CLI-NO-ENVIRONMENTS", "environments.yaml");
        assertThat(MemoryTargets.openedWith).isEmpty();
    }

    private Shell.Result export(String... options) {
        var call = new String[7 + options.length];
        System.arraycopy(
                new String[] {
                    "export",
                    "--env",
                    "test",
                    "--environments",
                    environments.toString(),
                    "--credentials",
                    credentials.toString()
                },
                0,
                call,
                0,
                7);
        System.arraycopy(options, 0, call, 7, options.length);
        return Shell.run(home, call);
    }
}
