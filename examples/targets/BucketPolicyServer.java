import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * Connects bucket policies to Metadata Migrator: all that a server of the protocol has to do, with nothing but a JDK.
 * The policies stand in one file, which is replaced as a whole; a gateway that knows policies would be called in its place.
 *
 * <p>{@code java BucketPolicyServer.java PORT FILE [TOKEN]}
 */
class BucketPolicyServer {
    static final String TYPE = "bucket-policy";
    static final int MAX_BYTES = 1 << 20;
    /** By name: state (present or retired), fields, incarnation. Every access holds the lock of this class. */
    static Map<String, Map<String, Object>> policies = new TreeMap<>();
    static Path file;
    static String token;

    public static void main(String[] args) throws IOException {
        file = Path.of(args[1]);
        token = args.length > 2 ? args[2] : null;
        if (Files.exists(file)) {
            map(Json.read(Files.readString(file))).forEach((name, entry) -> policies.put(name, map(entry)));
        }
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
                answer(call, 400, problem("the request is not one of the protocol"));
            }
        }
    }

    static void answer(HttpExchange call) throws IOException {
        if (token != null && !("Bearer " + token).equals(call.getRequestHeaders().getFirst("Authorization"))) {
            answer(call, 401, problem("the token is not the right one"));
            return;
        }
        var body = call.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            answer(call, 413, problem("a request has at most " + MAX_BYTES + " bytes"));
            return;
        }
        var asked = body.length == 0 ? Map.<String, Object>of() : map(Json.read(new String(body, StandardCharsets.UTF_8)));
        switch (call.getRequestMethod() + " " + call.getRequestURI().getPath()) {
            case "GET /v1" -> answer(call, 200, about());
            case "GET /v1/entries" -> answer(call, 200, list(query(call.getRequestURI().getRawQuery())));
            case "POST /v1/entries/read" -> answer(call, 200, read(asked));
            case "POST /v1/entries/dry-run", "POST /v1/entries/apply" -> {
                if (identity().equals(asked.get("identity"))) {
                    answer(call, 200, run(asked, call.getRequestURI().getPath().endsWith("/apply")));
                } else {
                    answer(call, 412, problem("this is another system than the one that is meant"));
                }
            }
            default -> answer(call, 404, problem("there is no such call"));
        }
    }

    static Map<String, Object> about() throws IOException {
        var read = Map.of("Effect", "Allow", "Principal", "*", "Action", "s3:GetObject", "Resource", "arn:aws:s3:::b/*");
        var write = Map.of("Effect", "Allow", "Principal", "*", "Action", "s3:PutObject", "Resource", "arn:aws:s3:::b/*");
        return Map.of(
                "protocol", 1, "name", "bucket policies", "version", "1.0", "identity", identity(), "atomic", true,
                "capabilities", List.of("DELETE", "RETIRE"), "maxBatch", 500, "maxRequestBytes", MAX_BYTES,
                "facts", Map.of("store", "file"),
                "types", List.of(Map.of(
                        "type", TYPE, "description", "what may be done with a bucket, and by whom",
                        "incarnations", true, "longestAddress", 255, "addressPattern", "^[A-Za-z0-9._-]{3,255}$",
                        "examples", List.of(policy(read), policy(write)),
                        "refusedExample", Map.of("Version", "1999-01-01", "Statement", List.of(read)),
                        "unmanagedExample", Map.of("Id", "made-by-hand"))));
    }

    static Map<String, Object> policy(Map<String, String> statement) {
        return Map.of("Version", "2012-10-17", "Statement", List.of(statement));
    }

    /** Another file is another system. */
    static String identity() throws IOException {
        return file.toAbsolutePath().normalize().toString();
    }

    static synchronized Map<String, Object> list(Map<String, String> query) {
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
        var after = query.getOrDefault("after", "");
        var names = policies.keySet().stream()
                .filter(name -> TYPE.equals(query.get("type")) && name.compareTo(after) > 0)
                .filter(name -> policies.get(name).get("state").equals("present"))
                .limit(limit + 1L)
                .toList();
        return Map.of("addresses", names.subList(0, Math.min(limit, names.size())), "more", names.size() > limit);
    }

    static synchronized Map<String, Object> read(Map<String, Object> asked) {
        return Map.of("entries", items(asked, "entries").stream().map(key -> named(key, found(key))).toList());
    }

    /** Each operation alone, in order: nothing can come between comparing and writing, as all of it holds the lock. */
    static synchronized Map<String, Object> run(Map<String, Object> asked, boolean write) throws IOException {
        var before = new TreeMap<>(policies);
        var outcomes = new ArrayList<Object>();
        for (var operation : items(asked, "operations")) {
            outcomes.add(named(operation, outcome(operation, write)));
        }
        if (write) {
            try {
                save();
            } catch (IOException e) {
                policies = before;
                throw e;
            }
        }
        return Map.of("outcomes", outcomes);
    }

    static void save() throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, Json.write(policies), CREATE, TRUNCATE_EXISTING, WRITE, SYNC);
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    static Map<String, Object> outcome(Map<String, Object> operation, boolean write) {
        var name = (String) operation.get("address");
        var found = found(operation);
        if (!isAsExpected(map(operation.get("expect")), found)) {
            return Map.of("outcome", "conflict", "found", found);
        }
        var entry = new LinkedHashMap<>(found);
        if (operation.get("action").equals("set")) {
            var fields = new TreeMap<>(map(found.getOrDefault("fields", Map.of())));
            fields.putAll(map(operation.get("fields")));
            fields.values().removeIf(Objects::isNull);
            if (!TYPE.equals(operation.get("type")) || !name.matches("[A-Za-z0-9._-]{3,255}")
                    || operation.containsKey("secrets") || !"2012-10-17".equals(fields.get("Version"))) {
                return Map.of("outcome", "failed", "problem", problem("this is no policy of a bucket"));
            }
            entry.put("state", "present");
            entry.put("fields", fields);
            entry.putIfAbsent("incarnation", UUID.randomUUID().toString());
        } else {
            entry.put("state", operation.get("action").equals("retire") ? "retired" : "absent");
        }
        if (!write) {
            return Map.of("outcome", "accepted");
        }
        if (entry.get("state").equals("absent")) {
            policies.remove(name);
        } else {
            policies.put(name, entry);
        }
        return Map.of("outcome", "applied", "incarnation", entry.getOrDefault("incarnation", ""));
    }

    /** Only what is named is compared; a field that is null is one that is not set. */
    static boolean isAsExpected(Map<String, Object> expect, Map<String, Object> found) {
        var fields = map(found.getOrDefault("fields", Map.of()));
        return expect.get("state").equals(found.get("state"))
                && (!expect.containsKey("incarnation") || expect.get("incarnation").equals(found.get("incarnation")))
                && map(expect.getOrDefault("fields", Map.of())).entrySet().stream()
                        .allMatch(field -> Objects.equals(field.getValue(), fields.get(field.getKey())));
    }

    static Map<String, Object> found(Map<String, Object> key) {
        var type = (String) Objects.requireNonNull(key.get("type"));
        var name = (String) Objects.requireNonNull(key.get("address"));
        return type.equals(TYPE) && policies.containsKey(name) ? policies.get(name) : Map.of("state", "absent");
    }

    /** An answer says which entry it is about. */
    static Map<String, Object> named(Map<String, Object> key, Map<String, Object> answer) {
        var named = new LinkedHashMap<>(answer);
        named.put("type", key.get("type"));
        named.put("address", key.get("address"));
        return named;
    }

    static Map<String, Object> problem(String title) {
        return Map.of("title", title);
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

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(Map<String, Object> asked, String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(asked.get(name));
    }

    /** What a JSON library would do; the JDK has none. */
    static final class Json {
        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object read(String text) {
            var json = new Json(text);
            var value = json.value();
            if (json.next() != 0) {
                throw new IllegalArgumentException("text after the value");
            }
            return value;
        }

        static String write(Object value) {
            return switch (value) {
                case String text -> quoted(text);
                case Map<?, ?> fields -> String.join(",", fields.entrySet().stream()
                        .map(field -> quoted((String) field.getKey()) + ":" + write(field.getValue())).toList())
                        .transform(inner -> "{" + inner + "}");
                case List<?> items -> "[" + String.join(",", items.stream().map(Json::write).toList()) + "]";
                case BigDecimal number -> number.toPlainString();
                case null, default -> String.valueOf(value);
            };
        }

        private static String quoted(String text) {
            var out = new StringBuilder("\"");
            text.chars().forEach(c -> out.append(c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)
                    ? String.format("\\u%04x", c) : String.valueOf((char) c)));
            return out.append('"').toString();
        }

        private Object value() {
            return switch (next()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                default -> word();
            };
        }

        private Object object() {
            var fields = new LinkedHashMap<String, Object>();
            for (at++; next() != '}'; skip(',', '}')) {
                var name = string();
                skip(':', ':');
                fields.put(name, value());
            }
            at++;
            return fields;
        }

        private Object array() {
            var items = new ArrayList<>();
            for (at++; next() != ']'; skip(',', ']')) {
                items.add(value());
            }
            at++;
            return items;
        }

        private String string() {
            skip('"', '"');
            var out = new StringBuilder();
            for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
                if (c == '\\') {
                    c = text.charAt(at++);
                    int plain = "bfnrt".indexOf(c);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at, at += 4), 16);
                    } else if (plain >= 0) {
                        c = "\b\f\n\r\t".charAt(plain);
                    }
                }
                out.append(c);
            }
            return out.toString();
        }

        private Object word() {
            int from = at;
            while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            var word = text.substring(from, at);
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> null;
                default -> new BigDecimal(word).stripTrailingZeros();
            };
        }

        /** The next character that is no white space, 0 at the end. */
        private char next() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        /** Passes over {@code expected}; {@code last} is left to the caller. */
        private void skip(char expected, char last) {
            if (next() == expected) {
                at++;
            } else if (next() != last) {
                throw new IllegalArgumentException(expected + " expected");
            }
        }
    }
}
