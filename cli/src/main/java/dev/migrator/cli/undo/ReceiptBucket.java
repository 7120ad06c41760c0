package dev.migrator.cli.undo;

import dev.migrator.cli.direct.CredentialFile;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The bucket of the services, for the one object that an undo has to put there. */
public final class ReceiptBucket implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI address;
    private final AwsSignature signature;

    private ReceiptBucket(URI address, AwsSignature signature) {
        this.address = address;
        this.signature = signature;
    }

    /**
     * @param address of the server with the bucket's name as path, e.g. {@code http://objects:9000/migrator}
     * @param credentials properties {@code access-key}, {@code secret-key} and, unless {@code us-east-1}, {@code region}
     * @throws ProblemException {@code KIT-BUCKET} if the address has no bucket or a key is missing, {@code CRD-MISSING} if
     *     the file cannot be read
     */
    public static ReceiptBucket at(URI address, Path credentials) {
        if (address.getHost() == null
                || address.getPath() == null
                || address.getPath().length() < 2) {
            throw new ProblemException(Problem.of(
                            "KIT-BUCKET", "this is not the address of a bucket; nothing was written")
                    .about("--bucket")
                    .expected("the server's address with the bucket's name as path, e.g. http://objects:9000/migrator")
                    .found(address.toString()));
        }
        var settings = new CredentialFile("bucket", credentials).read();
        for (String name : new String[] {"access-key", "secret-key"}) {
            if (!settings.containsKey(name)) {
                throw new ProblemException(
                        Problem.of("KIT-BUCKET", "the bucket's credential lacks a part; nothing was written")
                                .about(credentials.toString())
                                .expected("properties access-key and secret-key")
                                .found("no " + name));
            }
        }
        return new ReceiptBucket(
                address,
                new AwsSignature(
                        settings.get("access-key"),
                        settings.get("secret-key"),
                        settings.getOrDefault("region", "us-east-1")));
    }

    /**
     * Puts the receipt there, unless one is there already, whoever put it: that it is there is what counts. Read back and
     * compared.
     *
     * @throws ProblemException {@code KIT-BUCKET} if it is not known to be there
     */
    public void put(String key, byte[] receipt) {
        if (call("GET", key, new byte[0]).statusCode() == 200) {
            return;
        }
        var answer = call("PUT", key, receipt);
        if (answer.statusCode() / 100 != 2 && answer.statusCode() != 412) {
            throw failed(key, "answer " + answer.statusCode() + " to PUT", null);
        }
        var readBack = call("GET", key, new byte[0]);
        boolean there =
                readBack.statusCode() == 200 && (answer.statusCode() == 412 || Arrays.equals(readBack.body(), receipt));
        if (!there) {
            throw failed(key, "answer " + readBack.statusCode() + " to GET, or other bytes, after it was put", null);
        }
    }

    private HttpResponse<byte[]> call(String method, String key, byte[] body) {
        var path = address.getRawPath().replaceAll("/+$", "") + "/"
                + Arrays.stream(key.split("/")).map(ReceiptBucket::encoded).collect(Collectors.joining("/"));
        SortedMap<String, String> more = new TreeMap<>();
        if (method.equals("PUT")) {
            more.put("if-none-match", "*");
        }
        var request = HttpRequest.newBuilder(address.resolve(path)).timeout(CALL);
        signature.headers(method, host(), path, body, more, Instant.now()).forEach(request::setHeader);
        request.method(
                method,
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 401 || answer.statusCode() == 403 || answer.statusCode() >= 500) {
                throw failed(key, "answer " + answer.statusCode() + " to " + method, null);
            }
            return answer;
        } catch (IOException e) {
            throw failed(key, e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(key, "interrupted", e);
        }
    }

    /** As the HTTP client will send it. */
    private String host() {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private ProblemException failed(String key, String found, Exception cause) {
        return new ProblemException(
                Problem.of("KIT-BUCKET", "the receipt cannot be put into the bucket; nothing was written")
                        .about(key)
                        .expected("an answer of " + address)
                        .found(found)
                        .todo("if all services are down and stay so until the receipt is there: --services-are-down"),
                cause);
    }

    @Override
    public void close() {
        http.close();
    }
}
