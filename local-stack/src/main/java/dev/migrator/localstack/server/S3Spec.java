package dev.migrator.localstack.server;

import java.util.List;

/**
 * One S3 server on a folder.
 *
 * @param port where clients connect, or {@link Ports#ANY}
 * @param buckets exist from the start; clients need not make them
 */
public record S3Spec(int port, String accessKey, String secretKey, List<String> buckets) {
    public S3Spec {
        buckets = List.copyOf(buckets);
    }

    /** On a free port, with random keys. */
    public static S3Spec of(String... buckets) {
        return new S3Spec(
                Ports.ANY, "local-" + Secrets.password().substring(0, 8), Secrets.password(), List.of(buckets));
    }

    /** The same with that port. */
    public S3Spec withPort(int clientPort) {
        return new S3Spec(clientPort, accessKey, secretKey, buckets);
    }

    /**
     * The same with a free port in place of {@link Ports#ANY}.
     *
     * @throws LocalStackException {@code LST-PORT} if a given one is in use
     */
    public S3Spec withClaimedPort() {
        return withPort(Ports.claim("s3", port));
    }

    /** The service's address, path style, without a slash at the end. */
    public String endpoint() {
        return "http://" + Ports.HOST + ":" + port;
    }
}
