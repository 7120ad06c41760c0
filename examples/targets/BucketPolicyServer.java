import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * Connects {@link BucketPolicies} to Metadata Migrator: five calls of the protocol, with nothing but a JDK, which reads the
 * files beside this one by itself.
 *
 * <p>{@code java BucketPolicyServer.java PORT FILE [TOKEN]}
 */
class BucketPolicyServer {
    static final int MAX_BYTES = 1 << 20;
    static BucketPolicies policies;
    static String token;

    public static void main(String[] args) throws IOException {
        policies = new BucketPolicies(Path.of(args[1]));
        token = args.length > 2 ? args[2] : null;
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", BucketPolicyServer::handle);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static void handle(HttpExchange call) throws IOException {
        try (call) {
            try {
                answer(call);
            } catch (IllegalArgumentException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
                answer(call, 400, BucketPolicies.problem("the request is not one of the protocol"));
            }
        }
    }

    static void answer(HttpExchange call) throws IOException {
        if (token != null && !("Bearer " + token).equals(call.getRequestHeaders().getFirst("Authorization"))) {
            answer(call, 401, BucketPolicies.problem("the token is not the right one"));
            return;
        }
        var body = call.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            answer(call, 413, BucketPolicies.problem("a request has at most " + MAX_BYTES + " bytes"));
            return;
        }
        var asked = body.length == 0 ? Map.<String, Object>of() : BucketPolicies.map(Json.read(new String(body, StandardCharsets.UTF_8)));
        switch (call.getRequestMethod() + " " + call.getRequestURI().getPath()) {
            case "GET /v1" -> answer(call, 200, policies.about());
            case "GET /v1/entries" -> answer(call, 200, policies.list(query(call.getRequestURI().getRawQuery())));
            case "POST /v1/entries/read" -> answer(call, 200, policies.read(asked));
            case "POST /v1/entries/dry-run", "POST /v1/entries/apply" -> {
                if (policies.identity().equals(asked.get("identity"))) {
                    answer(call, 200, policies.run(asked, call.getRequestURI().getPath().endsWith("/apply")));
                } else {
                    answer(call, 412, BucketPolicies.problem("this is another system than the one that is meant"));
                }
            }
            default -> answer(call, 404, BucketPolicies.problem("there is no such call"));
        }
    }

    static void answer(HttpExchange call, int status, Map<String, Object> body) throws IOException {
        var bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
    }

    static Map<String, String> query(String raw) {
        var query = new TreeMap<String, String>();
        for (var pair : raw == null ? new String[0] : raw.split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
