package dev.migrator.localstack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A process that stands where a service will: it is ready at once, answers with its environment at {@code /env}, and
 * ends by itself when it is asked at {@code /crash}.
 */
public final class StandInService {
    private StandInService() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> env = System.getenv();
        var address =
                new InetSocketAddress(env.get("QUARKUS_HTTP_HOST"), Integer.parseInt(env.get("QUARKUS_HTTP_PORT")));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/crash")) {
                System.out.println("stand-in: asked to crash");
                Runtime.getRuntime().halt(7);
            }
            byte[] body = (path.equals("/env") ? String.join("\n", lines(env)) : "UP").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static Iterable<String> lines(Map<String, String> env) {
        return env.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .sorted()
                .toList();
    }
}
