package dev.migrator.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.LocalStackException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void portsComeFromAFileAndFromTheCommandLineWhichWins(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ports.properties"), "s3=19000\nconsole-service = 18080\n");

        Arguments arguments = Arguments.parse(List.of("up", "--ports", file.toString(), "--port", "s3=19001"));

        assertThat(arguments.command()).isEqualTo("up");
        assertThat(arguments.ports()).isEqualTo(Map.of("s3", 19_001, "console-service", 18_080));
    }

    @ParameterizedTest
    @CsvSource({
        "up --port s3, NAME=PORT",
        "up --port, a value",
        "up --port s3=many, NAME=PORT",
        "down --keep, --keep-data",
        "status -o yaml, text or json",
        "start, one part's name",
        "kill a b, one part's name",
        "sideways, 'up, down, status'",
        "up --rehearsal --no-rehearsal, one of the two"
    })
    void whatMakesNoSenseIsAnErrorThatSaysWhatWasExpected(String line, String expected, @TempDir Path folder) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = (line + " --folder " + folder).split(" ", -1);
        if (line.endsWith("--port")) {
            words = line.split(" ", -1); // the option is the last word
        }

        int code = Main.run(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), words);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error LST-INPUT")
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"up, true", "up --rehearsal, true", "up --no-rehearsal, false"})
    void thereIsAPlaceToRehearseInUnlessItIsLeftOut(String line, boolean there) {
        var arguments = Arguments.parse(List.of(line.split(" ", -1)));

        assertThat(arguments.options().rehearsal()).isEqualTo(there);
    }

    @Test
    void anUnknownPortNameIsAnErrorThatListsTheNames() {
        assertThatThrownBy(() -> StackSettings.draw(Map.of(), Map.of("kafka", 9092), List.of(), Set.of(), false))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("port of kafka")
                .hasMessageContaining("kafka-control");
    }

    @Test
    void helpNeedsNoCheckout() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, "up", "--help"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("migrator up", "migrator down", "stack status");
    }
}
