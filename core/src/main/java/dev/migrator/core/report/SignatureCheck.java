package dev.migrator.core.report;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Whether the console vouches for the manifest, and with it for every file: by the key that the reader has, if there is one. */
final class SignatureCheck {
    private static final String SIGNATURE = "signature";
    private static final String KEY = "key";

    private SignatureCheck() {}

    static List<CheckLine> of(ReportContents contents, Optional<ReportKey> trusted) {
        return trusted.or(contents::key)
                .map(key -> List.of(signature(contents, key), key(contents.key(), trusted)))
                .orElseGet(() -> List.of(CheckLine.notChecked(SIGNATURE, "the report names no key that can be read")));
    }

    private static CheckLine signature(ReportContents contents, ReportKey key) {
        var manifest = contents.zip().find(ReportRules.MANIFEST).orElseThrow();
        var file = contents.zip().find(ReportRules.SIGNATURE);
        if (file.isEmpty()) {
            return CheckLine.failed(
                    SIGNATURE, FileCheck.without(ReportRules.SIGNATURE).problem());
        }
        return signatureIn(file.get())
                        .filter(bytes -> key.holds(manifest, bytes))
                        .isPresent()
                ? CheckLine.passed(SIGNATURE, "the manifest, and so every file, is as key " + key.id() + " signed it")
                : CheckLine.failed(
                        SIGNATURE,
                        Problem.of("RPT-SIGNATURE", "the signature of the report does not hold")
                                .about(ReportRules.MANIFEST)
                                .expected("a signature by key " + key.id() + " over these very bytes")
                                .found("another one")
                                .todo("nothing follows from this report; fetch it again"));
    }

    /** Empty if it is none in the one form. */
    private static Optional<byte[]> signatureIn(byte[] file) {
        try {
            var text = ReportLines.text((Value.Obj) CanonicalJson.parse(file), SIGNATURE);
            var signature = Base64.getDecoder().decode(text);
            return java.util.Arrays.equals(ReportWriter.signature(signature), file)
                    ? Optional.of(signature)
                    : Optional.empty();
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    private static CheckLine key(Optional<ReportKey> own, Optional<ReportKey> trusted) {
        var id = own.map(ReportKey::id).orElse("none that can be read");
        if (trusted.isEmpty()) {
            return CheckLine.notChecked(
                    KEY,
                    "whether " + id
                            + " is the key of your console: who makes a whole report anew can sign it with"
                            + " another; --key FILE compares");
        }
        return own.filter(trusted.get()::isSameAs).isPresent()
                ? CheckLine.passed(KEY, id + " is the key that was given")
                : CheckLine.failed(
                        KEY,
                        Problem.of("RPT-OTHER-KEY", "the report is signed with another key than the one given")
                                .about("key")
                                .expected(trusted.get().id())
                                .found(id)
                                .todo("take the key that the console had then; else nothing follows from this report"));
    }
}
