package dev.migrator.cli.undo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples of Amazon's "Signature Calculations for the Authorization Header", with the keys given there. */
class AwsSignatureTest {
    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "examplebucket.s3.amazonaws.com";

    private final AwsSignature signature =
            new AwsSignature("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    @Test
    void anObjectIsAskedForAsInTheExample() {
        var headers = signature.headers(
                "GET", HOST, "/test.txt", new byte[0], new TreeMap<>(Map.of("range", "bytes=0-9")), THEN);

        assertThat(headers.get("authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        assertThat(headers).containsEntry("x-amz-date", "20130524T000000Z").doesNotContainKey("host");
    }

    @Test
    void anObjectIsPutAsInTheExample() {
        var headers = signature.headers(
                "PUT",
                HOST,
                "/test%24file.text",
                "Welcome to Amazon S3.".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                new TreeMap<>(
                        Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY")),
                THEN);

        assertThat(headers.get("authorization"))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void theSecretIsShownNowhere() {
        assertThat(signature.toString()).doesNotContain("EXAMPLE");
    }
}
