package dev.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void theClientInTheReadmeIsTheOneThatAnEndToEndTestRuns() throws IOException {
        var client = Files.readString(ROOT.resolve("e2e-tests/src/test/java/dev/migrator/e2e/PublishAChange.java"));
        var quoted =
                JAVA.matcher(readme()).results().map(block -> block.group(1)).toList();

        assertThat(quoted).isNotEmpty();
        var lines = String.join("", quoted).lines().map(String::strip).filter(line -> !line.isEmpty());
        assertThat(lines).allSatisfy(line -> assertThat(client).contains(line));
    }

    @Test
    void everyLinkLeadsToSomethingInTheRepository() throws IOException {
        List<String> links =
                LINK.matcher(readme()).results().map(link -> link.group(1)).toList();

        assertThat(links).isNotEmpty();
        assertThat(links).allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
