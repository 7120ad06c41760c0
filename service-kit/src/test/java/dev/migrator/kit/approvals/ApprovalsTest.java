package dev.migrator.kit.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.kit.avro.Messages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsTest {
    private static final Statement STATEMENT = statement("production", "m-1", "plan", "ann", true, "reviewed");

    private final KeyPair pair = Ed25519Keys.generate();
    private final ApprovalSigner signer = new ApprovalSigner(pair.getPrivate());
    private final ApprovalVerifier verifier = new ApprovalVerifier(pair.getPublic());

    @TempDir
    Path folder;

    @Test
    void aSignedStatementHolds() {
        assertThat(verifier.check(STATEMENT, signer.sign(STATEMENT))).isEmpty();
        assertThat(verifier.check(STATEMENT.signed(signer.sign(STATEMENT)))).isEmpty();
    }

    @Test
    void thePublicKeyIsFoundFromThePrivateOne() {
        assertThat(signer.publicKey()).isEqualTo(pair.getPublic());
    }

    @Test
    void changingAnyPartVoidsTheSignature() {
        var signature = signer.sign(STATEMENT);
        for (Statement other : List.of(
                statement("staging", "m-1", "plan", "ann", true, "reviewed"),
                statement("production", "m-2", "plan", "ann", true, "reviewed"),
                statement("production", "m-1", "other", "ann", true, "reviewed"),
                statement("production", "m-1", "plan", "bob", true, "reviewed"),
                statement("production", "m-1", "plan", "ann", false, "reviewed"),
                statement("production", "m-1", "plan", "ann", true, "not reviewed"),
                withGroups("orders-owners"))) {
            assertThat(verifier.check(other, signature))
                    .hasValueSatisfying(p -> assertThat(p.code()).isEqualTo("APR-SIGNATURE"));
        }
    }

    @Test
    void changingAnyByteVoidsTheSignature() {
        var good = signer.sign(STATEMENT);
        for (int i = 0; i < good.bytes().length; i++) {
            byte[] bad = good.bytes().clone();
            bad[i] ^= 1;
            assertThat(verifier.check(STATEMENT, new Signature(bad, good.keyId())))
                    .isPresent();
        }
        assertThat(verifier.check(STATEMENT, new Signature(new byte[0], good.keyId())))
                .isPresent();
    }

    @Test
    void anotherKeysSignatureDoesNotHold() {
        var other = new ApprovalSigner(Ed25519Keys.generate().getPrivate()).sign(STATEMENT);
        assertThat(verifier.check(STATEMENT, other)).isPresent();
        var ownId = new Signature(other.bytes(), Ed25519Keys.id(pair.getPublic()));
        assertThat(verifier.check(STATEMENT, ownId)).isPresent();
    }

    @Test
    void anApprovalThatNobodySignedDoesNotHold() {
        var fact = new Fact.Approval(new MigrationId("m-1"), Digest.ofText("plan"), "ann", true, "reviewed");
        assertThat(verifier.check(Messages.of(fact))).isPresent();
    }

    @Test
    void keysAreReadFromPemFiles() throws Exception {
        Path privateKey = Files.writeString(folder.resolve("private.pem"), Ed25519Keys.pem(pair.getPrivate()));
        Path publicKey = Files.writeString(folder.resolve("public.pem"), Ed25519Keys.pem(pair.getPublic()));
        var signature = ApprovalSigner.load(privateKey).sign(STATEMENT);
        assertThat(ApprovalVerifier.load(publicKey).check(STATEMENT, signature)).isEmpty();
    }

    @Test
    void aFileThatIsNoKeyIsAClearErrorWithoutItsContent() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.pem"), "secret text");
        assertThatThrownBy(() -> ApprovalSigner.load(file)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("APR-KEY");
            assertThat(e.problem().toString()).doesNotContain("secret text");
        });
        assertThatThrownBy(() -> ApprovalVerifier.load(folder.resolve("none.pem")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsSignedIsCanonicalText() {
        assertThat(new String(STATEMENT.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"apiVersion\":\"migrator.dev/v1\",\"approver\":\"ann\",\"decision\":\"granted\","
                        + "\"environment\":\"production\",\"kind\":\"Approval\",\"migration\":\"m-1\",\"planDigest\":\""
                        + Digest.ofText("plan") + "\",\"reason\":\"reviewed\"}");
    }

    @Test
    void whoIsInAGroupIsPartOfWhatIsSigned() {
        var statement = withGroups("payments", "orders-owners", "payments");
        var event = statement.signed(signer.sign(statement));

        assertThat(verifier.check(event)).isEmpty();
        assertThat(Statement.of(event).groups()).containsExactly("orders-owners", "payments");
        assertThat(verifier.check(withGroups("orders-owners"), signer.sign(statement)))
                .isPresent();
        assertThat(verifier.check(withGroups(), signer.sign(statement))).isPresent();
    }

    @Test
    void aDenialCountsWhoeverItComesFromAndNamesNoGroups() {
        var denial = new Statement(
                "production", new MigrationId("m-1"), Digest.ofText("plan"), "ann", false, "no", List.of("payments"));

        assertThat(verifier.check(denial.signed(signer.sign(denial)))).isEmpty();
        assertThat(denial.groups()).isEmpty();
    }

    private static Statement withGroups(String... groups) {
        return new Statement(
                "production", new MigrationId("m-1"), Digest.ofText("plan"), "ann", true, "reviewed", List.of(groups));
    }

    private static Statement statement(
            String environment, String id, String plan, String approver, boolean granted, String reason) {
        return new Statement(
                environment, new MigrationId(id), Digest.ofText(plan), approver, granted, reason, List.of());
    }
}
