package dev.migrator.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Main;
import dev.migrator.core.canonical.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The CI examples hold what they promise, as far as that can be seen without GitHub and GitLab. */
class CiExamplesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** What needs no service: these are really run. */
    private static final Set<String> OFFLINE = Set.of("validate", "package");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theFileHasTheFormOfItsSystem(CiFile file) throws IOException {
        file.requireForm();
    }

    @ParameterizedTest
    @EnumSource
    void everyScriptIsOneThatBashCanRead(CiFile file) throws Exception {
        for (String script : file.scripts()) {
            var checked = run(folder, List.of("bash", "-n", "-c", CiFile.filledIn(script)));
            assertThat(checked.code()).as(script + "\n" + checked.text()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandIsOneThatTheCommandLineKnows(CiFile file) throws IOException {
        var used = new TreeSet<String>();
        for (List<String> command : file.commands()) {
            var parsed = Main.commandLine().parseArgs(command.toArray(String[]::new));
            assertThat(parsed.subcommands()).as(command.toString()).hasSize(1);
            assertThat(parsed.subcommand().unmatched()).isEmpty();
            used.add(command.getFirst());
        }
        assertThat(used).containsExactlyInAnyOrder("validate", "package", "plan", "submit", "promote");
    }

    @ParameterizedTest
    @EnumSource
    void whatNeedsNoServiceRunsAndGivesWhatTheNextStepsTake(CiFile file) throws Exception {
        var repository = repository();
        for (List<String> command : file.commands()) {
            if (OFFLINE.contains(command.getFirst())) {
                var result = migrator(repository, command);
                assertThat(result.code()).as(command + "\n" + result.text()).isZero();
            }
        }
        var bundle = repository.resolve("bundle.json");
        assertThat(Files.readString(repository.resolve("bundle.meta.json")))
                .contains(Digest.of(Files.readAllBytes(bundle)).toString())
                .doesNotContain("-dirty");
        for (List<String> command : file.commands()) {
            if (!OFFLINE.contains(command.getFirst())) {
                assertThat(command).as("takes the packaged bundle").containsAnyOf("bundle.json", "$bundle");
            }
        }
    }

    @Test
    void bothSystemsDoTheSame() throws IOException {
        assertThat(CiFile.GITLAB.commands().stream().map(CiExamplesTest::withoutId))
                .containsExactlyElementsOf(CiFile.GITHUB.commands().stream()
                        .map(CiExamplesTest::withoutId)
                        .toList());
    }

    private static List<String> withoutId(List<String> command) {
        int id = command.indexOf("--id");
        var rest = new ArrayList<>(command);
        if (id >= 0) {
            rest.subList(id, id + 2).clear();
        }
        return rest;
    }

    /** The example shop in a repository of its own, as a team has it. */
    private Path repository() throws Exception {
        var repository = Files.createDirectory(folder.resolve("repository"));
        var shop = ROOT.resolve("examples/shop/meta");
        try (var files = Files.walk(shop)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var copy =
                        repository.resolve("meta").resolve(shop.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        for (List<String> command : List.of(
                List.of("git", "init", "-q", "."),
                List.of("git", "add", "-A"),
                List.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "Shop"))) {
            assertThat(run(repository, command).code()).isZero();
        }
        return repository;
    }

    private record Ran(int code, String text) {}

    /** A process of its own: steps have a working directory, and so has this. */
    private static Ran migrator(Path in, List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(arguments);
        return run(in, command);
    }

    private static String absolute(String classPath) {
        return String.join(
                java.io.File.pathSeparator,
                List.of(classPath.split(java.io.File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private static Ran run(Path in, List<String> command) throws Exception {
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), text);
    }
}
