package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void linesAreBrokenAtSpacesAndFitTheScreen() {
        screen(false).checked("a sentence of many words ".repeat(12));

        assertThat(printed().lines())
                .hasSize(4)
                .allSatisfy(line ->
                        assertThat(line).hasSizeLessThanOrEqualTo(Screen.WIDTH).startsWith("   "));
        assertThat(printed().replaceAll("\\s+", " ").strip())
                .isEqualTo("✔ " + "a sentence of many words ".repeat(12).strip());
    }

    @Test
    void aWordLongerThanALineIsCutAndNotLost() {
        var digest = "0123456789".repeat(20);

        screen(false).pair("before", 8, digest);

        assertThat(printed().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Screen.WIDTH));
        assertThat(printed().replaceAll("before|\\s", "")).isEqualTo(digest);
    }

    @Test
    void elsewhereThanOnATerminalThereAreNoColours() {
        screen(false).line(Screen.Tone.BAD, "wrong");
        assertThat(printed()).isEqualTo("   wrong\n");

        screen(true).line(Screen.Tone.BAD, "wrong");
        assertThat(printed()).contains("\033[31;1mwrong\033[0m");
    }

    private Screen screen(boolean colors) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), colors);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
