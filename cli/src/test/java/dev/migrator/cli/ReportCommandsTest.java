package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.report.Recorded;
import dev.migrator.core.report.ReportFacts;
import dev.migrator.core.report.ReportManifest;
import dev.migrator.core.report.ReportObjects;
import dev.migrator.core.report.ReportSigner;
import dev.migrator.core.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandsTest {
    private static final String OF_M_1 = "GET /api/v1/migrations/m-1/report";
    private static final KeyPair KEYS = keys();
    private static final byte[] REPORT = report();

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
    void aReportIsWrittenAsItCameWithItsDigestToKeep() throws IOException {
        console.on(OF_M_1, 200, REPORT);
        var file = home.resolve("post-mortem.zip");
        var mine = Files.writeString(home.resolve("post-mortem.zip.part"), "mine");

        var result = run("report", "m-1", "-o", file.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(REPORT);
        assertThat(result.out())
                .contains(
                        Digest.of(REPORT).toString(),
                        "m-1 in test, REJECTED",
                        "missing     plan.json: OBJ-MISSING",
                        "it holds; migrator verify");
        assertThat(Files.readString(mine)).isEqualTo("mine");
        assertThat(home.toFile().list())
                .containsExactlyInAnyOrder(".local-stack", "post-mortem.zip", "post-mortem.zip.part");
        assertThat(console.asked().getFirst().authorization()).isEqualTo("Bearer token-of-alice");
    }

    @Test
    void outputTakesAFileAndAFormSideBySide() {
        console.on(OF_M_1, 200, REPORT);
        var file = home.resolve("r.zip");

        var result = run("report", "m-1", "-o", file.toString(), "-o", "json");

        assertThat(result.code()).as(result.err()).isZero();
        var json = (Value.Obj) result.json().getFirst();
        assertThat(json.get("file")).isEqualTo(Value.of(file.toString()));
        assertThat(json.get("digest")).isEqualTo(Value.of(Digest.of(REPORT).toString()));
        assertThat(json.get("holds")).isEqualTo(Value.of(true));
        assertThat(run("report", "m-1", "-o", file.toString(), "-o", "other.zip")
                        .err())
                .contains("RPT-OUTPUT");
    }

    @Test
    void aFileThatIsThereStaysUnlessForced() throws IOException {
        console.on(OF_M_1, 200, REPORT);
        var file = Files.writeString(home.resolve("r.zip"), "mine");

        var refused = run("report", "m-1", "-o", file.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("CLI-FILE-THERE");
        assertThat(Files.readString(file)).isEqualTo("mine");
        assertThat(console.calls()).isEmpty();

        assertThat(run("report", "m-1", "-o", file.toString(), "--force").code())
                .isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(REPORT);
    }

    @Test
    void anAnswerThatBreaksOffOrIsAProblemLeavesNoFile() {
        console.on(OF_M_1, 200, Arrays.copyOf(REPORT, REPORT.length - 7));
        var file = home.resolve("r.zip");

        var broken = run("report", "m-1", "-o", file.toString());
        assertThat(broken.code()).isEqualTo(ExitCode.ERROR);
        assertThat(broken.err()).contains("RPT-TRUNCATED", "ask again");
        assertThat(file).doesNotExist();

        console.on(
                "GET /api/v1/migrations/m-9/report",
                404,
                StatusJson.problem(Problem.of("CON-UNKNOWN", "nothing is known of this migration")));
        var unknown = run("report", "m-9", "-o", file.toString());
        assertThat(unknown.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(unknown.err()).contains("CON-UNKNOWN");
        assertThat(home.toFile().list()).containsExactly(".local-stack");
    }

    @Test
    void verifyNeedsTheFileAloneAndSaysWhatIsNotChecked(@TempDir Path elsewhere) throws IOException {
        console.close();
        var file = Files.write(elsewhere.resolve("r.zip"), REPORT);

        var result = Shell.run(elsewhere, "verify", file.toString());

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "PASSED      files",
                        "PASSED      statuses",
                        "NOT CHECKED key",
                        "NOT CHECKED audit-log",
                        "VERIFIED");
        var json = (Value.Obj) Shell.run(elsewhere, "verify", file.toString(), "-o", "json")
                .json()
                .getFirst();
        assertThat(json.get("holds")).isEqualTo(Value.of(true));
        assertThat(json.get("state")).isEqualTo(Value.of("REJECTED"));
    }

    @Test
    void theKeyAndTheDigestOfTheReaderAreHeldAgainstIt() throws IOException {
        var file = Files.write(home.resolve("r.zip"), REPORT);
        var key = pem("ours.pem", KEYS);
        var other = pem("other.pem", keys());

        assertThat(run(
                                "verify",
                                file.toString(),
                                "--key",
                                key.toString(),
                                "--digest",
                                Digest.of(REPORT).toString())
                        .out())
                .contains("PASSED      key");
        var otherKey = run("verify", file.toString(), "--key", other.toString());
        assertThat(otherKey.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(otherKey.out()).contains("FAILED      key          RPT-OTHER-KEY");
        var noKey = run("verify", file.toString(), "--key", file.toString());
        assertThat(noKey.err()).contains("RPT-KEY");
        var otherDigest = run(
                "verify", file.toString(), "--digest", Digest.ofText("other").toString());
        assertThat(otherDigest.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(otherDigest.err()).contains("RPT-OTHER");
        assertThat(run("verify", file.toString(), "--digest", "12").err()).contains("RPT-OTHER");
    }

    @Test
    void aChangedFileIsRefusedAndOneThatCannotBeReadIsAnError() throws IOException {
        var changed = REPORT.clone();
        changed[changed.length / 3] ^= 1;
        var file = Files.write(home.resolve("r.zip"), changed);

        var result = run("verify", file.toString());
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.out()).contains("FAILED", "RPT-", "NOT VERIFIED");
        var gone = run("verify", home.resolve("none.zip").toString());
        assertThat(gone.code()).isEqualTo(ExitCode.ERROR);
        assertThat(gone.err()).contains("RPT-FILE");
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }

    private Path pem(String name, KeyPair pair) throws IOException {
        return Files.writeString(
                home.resolve(name),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Of a migration that was rejected; its plan was planned elsewhere and is gone. */
    private static byte[] report() {
        var status = Statuses.status(1, MigrationState.REJECTED);
        var fields = new java.util.TreeMap<>(StatusJson.toValue(status).fields());
        fields.put("planUri", Value.of("c/m-1/plan.json"));
        var rejected = StatusJson.fromValue(Value.object(fields));
        var out = new ByteArrayOutputStream();
        ReportWriter.write(
                new ReportFacts(
                        List.of(new Recorded<>("migration.status", 0, 0, Instant.EPOCH, rejected)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                new ReportObjects() {
                    @Override
                    public Found object(String key) {
                        return new Found.Not(Problem.of("OBJ-MISSING", "an object is not in the bucket"));
                    }

                    @Override
                    public Found chunk(Digest chunk) {
                        return object(chunk.hex());
                    }
                },
                new ReportManifest.Made(Instant.EPOCH, "alice", "test"),
                new ReportSigner() {
                    @Override
                    public byte[] sign(byte[] bytes) {
                        try {
                            var signer = Signature.getInstance("Ed25519");
                            signer.initSign(KEYS.getPrivate());
                            signer.update(bytes);
                            return signer.sign();
                        } catch (GeneralSecurityException e) {
                            throw new AssertionError(e);
                        }
                    }

                    @Override
                    public byte[] publicKey() {
                        return KEYS.getPublic().getEncoded();
                    }
                },
                out);
        return out.toByteArray();
    }
}
