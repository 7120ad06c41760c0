package dev.migrator.core.present;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares with a committed file. After a change that was meant, run the test with the variable GOLDEN_WRITE set, and read
 * what it wrote before committing it.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/migrator/core/present");

    private Golden() {}

    static void assertIs(String file, String text) throws IOException {
        var path = FOLDER.resolve(file);
        if (System.getenv("GOLDEN_WRITE") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(path, text);
        }
        assertThat(text).as(path + ", see " + Golden.class.getSimpleName()).isEqualTo(Files.readString(path));
    }
}
