package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fmt} and {@code new}. */
class ManifestFileCommandsTest {
    private static final String UNTIDY = "kind: Topic\n# what it is\nmetadata: {name: \"a\"}\n";
    private static final String TIDY = "kind: Topic\n# what it is\nmetadata: {name: a}\n";

    @TempDir
    Path home;

    @Test
    void filesAreReplacedAndNamedAndKeepTheirPermissions() throws IOException {
        var file = write("a.yaml", UNTIDY);
        write("b.yaml", TIDY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        var first = run("fmt", home.toString());

        assertThat(first.code()).isEqualTo(ExitCode.OK);
        assertThat(first.out().lines()).containsExactly(file.toString());
        assertThat(file).hasContent(TIDY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(home)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("a.yaml", "b.yaml");
        }
        assertThat(run("fmt", home.toString()).out()).isEmpty();
    }

    @Test
    void aCheckChangesNothingShowsTheDifferenceAndExitsWithTwo() throws IOException {
        var file = write("a.yaml", UNTIDY);

        var result = run("fmt", "--check", file.toString());

        assertThat(result.code()).isEqualTo(ExitCode.CHANGES);
        assertThat(result.out())
                .contains("-metadata: {name: \"a\"}\n+metadata: {name: a}\n", "--- a/", "@@ -1,3 +1,3 @@");
        assertThat(file).hasContent(UNTIDY);
        write("a.yaml", TIDY);
        assertThat(run("fmt", "--check", file.toString()).code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void whatCannotBeReadIsNamedAndLeftAsItIsAndTheOthersAreDone() throws IOException {
        var broken = write("a.yaml", "kind: Topic\nmetadata: {name: a\n");
        var good = write("b.yaml", UNTIDY);

        var result = run("fmt", home.toString());

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("YML-SYNTAX", "a.yaml");
        assertThat(broken).hasContent("kind: Topic\nmetadata: {name: a\n");
        assertThat(good).hasContent(TIDY);
    }

    @Test
    void aNewManifestIsWrittenOnceAndIsValid() throws IOException {
        var file = home.resolve("topics/orders.yaml");

        assertThat(run("new", "topic", "orders", "-f", file.toString()).code()).isEqualTo(ExitCode.OK);
        assertThat(run("validate", file.toString()).code()).isEqualTo(ExitCode.OK);
        Files.writeString(file, "mine");
        var again = run("new", "topic", "orders", "-f", file.toString());

        assertThat(again.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("CLI-FILE-THERE");
        assertThat(file).hasContent("mine");
    }

    @Test
    void anUnknownKindIsAnErrorWithASuggestion() {
        var result = run("new", "Overlai", "a");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("CLI-KIND", "migrator new Overlay");
        assertThat(result.out()).isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }
}
