package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.Main;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a migration that was rolled back goes to somebody who has a file, and nothing else of ours. */
@EndToEnd
@Order(8)
class ReportTest {
    @TempDir
    Path folder;

    private final SharedStack stack;
    private final Migrations migrations;

    ReportTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
    }

    private record Said(int code, String text) {}

    @Test
    void aRollbackIsProvenToWhoeverHasTheFileAndATamperedOneProvesNothing() throws Exception {
        var end = rolledBack("report-1");
        var file = folder.resolve("report-1.zip");

        var written = new CommandLine(folder.resolve("home"), stack)
                .run("report", "report-1", "--as", "viewer", "-o", file.toString());

        assertThat(written.code()).as(written.out() + written.err()).isEqualTo(ExitCode.OK);
        assertThat(written.out()).contains(Digest.of(Files.readAllBytes(file)).toString(), "it holds");
        assertThat(written.out()).doesNotContain("missing ");

        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.copy(file, elsewhere.resolve("report.zip"));
        Files.copy(publicKey(), elsewhere.resolve("public.pem"));
        var verified = inAnotherProcess(elsewhere, "verify", "report.zip", "--key", "public.pem");
        assertThat(verified.code()).as(verified.text()).isEqualTo(ExitCode.OK);
        assertThat(verified.text())
                .contains(
                        "report-1 in production, ROLLED_BACK",
                        "before      " + end.beforeHash().orElseThrow(),
                        "end         " + end.beforeHash().orElseThrow(),
                        "PASSED      key",
                        "PASSED      approvals    1 decisions about this migration, 1 signatures hold",
                        "PASSED      state-before computed again from the snapshot's entries",
                        "PASSED      state-after",
                        "PASSED      writes       4 outcomes in",
                        "PASSED      audit",
                        "PASSED      dry-run",
                        "PASSED      verdicts",
                        "PASSED      texts",
                        "NOT CHECKED audit-log",
                        "VERIFIED")
                .doesNotContain("FAILED");

        assertNoSecretsIn(Files.readString(file, ISO_8859_1));
        assertTamperingIsFound(elsewhere, Files.readAllBytes(file));
    }

    private dev.migrator.core.lifecycle.MigrationStatus rolledBack(String id) throws Exception {
        stack.cluster("production").createTopic("report.orders", Map.of("retention.ms", "111000"));
        try (var page = new CheckedPage()) {
            page.answer(500);
            migrations.submit(
                    id,
                    "production",
                    Bundles.of(
                            topic("report.orders", "retention.ms: 222000"),
                            topic("report.refunds"),
                            httpCheck("report-page", page.url(), 200)));
            migrations.await(id, MigrationState.AWAITING_APPROVAL);
            migrations.approve(id);
            return migrations.await(id, MigrationState.ROLLED_BACK);
        }
    }

    /** Wherever a byte changes, and in a process that has seen no other report. */
    private static void assertTamperingIsFound(Path elsewhere, byte[] report) throws Exception {
        var name = "\"approver\":\"approver\"";
        var text = new String(report, ISO_8859_1);
        int at = text.indexOf(name) + name.length() - 2;
        assertThat(at).as("an approver in the report").isGreaterThan(name.length());
        var forged = report.clone();
        forged[at] = 'x';
        Files.write(elsewhere.resolve("forged.zip"), forged);

        var refused = inAnotherProcess(elsewhere, "verify", "forged.zip");

        assertThat(refused.code()).as(refused.text()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.text())
                .contains(
                        "FAILED      files        RPT-FILE-ALTERED",
                        "approvals.jsonl",
                        "RPT-APPROVAL-SIGNATURE",
                        "NOT VERIFIED");
    }

    private void assertNoSecretsIn(String report) throws IOException {
        var settings = new Properties();
        try (var in = Files.newInputStream(stack.stack().layout().config().resolve("stack.properties"))) {
            settings.load(in);
        }
        var secrets = settings.entrySet().stream()
                .filter(setting -> setting.getKey().toString().matches("(password|token)\\..*|s3\\.secret-key"))
                .map(setting -> setting.getValue().toString())
                .toList();
        assertThat(secrets)
                .hasSizeGreaterThan(10)
                .allSatisfy(secret -> assertThat(report).doesNotContain(secret));
        var key = Files.readString(publicKey().resolveSibling("private.pem"))
                .lines()
                .toList();
        assertThat(report).doesNotContain(key.get(1));
    }

    private Path publicKey() {
        return stack.stack().layout().config().resolve("approvals/public.pem");
    }

    /** The command line alone: no environment, no folder of ours. */
    private static Said inAnotherProcess(Path in, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.waitFor(), text);
    }
}
