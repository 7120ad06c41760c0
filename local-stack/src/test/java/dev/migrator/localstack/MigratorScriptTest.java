package dev.migrator.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.localstack.server.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script on a machine that has only what a test puts there: a PATH with a few tools, and install folders for JDKs that
 * the test fills. Each JDK here is a script that prints which one it is and its arguments.
 */
class MigratorScriptTest {
    private static final List<String> TOOLS =
            List.of("bash", "dirname", "readlink", "find", "grep", "head", "mkdir", "touch", "mv", "flock");

    @TempDir
    Path machine;

    private Path checkout;

    @BeforeEach
    void aCheckoutWithABuiltLocalStack() throws IOException {
        checkout = Files.createDirectories(machine.resolve("my checkout"));
        Files.createDirectories(checkout.resolve("local-stack/target/lib"));
        Files.createDirectories(checkout.resolve("local-stack/target/classes"));
        String script = Files.readString(Home.find().root().resolve("migrator"))
                .replace("/usr/lib/jvm/", "'" + machine + "'/jvm/")
                .replace("/usr/java/*", "")
                .replace("/opt/*/*", "")
                .replace("/opt/*", "");
        write(checkout.resolve("migrator"), script);
        Files.createDirectories(machine.resolve("bin"));
        Files.createDirectories(machine.resolve("home"));
        for (String tool : TOOLS) {
            for (String folder : List.of("/usr/bin", "/bin")) {
                Path found = Path.of(folder, tool);
                if (Files.exists(found) && !Files.exists(machine.resolve("bin").resolve(tool))) {
                    write(machine.resolve("bin").resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
                }
            }
        }
    }

    @Test
    void withoutAJdkItSaysWhatIsNeededAndWhereItLooked() throws Exception {
        jdk("jvm/old", "17.0.12");

        Result result = run(Map.of(), "stack", "status");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output())
                .contains("MIG-JDK")
                .contains("no JDK 25 found")
                .contains("install a JDK 25");
    }

    @Test
    void aJdk25InAnInstallFolderIsFoundThoughJavaHomeIsOlder() throws Exception {
        Path old = jdk("jvm/a-17", "17.0.12");
        jdk("jvm/b-26", "26");
        jdk("jvm/c-25", "25.0.1");

        Result result = run(Map.of("JAVA_HOME", old.toString()), "stack", "status");

        assertThat(result.output()).startsWith("jdk 25.0.1");
        assertThat(result.code()).isZero();
    }

    @Test
    void aJdkOfAVersionManagerInTheHomeFolderIsFound() throws Exception {
        jdk("home/.sdkman/candidates/java/25.0.1-tem", "25.0.1");

        assertThat(run(Map.of(), "stack", "status").output()).startsWith("jdk 25.0.1");
    }

    @Test
    void aNewerJdkIsTakenWhenThereIsNo25() throws Exception {
        jdk("jvm/b-26", "26.0.1");

        assertThat(run(Map.of(), "stack", "status").output()).startsWith("jdk 26.0.1");
    }

    @Test
    void argumentsArriveAsGivenFromAFolderWithASpaceAndThroughALink() throws Exception {
        jdk("jvm/25", "25");
        Path link = Files.createSymbolicLink(machine.resolve("bin").resolve("migrator"), checkout.resolve("migrator"));

        Result result = run(link, Map.of(), "stack", "start", "a part");

        assertThat(result.output().lines())
                .contains(
                        "-Dmigrator.home=" + checkout.toRealPath(), "dev.migrator.localstack.Main", "start", "a part");
    }

    @Test
    void withoutMavenItSaysSoBeforeItBuilds() throws Exception {
        jdk("jvm/25", "25");

        Result result = run(Map.of(), "validate", "meta");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("MIG-MAVEN").contains("install Apache Maven");
    }

    private record Result(int code, String output) {}

    private Result run(Map<String, String> environment, String... args) throws Exception {
        return run(checkout.resolve("migrator"), environment, args);
    }

    private Result run(Path script, Map<String, String> environment, String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(machine.resolve("bin").resolve("bash").toString(), script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(machine.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", machine.resolve("bin").toString());
        builder.environment().put("HOME", machine.resolve("home").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Path jdk(String folder, String version) throws IOException {
        Path home = machine.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        String says = "#!/bin/sh\necho 'jdk " + version + "'\nprintf '%s\\n' \"$@\"\n";
        write(home.resolve("bin").resolve("java"), says);
        write(home.resolve("bin").resolve("javac"), says);
        return home;
    }

    private static void write(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
