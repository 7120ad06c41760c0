package dev.migrator.target.registry;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a registry runs on: its release, its limits, the types it knows, and the rules that hold for every artifact. */
final class RegistryFacts {
    private static final int MOST_RULES = 50;

    private final RegistryHttp http;
    private final SortedMap<String, String> values = new TreeMap<>();
    private final List<Problem> unread = new ArrayList<>();

    RegistryFacts(RegistryHttp http) {
        this.http = http;
    }

    SystemFacts read() throws TargetException {
        var info = http.get("/system/info");
        var version = object(info).flatMap(fields -> Json.text(fields, "version"));
        values.put(SystemFacts.VERSION, version.orElseThrow(() -> Faults.strange(info)));
        object(info).flatMap(fields -> Json.text(fields, "name")).ifPresent(name -> values.put("name", name));
        unlessDenied(this::limits);
        unlessDenied(this::types);
        unlessDenied(this::globalRules);
        return new SystemFacts(values, rights(), unread);
    }

    /** Only those that are set: the others are minus one. */
    private void limits() throws TargetException {
        object(http.get("/system/limits"))
                .ifPresent(limits -> limits.fields().forEach((name, value) -> {
                    if (value instanceof Value.Num(var number) && number.signum() >= 0) {
                        values.put("limit." + name, CanonicalJson.text(value));
                    }
                }));
    }

    private void types() throws TargetException {
        var answer = http.get("/admin/config/artifactTypes");
        if (answer.ok() && answer.json().orElse(Value.NULL) instanceof Value.Arr(var types)) {
            values.put(
                    "artifact types",
                    types.stream()
                            .flatMap(type -> type instanceof Value.Obj fields
                                    ? Json.text(fields, "name").stream()
                                    : java.util.stream.Stream.empty())
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
    }

    private void globalRules() throws TargetException {
        var answer = http.get("/admin/rules");
        if (answer.ok() && answer.json().orElse(Value.NULL) instanceof Value.Arr(var rules)) {
            for (Value rule : rules.stream().limit(MOST_RULES).toList()) {
                if (rule instanceof Value.Text(var type)) {
                    object(http.get("/admin/rules/" + Paths.encoded(type)))
                            .flatMap(fields -> Json.text(fields, "config"))
                            .ifPresent(config -> values.put("global rule." + type, config));
                }
            }
        }
    }

    /** Empty when the registry does not tell, as without authentication it means nothing. */
    private Optional<SystemFacts.Rights> rights() throws TargetException {
        try {
            return object(http.get("/users/me")).map(me -> {
                var reading = new TreeSet<String>();
                var writing = new TreeSet<String>();
                if (Json.isTrue(me, "viewer")) {
                    reading.add("viewer");
                }
                for (String role : List.of("developer", "admin")) {
                    if (Json.isTrue(me, role)) {
                        writing.add(role);
                    }
                }
                return new SystemFacts.Rights(reading, writing);
            });
        } catch (TargetException.Refused _) {
            return Optional.empty();
        }
    }

    private static Optional<Value.Obj> object(Answer answer) {
        return answer.ok() && answer.json().orElse(Value.NULL) instanceof Value.Obj fields
                ? Optional.of(fields)
                : Optional.empty();
    }

    private interface Read {
        void run() throws TargetException;
    }

    private void unlessDenied(Read read) throws TargetException {
        try {
            read.run();
        } catch (TargetException.Refused e) {
            if (!e.problem().code().equals("TGT-DENIED")) {
                throw e;
            }
            unread.add(e.problem());
        }
    }
}
