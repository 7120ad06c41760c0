package dev.migrator.target.kafka;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Gives a token, signed by nobody, to the client that knows the secret. */
final class TokenEndpoint implements AutoCloseable {
    static final String CLIENT = "migrator";
    static final String SECRET = "s3cr3t-never-shown";

    private final HttpServer server;

    TokenEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            var expected = "Basic "
                    + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
            boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            var body = (known
                            ? "{\"access_token\":\"" + token() + "\",\"token_type\":\"Bearer\",\"expires_in\":600}"
                            : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private static String token() {
        long now = Instant.now().getEpochSecond();
        return part("{\"alg\":\"none\"}") + "."
                + part("{\"sub\":\"" + CLIENT + "\",\"iat\":" + now + ",\"exp\":" + (now + 600) + "}") + ".";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
