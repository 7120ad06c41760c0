package dev.migrator.kit.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrator.kit.objects.MinioObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Answers as an S3 server with one bucket does, as far as object lock goes. What it says of the bucket is told it, and it can
 * have no room left, or take its time.
 */
public final class ScriptedBucket implements AutoCloseable {
    private static final String NAME = "migrator";
    private static final Pattern RETAIN_UNTIL = Pattern.compile("<RetainUntilDate>(.+)</RetainUntilDate>");
    private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=([^&]*)");
    private static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Pattern MODE = Pattern.compile("<Mode>(.+)</Mode>");

    /** @param body of the answer; an error's code if the status is none of 200 */
    public record Said(int status, String body) {}

    public static final Said LOCKED = new Said(
            200, "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>");
    public static final Said NOT_LOCKED = new Said(404, "ObjectLockConfigurationNotFoundError");
    public static final Said LISTED = new Said(200, "<ListBucketResult><Name>migrator</Name></ListBucketResult>");
    public static final Said DENIED = new Said(403, "AccessDenied");
    public static final Said UNHEARD_OF = new Said(501, "NotImplemented");

    /** The connection ends within the answer. */
    public static final Said CUT = new Said(200, "<ObjectLockConfiguration>");

    public static Said versioning(String status) {
        return new Said(200, "<VersioningConfiguration>" + status + "</VersioningConfiguration>");
    }

    private static final Said FULL = new Said(507, "XMinioStorageFull");
    private static final Stalled NOT_STALLED = new Stalled("", new CountDownLatch(0));

    private record Stalled(String keyPart, CountDownLatch until) {}

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> locks = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Stalled stalled = NOT_STALLED;
    private volatile Said lock = NOT_LOCKED;
    private volatile Said versions = versioning("");

    public ScriptedBucket() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public MinioObjectStore store() {
        return store(MinioObjectStore.CALL);
    }

    /** @param callTimeout longest wait for one call to it */
    public MinioObjectStore store(Duration callTimeout) {
        return new MinioObjectStore(
                "http://127.0.0.1:" + server.getAddress().getPort(),
                NAME,
                "key",
                "a-secret-key",
                Optional.empty(),
                callTimeout);
    }

    /** From now on there is room for so many further writes of objects, 0 for none. What is there can be read. */
    public void roomFor(int writes) {
        room.set(writes);
    }

    /** From now on writes of objects with that in their keys are neither answered nor kept, until {@link #goOn}. */
    public void stallAt(String keyPart) {
        stalled = new Stalled(keyPart, new CountDownLatch(1));
    }

    /** All that was held up is kept and answered now, whether anybody still waits for it or not. */
    public void goOn() {
        stalled.until().countDown();
        stalled = NOT_STALLED;
    }

    /** Keys of all objects, ascending. */
    public SortedSet<String> keys() {
        return new TreeSet<>(objects.keySet());
    }

    public ScriptedBucket says(Said aboutLock, Said aboutVersions) {
        lock = aboutLock;
        versions = aboutVersions;
        return this;
    }

    /** Mode and end as headers of an object tell them. */
    public Map<String, String> lockOf(String key) {
        return locks.getOrDefault(key, Map.of());
    }

    public void lock(String key, String mode, Instant until) {
        locks.put(key, Map.of("x-amz-object-lock-mode", mode, "x-amz-object-lock-retain-until-date", until.toString()));
    }

    public void hold(String key) {
        locks.put(key, Map.of("x-amz-object-lock-legal-hold", "ON"));
    }

    /** Method and path of each call. */
    public List<String> calls() {
        return calls;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            var path = exchange.getRequestURI().getPath().substring(1);
            var key = path.length() > NAME.length() ? path.substring(NAME.length() + 1) : "";
            var method = exchange.getRequestMethod();
            calls.add(method + " " + key + (query.isEmpty() ? "" : "?" + query));
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (query.startsWith("object-lock")) {
                answer(exchange, lock);
            } else if (query.startsWith("versioning")) {
                answer(exchange, versions);
            } else if (query.startsWith("retention")) {
                retain(key, new String(body, StandardCharsets.UTF_8));
                answer(exchange, new Said(200, ""));
            } else if (query.startsWith("list-type") || query.contains("&list-type")) {
                answer(exchange, new Said(200, listing(prefix(query))));
            } else if (key.isEmpty()) {
                answer(exchange, new Said(200, ""));
            } else {
                object(exchange, method, key, body);
            }
        }
    }

    private static String prefix(String query) {
        var prefix = PREFIX.matcher(query);
        return prefix.find() ? prefix.group(1) : "";
    }

    private String listing(String prefix) {
        var listing = new StringBuilder("<ListBucketResult><Name>" + NAME + "</Name><IsTruncated>false</IsTruncated>");
        keys().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> listing.append("<Contents><Key>" + key + "</Key><LastModified>" + WRITTEN
                        + "</LastModified><ETag>\"1\"</ETag><Size>" + objects.get(key).length + "</Size></Contents>"));
        return listing.append("</ListBucketResult>").toString();
    }

    private void retain(String key, String text) {
        var until = RETAIN_UNTIL.matcher(text);
        var mode = MODE.matcher(text);
        if (!until.find() || !mode.find()) {
            throw new IllegalArgumentException("no retention in " + text);
        }
        lock(key, mode.group(1), Instant.parse(until.group(1)));
    }

    private void object(HttpExchange exchange, String method, String key, byte[] body) throws IOException {
        switch (method) {
            case "PUT" -> {
                holdUp(key);
                if (room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                    answer(exchange, FULL);
                    return;
                }
                var headers = exchange.getRequestHeaders();
                if (!"*".equals(headers.getFirst("If-None-Match"))) {
                    objects.put(key, body);
                } else if (objects.putIfAbsent(key, body) != null) {
                    answer(exchange, new Said(412, "PreconditionFailed"));
                    return;
                }
                if (headers.containsKey("x-amz-object-lock-mode")) {
                    lock(
                            key,
                            headers.getFirst("x-amz-object-lock-mode"),
                            Instant.parse(headers.getFirst("x-amz-object-lock-retain-until-date")));
                }
                exchange.getResponseHeaders().set("ETag", "\"1\"");
                answer(exchange, new Said(200, ""));
            }
            case "DELETE" -> {
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> read(exchange, method, key);
        }
    }

    private void holdUp(String key) throws IOException {
        var now = stalled;
        try {
            if (key.contains(now.keyPart())) {
                now.until().await();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void read(HttpExchange exchange, String method, String key) throws IOException {
        var object = objects.get(key);
        if (object == null) {
            answer(exchange, new Said(404, "NoSuchKey"));
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("ETag", "\"1\"");
        headers.set(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atZone(ZoneOffset.UTC)));
        lockOf(key).forEach(headers::set);
        if (method.equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(object.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, object.length);
        exchange.getResponseBody().write(object);
    }

    private static void answer(HttpExchange exchange, Said said) throws IOException {
        var text = said.status() == 200
                ? said.body()
                : "<Error><Code>" + said.body() + "</Code><Message>no</Message></Error>";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        int missing = said.equals(CUT) ? 100 : 0;
        exchange.sendResponseHeaders(said.status(), none ? -1 : bytes.length + missing);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
    }
}
