package dev.migrator.cli.undo;

import dev.migrator.core.canonical.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature version 4 of S3, with the signature in a header ("Authenticating Requests: Using the Authorization Header" in
 * Amazon's API reference). Written here, as a client library of S3 is larger than this whole command line.
 *
 * @param region as the server is set up, e.g. {@code us-east-1}
 */
record AwsSignature(String accessKey, String secretKey, String region) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param path as in the request: each part encoded, without a query
     * @param host with its port unless that is the scheme's own
     * @param more headers that are signed too, names in lower case
     * @return all headers to send, {@code host} excepted
     */
    SortedMap<String, String> headers(
            String method, String host, String path, byte[] body, SortedMap<String, String> more, Instant now) {
        var time = TIME.format(now);
        var bodyHash = Digest.of(body).hex();
        var headers = new TreeMap<>(more);
        headers.put("host", host);
        headers.put("x-amz-content-sha256", bodyHash);
        headers.put("x-amz-date", time);
        var names = String.join(";", headers.keySet());
        var request = method + "\n" + path + "\n\n"
                + headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + bodyHash;
        var scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        var toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + Digest.ofText(request).hex();
        headers.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + HexFormat.of().formatHex(hmac(key(time.substring(0, 8)), toSign)));
        headers.remove("host");
        return headers;
    }

    private byte[] key(String day) {
        var ofDay = hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day);
        return hmac(hmac(hmac(ofDay, region), "s3"), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Never shown. */
    @Override
    public String toString() {
        return "AwsSignature[" + region + "]";
    }
}
