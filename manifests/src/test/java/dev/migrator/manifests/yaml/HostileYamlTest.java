package dev.migrator.manifests.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of these stops ordinary readers, fills the memory or takes minutes; here each is an answer at once. */
class HostileYamlTest {
    /** Far above what any machine needs for a file at its limits, far below what reading it with the square of its length takes. */
    private static final Duration TOO_LONG_ON_ANY_MACHINE = Duration.ofSeconds(20);

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("billion laughs", billionLaughs(), "YML-LIMIT"),
                arguments(
                        "one long text used often",
                        "a: &a " + "x".repeat(900_000) + "\nb: [" + "*a,".repeat(100_000) + "]\n",
                        "YML-LIMIT"),
                arguments("a text of 2 MB", "a: " + "x".repeat(2_000_000) + "\n", "YML-LIMIT"),
                arguments("a text of 7 MB in lines", "a: |\n" + "  0123456789\n".repeat(550_000), "YML-LIMIT"),
                arguments("a file of 10 MB", "a: " + "x".repeat(10_000_000) + "\n", "YML-LIMIT"),
                arguments("100,000 open brackets", "[".repeat(100_000), "YML-LIMIT"),
                arguments("100,000 open braces", "{a: ".repeat(100_000), "YML-LIMIT"),
                arguments("100,000 dashes", "- ".repeat(100_000), "YML-LIMIT"),
                arguments("indented ever deeper", deepBlocks(2_000), "YML-LIMIT"),
                arguments("question marks", "? ".repeat(100_000), "YML-LIMIT"),
                arguments("a key of 100 kB", "x".repeat(100_000) + ": 1\n", "YML-SYNTAX"),
                arguments("a quoted key of 100 kB", "? \"" + "x".repeat(100_000) + "\"\n: 1\n", "YML-LIMIT"),
                arguments("a million items", "a: [" + "1,".repeat(1_000_000) + "]\n", "YML-LIMIT"),
                arguments("a million documents", "--- 1\n".repeat(1_000_000), "YML-LIMIT"),
                arguments("the same key again and again", "a: 1\n".repeat(500_000), "YML-DUPLICATE-KEY"),
                arguments("a number of 1 MB", "a: " + "9".repeat(1_000_000) + "\n", "YML-NUMBER"),
                arguments("60,000 anchors, one missing", anchors(60_000) + "z: *none\n", "YML-SYNTAX"),
                arguments("a comment of 7 MB, then nonsense", "#" + "x".repeat(7_000_000) + "\n]", "YML-SYNTAX"),
                arguments("quotes that never close", "a: \"" + "x\n ".repeat(500_000), "YML-SYNTAX"),
                arguments("a tag of 1 MB", "a: " + "!".repeat(1_000_000) + "\n", "YML-TAG"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isAnsweredAtOnceWithACodeAndALine(String what, String yaml, String code) {
        var bytes = yaml.getBytes(StandardCharsets.UTF_8);

        var content = assertTimeoutPreemptively(
                TOO_LONG_ON_ANY_MACHINE, () -> YamlReader.standard().read(bytes, "bad.yaml"), what);

        assertThat(content.findings()).isNotEmpty();
        assertThat(content.findings().getFirst().problem().code()).as(what).isEqualTo(code);
        assertThat(content.findings()).hasSizeLessThanOrEqualTo(101).allSatisfy(finding -> {
            assertThat(finding.file()).isEqualTo("bad.yaml");
            assertThat(finding.toString()).hasSizeLessThan(1_000);
        });
    }

    @Test
    void aliasesWithinTheLimitsAreFine() {
        var yaml = "labels: &l {team: orders}\n"
                + IntStream.range(0, 100).mapToObj(i -> "r" + i + ": *l\n").reduce("", String::concat);

        assertThat(YamlReader.standard()
                        .read(yaml.getBytes(StandardCharsets.UTF_8), "good.yaml")
                        .findings())
                .isEmpty();
    }

    private static String billionLaughs() {
        var yaml = new StringBuilder("a0: &a0 lol\n");
        for (int i = 1; i <= 9; i++) {
            yaml.append("a%d: &a%d [".formatted(i, i))
                    .append(("*a" + (i - 1) + ",").repeat(10))
                    .append("]\n");
        }
        return yaml.toString();
    }

    private static String deepBlocks(int depth) {
        var yaml = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            yaml.append(" ".repeat(i)).append("a:\n");
        }
        return yaml.toString();
    }

    private static String anchors(int count) {
        var yaml = new StringBuilder();
        for (int i = 0; i < count; i++) {
            yaml.append("k").append(i).append(": &n").append(i).append(" v\n");
        }
        return yaml.toString();
    }
}
