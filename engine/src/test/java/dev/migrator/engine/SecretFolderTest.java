package dev.migrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFolderTest {
    @TempDir
    Path home;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("outside"), "not yours");
    }

    @Test
    void aFileIsASecretWithoutItsLineEnd() throws IOException {
        Files.writeString(folder.resolve("plain"), "value");
        Files.writeString(folder.resolve("ended"), "two\nlines\n");
        Files.createDirectories(folder.resolve("team"));
        Files.writeString(folder.resolve("team").resolve("db.v2"), " spaced ");
        var secrets = new SecretFolder(folder);

        assertThat(secrets.find("plain")).contains("value");
        assertThat(secrets.find("ended")).contains("two\nlines");
        assertThat(secrets.find("team/db.v2")).contains(" spaced ");
    }

    @Test
    void aChangedFileIsSeenAtOnce() throws IOException {
        var secrets = new SecretFolder(folder);
        assertThat(secrets.find("s")).isEmpty();
        Files.writeString(folder.resolve("s"), "1");
        assertThat(secrets.find("s")).contains("1");
        Files.writeString(folder.resolve("s"), "2");
        assertThat(secrets.find("s")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../outside", "/outside", "a//b", ".", "..", "", "team", "..data/x"})
    void nothingElseCanBeNamed(String name) throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.createDirectories(folder.resolve("team"));
        Files.createDirectories(folder.resolve("..data"));
        Files.writeString(folder.resolve("..data").resolve("x"), "of the mount");

        assertThat(new SecretFolder(folder).find(name)).isEmpty();
    }

    @Test
    void nothingIsNoSecret() throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");

        assertThat(new SecretFolder(folder).find("empty")).isEmpty();
    }

    @Test
    void whatIsThereAndCannotBeReadIsNotTakenForMissing() throws IOException {
        Files.writeString(folder.resolve("large"), "x".repeat(64 * 1024 + 1));
        Files.write(folder.resolve("no-text"), new byte[] {'s', 'e', (byte) 0xff, 'c'});

        for (var name : List.of("large", "no-text")) {
            assertThatThrownBy(() -> new SecretFolder(folder).find(name))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("SEC-UNREADABLE");
                        assertThat(e.problem().thing()).isEqualTo(name);
                        assertThat(e.problem().toString()).doesNotContain("xxx");
                    });
        }
    }
}
