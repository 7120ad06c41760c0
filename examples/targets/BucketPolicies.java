import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a system has to be able to do to become a target: say what it is, list, read, compare and write. The policies stand in
 * one file, which is replaced as a whole; a gateway that knows policies would be called in its place.
 */
final class BucketPolicies {
    private static final String TYPE = "bucket-policy";

    private final Path file;
    /** By name: state (present or retired), fields, incarnation. */
    private Map<String, Map<String, Object>> policies = new TreeMap<>();

    BucketPolicies(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            map(Json.read(Files.readString(file))).forEach((name, entry) -> policies.put(name, map(entry)));
        }
    }

    Map<String, Object> about() throws IOException {
        var read = Map.of("Effect", "Allow", "Principal", "*", "Action", "s3:GetObject", "Resource", "arn:aws:s3:::b/*");
        var write = Map.of("Effect", "Allow", "Principal", "*", "Action", "s3:PutObject", "Resource", "arn:aws:s3:::b/*");
        return Map.of(
                "protocol", 1, "name", "bucket policies", "version", "1.0", "identity", identity(), "atomic", true,
                "capabilities", List.of("DELETE", "RETIRE", "PURGE"), "maxBatch", 500, "maxRequestBytes", BucketPolicyServer.MAX_BYTES,
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
    String identity() throws IOException {
        return file.toAbsolutePath().normalize().toString();
    }

    synchronized Map<String, Object> list(Map<String, String> query) {
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
        var after = query.getOrDefault("after", "");
        var names = policies.keySet().stream()
                .filter(name -> TYPE.equals(query.get("type")) && name.compareTo(after) > 0)
                .filter(name -> policies.get(name).get("state").equals("present"))
                .limit(limit + 1L)
                .toList();
        return Map.of("addresses", names.subList(0, Math.min(limit, names.size())), "more", names.size() > limit);
    }

    synchronized Map<String, Object> read(Map<String, Object> asked) {
        return Map.of("entries", items(asked, "entries").stream().map(key -> named(key, found(key))).toList());
    }

    /** Each operation alone, in order: nothing can come between comparing and writing, as all of it holds the lock. */
    synchronized Map<String, Object> run(Map<String, Object> asked, boolean write) throws IOException {
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

    void save() throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, Json.write(policies), CREATE, TRUNCATE_EXISTING, WRITE, SYNC);
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    Map<String, Object> outcome(Map<String, Object> operation, boolean write) {
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
            // remove and purge both take it away: which of them may, says what is expected
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

    Map<String, Object> found(Map<String, Object> key) {
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

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(Map<String, Object> asked, String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(asked.get(name));
    }
}
