package dev.migrator.manifests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Finding;
import dev.migrator.core.rules.Rule;
import dev.migrator.core.rules.Rule.Judged;
import dev.migrator.core.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule has manifests that fail it and the same manifests put right, and is judged as its entry says. */
class RuleFixturesTest {
    private static final Path FIXTURES = Path.of("src", "test", "resources", "rules");

    /** Rules about a folder, a file or a bundle as a whole: there is no line to point at. */
    private static final Set<String> WITHOUT_A_LINE = Set.of(
            "YML-FILE",
            "MAN-NONE",
            "BND-FILE",
            "BND-FORMAT",
            "BND-TOO-LARGE",
            "BND-TOO-MANY",
            "PLN-TOO-LARGE",
            "PLN-NOT-PRUNED",
            "PLN-PRUNE-ALL",
            "SET-TOO-MANY");

    @TempDir
    Path scratch;

    static List<String> rules() {
        return Rules.codes();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theFailingFixtureIsReportedWhereItStands(String code) throws IOException {
        var rule = Rules.find(code).orElseThrow();
        var findings = judge(rule, "fails");

        assertThat(findings)
                .filteredOn(finding -> finding.problem().code().equals(rule.code()))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(rule.severity());
                    assertThat(Fixture.hasLine(finding) || WITHOUT_A_LINE.contains(rule.code()))
                            .as("names file and line: " + finding)
                            .isTrue();
                    assertThat(finding.problem().thing() + finding.problem().expected())
                            .as("names the thing, or what was expected")
                            .isNotBlank();
                });
        assertThat(findings)
                .as("whatever a fixture reports is a rule")
                .extracting(finding -> finding.problem().code())
                .isSubsetOf(Rules.codes());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void thePassingFixtureIsFineInEveryWay(String code) throws IOException {
        var rule = Rules.find(code).orElseThrow();
        assertThat(judge(rule, "passes"))
                .noneMatch(Finding::stops)
                .noneMatch(finding -> finding.problem().code().equals(rule.code()));
    }

    @Test
    void thereIsNoFixtureForARuleThatDoesNotExist() throws IOException {
        try (var folders = Files.list(FIXTURES)) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).isSubsetOf(Rules.codes());
        }
    }

    @Test
    void aRuleIsJudgedByWhatItsFixtureHolds() {
        for (var rule : Rules.all()) {
            var folder = FIXTURES.resolve(rule.code()).resolve("fails");
            assertThat(folder.resolve("target.json").toFile().exists())
                    .as(rule.code())
                    .isEqualTo(rule.judged() == Judged.ENVIRONMENT);
            assertThat(folder.resolve("environments.yaml").toFile().exists())
                    .as(rule.code())
                    .isEqualTo(rule.judged() == Judged.ENVIRONMENTS_FILE);
        }
    }

    private List<Finding> judge(Rule rule, String which) throws IOException {
        var folder = FIXTURES.resolve(rule.code()).resolve(which);
        assertThat(folder)
                .as("every rule has a folder with what " + which + " it")
                .isDirectory();
        return new Fixture(folder).judge(rule, scratch);
    }
}
