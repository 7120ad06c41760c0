package dev.migrator.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

class FindingGroupsTest {
    private static final ColorScheme PLAIN = picocli.CommandLine.Help.defaultColorScheme(Ansi.OFF);

    @Test
    void aFewAreShownInFullInTheOrderOfTheFiles() {
        var lines = lines(
                Stream.of(error("TOP-NAME", 1), warning("ACL-OPERATION", 2)).toList());

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .isEqualTo("meta/a.yaml:1\nerror TOP-NAME  a sentence\n  thing     Topic/t1\n  expected  a name\n"
                        + "  found     x1\n  do        rename it");
        assertThat(lines.getLast()).startsWith("meta/a.yaml:2\nwarning ACL-OPERATION");
    }

    @Test
    void manyAreGroupedByRuleErrorsFirstAndEachIsStillListed() {
        var findings = Stream.concat(
                        IntStream.rangeClosed(1, 30).mapToObj(i -> warning("ACL-OPERATION", i)),
                        IntStream.rangeClosed(1, 970).mapToObj(i -> error("TOP-NAME", i)))
                .toList();

        var lines = lines(findings);

        assertThat(lines)
                .startsWith(
                        "error TOP-NAME  a sentence  (970)",
                        "  expected  a name",
                        "  do        rename it",
                        "    meta/a.yaml:1  Topic/t1  found x1");
        assertThat(lines)
                .contains("warning ACL-OPERATION  a sentence  (30)", "    meta/a.yaml:970  Topic/t970  found x970");
        assertThat(lines).hasSize(1000 + 2 * 3 + 1);
        assertThat(lines.getLast()).startsWith("1000 findings of 2 rules: 970 errors, 30 warnings");
    }

    @Test
    void whatDiffersIsSaidWhereItDiffers() {
        var findings = IntStream.rangeClosed(1, 21)
                .mapToObj(i -> Finding.error(Problem.of("MAN-VALUE", "sentence " + i)
                        .expected("at most " + i)
                        .todo("write " + i)))
                .toList();

        assertThat(lines(findings))
                .startsWith("error MAN-VALUE  sentence 1, and the like  (21)", "    expected at most 1  write 1");
    }

    @Test
    void problemsOfARejectedPlanAreGroupedTheSameWay() {
        var problems = IntStream.rangeClosed(1, 25)
                .mapToObj(i -> Problem.of("PLN-ONE-WAY", "adding partitions cannot be undone")
                        .about("topic t" + i))
                .toList();

        assertThat(FindingGroups.ofProblems(problems, PLAIN))
                .startsWith("error PLN-ONE-WAY  adding partitions cannot be undone  (25)", "    topic t1");
    }

    @Test
    void whatAFileSaysCannotSteerTheTerminal() {
        var hostile = Finding.error(
                        Problem.of("A-A", "said \u001b[2J").about("x\u202ey").found("two\nlines\u0007"))
                .at("evil\u001b]0;t\u0007.yaml", 1);

        for (int count : new int[] {1, 30}) {
            var text = String.join("\n", lines(java.util.Collections.nCopies(count, hostile)));

            assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\u202e]");
            assertThat(text).contains("said \\u001b[2J", "x\\u202ey", "lines\\u0007");
        }
    }

    private static List<String> lines(List<Finding> findings) {
        return FindingGroups.of(findings, PLAIN).toList();
    }

    private static Finding error(String code, int line) {
        return Finding.error(problem(code, line)).at("meta/a.yaml", line);
    }

    private static Finding warning(String code, int line) {
        return Finding.warning(problem(code, line)).at("meta/a.yaml", line);
    }

    private static Problem problem(String code, int i) {
        return Problem.of(code, "a sentence")
                .about("Topic/t" + i)
                .expected("a name")
                .found("x" + i)
                .todo("rename it");
    }
}
