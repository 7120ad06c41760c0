package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What works without any service. */
class OfflineCommandsTest {
    private static final String ORDERS = """
            apiVersion: migrator.dev/v1
            kind: Topic
            metadata: {name: orders}
            spec: {partitions: 3, replicationFactor: 1}
            """;

    @TempDir
    Path home;

    private Path manifests;

    @BeforeEach
    void makeFolder() throws IOException {
        manifests = Files.createDirectory(home.resolve("meta"));
    }

    @Test
    void validManifestsAreCountedAndNamedByTheirDigest() throws IOException {
        write("orders.yaml", ORDERS);

        var text = run("validate", manifests.toString());
        assertThat(text.code()).isEqualTo(ExitCode.OK);
        assertThat(text.out()).startsWith("valid: 1 resources, bundle ");

        var json = run("validate", manifests.toString(), "-o", "json");
        assertThat(json.json()).singleElement().satisfies(value -> {
            assertThat(((Value.Obj) value).get("valid")).isEqualTo(Value.of(true));
            assertThat(((Value.Obj) value).get("resources")).isEqualTo(Value.of(1));
        });
    }

    @Test
    void everyFindingIsToldWithFileAndLine() throws IOException {
        write("orders.yaml", ORDERS.replace("partitions", "partition"));
        write("refunds.yaml", ORDERS.replace("kind: Topic", "kind: Topik"));

        var result = run("validate", manifests.toString());

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("orders.yaml:4\n", "refunds.yaml:2\n", "error MAN-", "expected");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void findingsAreOneJsonDocumentWithFileAndLine() throws IOException {
        write("orders.yaml", ORDERS.replace("partitions", "partition"));

        var result = run("validate", manifests.toString(), "-o", "json");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.json()).singleElement().satisfies(value -> {
            var finding = (Value.Obj)
                    ((Value.Arr) ((Value.Obj) value).get("findings")).items().getFirst();
            assertThat(finding.get("line")).isEqualTo(Value.of(4));
            assertThat(((Value.Text) finding.get("file")).value()).endsWith("orders.yaml");
            assertThat(finding.fields()).containsKeys("code", "message", "expected", "found", "do", "severity");
        });
    }

    @Test
    void aBundleIsTheSameBytesWhereverItIsPackagedAndNamedByTheirDigest() throws IOException {
        write("orders.yaml", ORDERS);
        var one = home.resolve("one.json");
        var two = home.resolve("two.json");

        var first = run("package", manifests.toString(), "-f", one.toString(), "--commit", "c1", "-o", "json");
        Files.move(manifests.resolve("orders.yaml"), manifests.resolve("renamed.yaml"));
        run("package", manifests.toString(), "-f", two.toString(), "--commit", "c1");

        assertThat(first.code()).isEqualTo(ExitCode.OK);
        assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
        assertThat(((Value.Obj) first.json().getFirst()).get("digest"))
                .isEqualTo(Value.of(Digest.of(Files.readAllBytes(one)).toString()));
    }

    @Test
    void nothingIsPackagedOfManifestsThatAreWrong() throws IOException {
        write("orders.yaml", ORDERS.replace("partitions", "partition"));
        var bundle = home.resolve("bundle.json");

        assertThat(run("package", manifests.toString(), "-f", bundle.toString()).code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(bundle).doesNotExist();
    }

    @Test
    void helpListsEveryCommandAndEveryExitCode() {
        var help = run("--help");

        assertThat(help.code()).isEqualTo(ExitCode.OK);
        assertThat(help.out())
                .contains(Main.commandLine().getSubcommands().keySet())
                .contains("demo", "up | down", "stack status", "test");
        for (int code = ExitCode.OK; code <= ExitCode.REFUSED; code++) {
            assertThat(help.out()).containsPattern("(?m)^\\s+" + code + "\\s+\\S");
        }
    }

    @Test
    void everyCommandHasHelpThatSaysWhatItDoesAndWhatItsOptionsMean() {
        for (CommandLine command : commands(Main.commandLine())) {
            var name = command.getCommandSpec().qualifiedName().replaceFirst("^migrator ", "");
            var help = run((name + " --help").split(" "));

            assertThat(help.code()).as(name).isEqualTo(ExitCode.OK);
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
            assertThat(help.out()).as(name).contains("migrator " + name, "--output");
            assertThat(command.getCommandSpec().args())
                    .as(name)
                    .allSatisfy(argument -> assertThat(argument.description()).isNotEmpty());
        }
    }

    /** Those that do something: not those that only hold others. */
    private static List<CommandLine> commands(CommandLine parent) {
        return parent.getSubcommands().values().stream()
                .flatMap(
                        command -> command.getSubcommands().isEmpty() ? Stream.of(command) : commands(command).stream())
                .toList();
    }

    @Test
    void aMistypedCallIsAnErrorAndNotTheCodeForChanges() {
        for (String[] call :
                new String[][] {{"explode"}, {"status", "--unheard-of"}, {"plan"}, {"status", "-o", "xml"}}) {
            var result = run(call);

            assertThat(result.code()).as(String.join(" ", call)).isEqualTo(ExitCode.ERROR);
            assertThat(result.err()).isNotBlank();
        }
    }

    @Test
    void withoutAnyServiceKnownACommandSaysHowToNameOne() {
        var result = run("status");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("CLI-NO-SERVER", "MIGRATOR_SERVER", "migrator up");
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(manifests.resolve(name), yaml);
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }
}
