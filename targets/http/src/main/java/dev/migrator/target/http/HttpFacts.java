package dev.migrator.target.http;

import dev.migrator.target.SystemFacts;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a system tells about itself, besides what it is called and how it is told from others. */
final class HttpFacts {
    private HttpFacts() {}

    static SystemFacts of(Description system) {
        var values = new TreeMap<String, String>(system.facts());
        values.put(SystemFacts.VERSION, system.version());
        values.put("name", system.name());
        values.put("protocol", String.valueOf(Description.PROTOCOL));
        values.put(
                "capabilities",
                system.capabilities().stream().map(Enum::name).sorted().collect(Collectors.joining(", ")));
        values.put("compare and set", system.atomic() ? "atomic" : "not atomic");
        values.put("limit.batch", String.valueOf(system.maxBatch()));
        values.put("types", String.join(", ", system.typeNames()));
        return new SystemFacts(values, Optional.empty(), List.of());
    }
}
