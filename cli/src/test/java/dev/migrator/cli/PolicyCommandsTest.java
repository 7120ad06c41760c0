package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies without any service. */
class PolicyCommandsTest {
    private static final String FILE = """
            apiVersion: migrator.dev/v1
            kind: Policies
            policies:
              - name: six
                environments: [production]
                over: resource
                require: resource.spec.partitions >= 6
                message: six partitions at least
            tests:
              - {name: three are few, policy: six, given: {resource: {spec: {partitions: 3}}}, expect: deny}
              - {name: six are enough, policy: six, given: {resource: {spec: {partitions: 6}}}, expect: allow}
            """;

    @TempDir
    Path home;

    @Test
    void theExampleFileShowsWhatItsPoliciesDo() {
        var result = Shell.run(
                home,
                "policy",
                "test",
                Path.of("..", "examples", "policies.yaml").toString());

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .contains("ok     not-on-a-friday", "all as they say")
                .doesNotContain("no example");
    }

    @Test
    void theDefaultPoliciesCanBeReadAndTried() throws IOException {
        assertThat(Shell.run(home, "policy", "test").code()).isEqualTo(ExitCode.OK);
        var printed = Shell.run(home, "policy", "defaults");
        assertThat(printed.out()).contains("blast-radius", "destructive-by-two");
        var copy = Files.writeString(home.resolve("copy.yaml"), printed.out());
        assertThat(Shell.run(home, "policy", "test", copy.toString()).code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void anExampleThatDoesNotComeOutIsShownWithWhatDid() throws IOException {
        var file = write(FILE.replace(">= 6", ">= 3"));

        var result = Shell.run(home, "policy", "test", file.toString());

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.out())
                .contains("FAILED six  three are few", "expected  deny", "found     allow", "1 not as they say");
        var json =
                Shell.run(home, "policy", "test", file.toString(), "-o", "json").json();
        assertThat(json)
                .singleElement()
                .satisfies(value -> assertThat(((Value.Arr) ((Value.Obj) value).get("tests"))
                                .items()
                                .getFirst())
                        .satisfies(test ->
                                assertThat(((Value.Obj) test).get("passed")).isEqualTo(Value.of(false))));
    }

    @Test
    void aFileThatIsNotUnderstoodIsRefusedWithFileAndLine() throws IOException {
        var result = Shell.run(
                home,
                "policy",
                "test",
                write(FILE.replace("resource.spec", "resource.spc")).toString());

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("policies.yaml:7\n", "error POL-COMPILE", "undefined field 'spc'");
    }

    @Test
    void manifestsAreJudgedOfflineByThePoliciesOverResources() throws IOException {
        var meta = Files.createDirectory(home.resolve("meta"));
        Files.writeString(meta.resolve("orders.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata: {name: orders}
                spec: {partitions: 3, replicationFactor: 1}
                """);
        var file = write(FILE).toString();

        var refused = Shell.run(home, "validate", meta.toString(), "--policies", file, "--env", "production");
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err())
                .contains("orders.yaml:1\n", "error POL-DENIED", "policy six", "six partitions at least");
        assertThat(Shell.run(home, "validate", meta.toString(), "--policies", file)
                        .code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(Shell.run(home, "validate", meta.toString(), "--policies", file, "--env", "test")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(Shell.run(home, "validate", meta.toString()).code()).isEqualTo(ExitCode.OK);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(home.resolve("policies.yaml"), text);
    }
}
