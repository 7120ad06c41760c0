package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.explain.ErrorCodes;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.rules.Rules;
import dev.migrator.core.rules.RulesPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    Path home;

    @Test
    void aRuleIsExplainedWithWhyAndWhatToDo() {
        var result = run("explain", "TOP-NAME");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .contains("TOP-NAME  Kafka does not accept this topic name", "error, judged offline", "why", "do");
    }

    @Test
    void anErrorCodeThatIsNoRuleIsExplainedFromTheTableOfErrors() {
        assertThat(run("explain", "pln-stale").out())
                .contains(
                        "PLN-STALE  the target, the policy or the bundle is not as the plan saw it; nothing was written",
                        "Plans");
    }

    @Test
    void everyRuleAndEveryErrorCodeIsExplained() {
        assertThat(ErrorCodes.packaged().codes())
                .hasSizeGreaterThan(150)
                .containsAll(Rules.codes())
                .allSatisfy(code -> assertThat(run("explain", code).out()).contains(code));
    }

    @Test
    void machinesGetTheSame() {
        var rule =
                (Value.Obj) run("explain", "ACL-OPERATION", "-o", "json").json().getFirst();

        assertThat(rule.get("severity")).isEqualTo(Value.of("WARNING"));
        assertThat(rule.get("suppressible")).isEqualTo(Value.of(true));
        assertThat(rule.fields())
                .containsOnlyKeys("code", "severity", "judged", "suppressible", "title", "looksAt", "why", "do");
    }

    @Test
    void aMisspeltCodeIsAnsweredWithTheNearest() {
        var result = run("explain", "TOP-NAMES");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("CLI-CODE", "did you mean TOP-NAME?");
    }

    @Test
    void allRulesArePrintedAsTheirPage() {
        assertThat(run("explain", "--all").out()).isEqualToIgnoringNewLines(RulesPage.markdown());
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }
}
