package dev.migrator.cli;

import static dev.migrator.cli.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCommandsTest {
    private static final String RESTORES = "POST /api/v1/restores";
    private static final String REVERT = "POST /api/v1/migrations/m-0/revert";

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();

    @BeforeEach
    void stackIsUp() {
        Shell.stackIsUp(home, console.url());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void aRestoreNamesTheSnapshotAndSaysWhatItPutsBack() {
        console.on(RESTORES, 202, answer("snapshot 20260102T030405Z-nightly"));

        var result = run("restore", "nightly", "--id", "m-1");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .isEqualTo("production back to snapshot 20260102T030405Z-nightly\nm-1\nNext: migrator watch m-1\n");
        assertThat(console.body(RESTORES))
                .isEqualTo(json("{\"id\":\"m-1\",\"snapshot\":\"nightly\",\"intent\":\"APPLY\","
                        + "\"includeUnmanaged\":false,\"removeMadeSince\":false}"));
    }

    @Test
    void aPartOfItAndWhatGoesBeyondAreAskedFor() {
        console.on(RESTORES, 202, answer("snapshot s"));

        var result = run(
                "restore",
                "nightly",
                "--id=m-1",
                "--env=production",
                "--target=kafka",
                "--kind=topic",
                "--entry=orders",
                "--include-unmanaged",
                "--remove-made-since",
                "-o",
                "json");

        assertThat(result.json()).containsExactly(answer("snapshot s"));
        assertThat(console.body(RESTORES))
                .isEqualTo(json("{\"id\":\"m-1\",\"snapshot\":\"nightly\",\"environment\":\"production\","
                        + "\"target\":\"kafka\",\"kind\":\"topic\",\"entry\":\"orders\",\"intent\":\"APPLY\","
                        + "\"includeUnmanaged\":true,\"removeMadeSince\":true}"));
    }

    @Test
    void aTimeOfDayIsSentAsTheInstantThatWasMeant() {
        console.on(RESTORES, 202, answer("snapshot s"));

        assertThat(run("restore", "--env", "production", "--as-of", "00:00").code())
                .isEqualTo(ExitCode.OK);

        var asOf = Instant.parse(((Value.Text) ((Value.Obj) console.body(RESTORES)).get("asOf")).value());
        assertThat(asOf).isBetween(Instant.now().minusSeconds(86_400 + 7_200), Instant.now());
    }

    @Test
    void withoutASnapshotOrATimeNothingIsAsked() {
        assertThat(run("restore").err()).contains("either SNAPSHOT, or --env ENV --as-of TIME");
        assertThat(run("restore", "--env", "production").code()).isEqualTo(ExitCode.ERROR);
        assertThat(run("restore", "--as-of", "14:05").code()).isEqualTo(ExitCode.ERROR);
        assertThat(run("restore", "nightly", "--env", "production", "--as-of", "14:05")
                        .code())
                .isEqualTo(ExitCode.ERROR);
        assertThat(run("restore", "--env", "production", "--as-of", "yesterday").err())
                .contains("CLI-TIME");
        assertThat(run("revert").err()).contains("ID");
        assertThat(console.asked()).isEmpty();
    }

    @Test
    void aRevertIsStartedAndFollowed() {
        console.on(REVERT, 202, answer("migration m-0"))
                .migration(status(7, MigrationState.SUCCEEDED), status(7, MigrationState.SUCCEEDED));

        var result = run("revert", "m-0", "--id", "m-1", "--wait=end");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .startsWith("production back to before migration m-0\nm-1\n")
                .contains("SUCCEEDED");
        assertThat(console.body(REVERT)).isEqualTo(json("{\"id\":\"m-1\",\"intent\":\"APPLY\"}"));
    }

    @Test
    void onlyAPlanIsAskedForWithDryRunAndItsRefusalExitsSo() {
        console.on(REVERT, 202, answer("migration m-0"))
                .migration(status(2, MigrationState.REJECTED), status(2, MigrationState.REJECTED));

        var result = run("revert", "m-0", "--id", "m-1", "--dry-run");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.out()).contains("PLN-NO");
        assertThat(CanonicalJson.text(console.body(REVERT))).contains("\"intent\":\"PLAN\"");
    }

    @Test
    void whatTheConsoleRefusesIsShownWithWhatToDo() {
        console.on(
                REVERT,
                409,
                StatusJson.problem(Problem.of("RST-NOT-SUCCEEDED", "only what a migration has done can be reverted")
                        .todo("migrator rollback m-0")));

        var result = run("revert", "m-0");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("RST-NOT-SUCCEEDED", "migrator rollback m-0");
    }

    private static Value.Obj answer(String source) {
        return Value.object(
                "id", Value.of("m-1"),
                "bundleDigest", Value.of("sha256:0123"),
                "environment", Value.of("production"),
                "source", Value.of(source));
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }

    private static Value json(String text) {
        return CanonicalJson.parse(text);
    }
}
