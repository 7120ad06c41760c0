package dev.migrator.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    private static final Map<String, String> VARIABLES =
            Map.of("MIGRATOR_SERVER", "http://variable:1", "MIGRATOR_TOKEN", "variable");

    @TempDir
    Path home;

    @Test
    void theOptionWinsOverTheVariableAndThatOverTheLocalStack() throws IOException {
        stackIsUp();

        assertThat(Connection.find("http://option:1", null, VARIABLES, home).server())
                .isEqualTo(URI.create("http://option:1/"));
        assertThat(Connection.find(null, null, VARIABLES, home))
                .isEqualTo(new Connection(URI.create("http://variable:1/"), "variable"));
        assertThat(Connection.find(null, null, Map.of(), home))
                .isEqualTo(new Connection(URI.create("http://stack:1/"), "alices"));
    }

    @Test
    void aNamedUserIsOneOfTheLocalStackWhateverTheVariableSays() throws IOException {
        stackIsUp();

        assertThat(Connection.find(null, "bob", VARIABLES, home).token()).isEqualTo("bobs");
    }

    @Test
    void aBlankVariableCountsAsNone() throws IOException {
        stackIsUp();

        var found = Connection.find(null, null, Map.of("MIGRATOR_SERVER", "", "MIGRATOR_TOKEN", " "), home);

        assertThat(found).isEqualTo(new Connection(URI.create("http://stack:1/"), "alices"));
    }

    @Test
    void withoutAServerOrATokenThereIsNoConnection() {
        assertCode("CLI-NO-SERVER", null, null, Map.of());
        assertCode("CLI-NO-TOKEN", "http://option:1", null, Map.of());
        assertCode("CLI-NO-TOKEN", "http://option:1", "bob", VARIABLES);
    }

    private void assertCode(String code, String server, String user, Map<String, String> variables) {
        assertThatThrownBy(() -> Connection.find(server, user, variables, home))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private void stackIsUp() throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve(".local-stack/config")).resolve("cli.properties"), """
                server=http://stack:1
                user=alice
                token.alice=alices
                token.bob=bobs
                """);
    }
}
