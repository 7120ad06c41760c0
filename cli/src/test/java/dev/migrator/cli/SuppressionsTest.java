package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What manifests do not want to hear of is counted always, and listed for those who ask. */
class SuppressionsTest {
    private static final String REASON = "a lost click matters less than an outage";

    @TempDir
    Path home;

    private Path manifests;

    @BeforeEach
    void makeFolder() throws IOException {
        manifests = Files.createDirectory(home.resolve("meta"));
    }

    @Test
    void aSuppressedFindingIsCountedAndListedWithItsReasonOnlyWhenAsked() throws IOException {
        write("2999-12-31");

        var brief = validate();
        assertThat(brief.code()).isEqualTo(ExitCode.OK);
        assertThat(brief.err()).isEmpty();
        assertThat(brief.out())
                .contains("valid: 1 resources", "1 finding suppressed; --verbose lists them")
                .doesNotContain("TOP-UNCLEAN");

        var whole = validate("--verbose");
        assertThat(whole.err()).isEmpty();
        assertThat(whole.out())
                .contains(
                        "clicks.yaml:12\n",
                        "suppressed TOP-UNCLEAN",
                        "reason    " + REASON,
                        "until     2999-12-31",
                        "1 finding suppressed");
        assertThat(validate("--verbose", "--env", "production").out())
                .contains("suppressed TOP-UNCLEAN", "1 finding suppressed");
    }

    @Test
    void inJsonTheyAreBesideTheFindings() throws IOException {
        write("2999-12-31");

        var documents = validate("-o", "json").json();

        assertThat(documents).hasSize(2);
        var found = (Value.Obj) documents.getFirst();
        assertThat(found.get("findings")).isEqualTo(Value.array(List.of()));
        var suppressed =
                (Value.Obj) ((Value.Arr) found.get("suppressed")).items().getFirst();
        assertThat(suppressed.get("code")).isEqualTo(Value.of("TOP-UNCLEAN"));
        assertThat(suppressed.get("reason")).isEqualTo(Value.of(REASON));
        assertThat(suppressed.get("until")).isEqualTo(Value.of("2999-12-31"));
        assertThat(suppressed.get("line")).isEqualTo(Value.of(12));
        assertThat(((Value.Obj) documents.getLast()).get("suppressed")).isEqualTo(Value.of(1));
    }

    @Test
    void onTheDayAfterTheLastTheFindingIsBack() throws IOException {
        write(LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());

        var result = validate("--verbose");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.err()).contains("warning TOP-UNCLEAN", "warning SUP-EXPIRED", "clicks.yaml:6\n");
        assertThat(result.out()).doesNotContain("suppressed");
    }

    @Test
    void packagingSaysHowManyThereAreInABundleAndOnlyThen() throws IOException {
        write("2999-12-31");
        var bundle = home.resolve("bundle.json");

        var packaged = Shell.run(home, "package", manifests.toString(), "-f", bundle.toString(), "--commit", "c1");

        assertThat(packaged.code()).isEqualTo(ExitCode.OK);
        assertThat(packaged.err())
                .contains("1 finding suppressed; migrator validate --verbose")
                .hasLineCount(1);
        Files.writeString(
                manifests.resolve("clicks.yaml"), manifest("2999-12-31").replaceAll("(?s)  suppress:.*(?=spec:)", ""));
        assertThat(Shell.run(home, "package", manifests.toString(), "-f", bundle.toString(), "--commit", "c1")
                        .err())
                .contains("warning TOP-UNCLEAN")
                .doesNotContain("suppressed");
    }

    private Shell.Result validate(String... options) {
        var arguments = new ArrayList<>(List.of("validate", manifests.toString()));
        arguments.addAll(List.of(options));
        return Shell.run(home, arguments.toArray(String[]::new));
    }

    private void write(String until) throws IOException {
        Files.writeString(manifests.resolve("clicks.yaml"), manifest(until));
    }

    private static String manifest(String until) {
        return """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata:
                  name: clicks
                  suppress:
                    - rule: TOP-UNCLEAN
                      reason: %s
                      until: %s
                spec:
                  partitions: 3
                  replicationFactor: 3
                  config: {unclean.leader.election.enable: true}
                """.formatted(REASON, until);
    }
}
