package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.snapshot.SourceReading;
import dev.migrator.target.Capability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a system says about itself.
 *
 * @param identity empty where it has none
 * @param position empty where it tells none
 * @param atomic whether nothing can come between its comparing and its writing
 * @param maxBatch entries or operations in one request
 * @param types by name
 */
record Description(
        String name,
        String version,
        String identity,
        Optional<String> position,
        Set<Capability> capabilities,
        boolean atomic,
        int maxBatch,
        int maxRequestBytes,
        SortedMap<String, String> facts,
        SortedMap<String, EntryType> types) {
    static final int PROTOCOL = 1;

    private static final int MOST_IN_A_BATCH = 1_000;
    private static final int MOST_TYPES = 100;
    private static final int MOST_FACTS = 100;
    private static final int LONGEST = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_IDENTITY = 256;
    private static final int STANDARD_BYTES = 1024 * 1024;
    private static final int LEAST_BYTES = 64 * 1024;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    Description {
        capabilities = Collections.unmodifiableSet(capabilities);
        facts = Collections.unmodifiableSortedMap(facts);
        types = Collections.unmodifiableSortedMap(types);
    }

    static Description from(Value.Obj answer) throws Strange {
        return new Description(
                Read.text(answer, "name", LONGEST_NAME),
                Read.text(answer, "version", LONGEST_NAME),
                Read.optionalText(answer, "identity", LONGEST_IDENTITY).orElse(""),
                position(answer.get("position")),
                capabilities(Read.items(answer, "capabilities")),
                Read.flag(answer, "atomic"),
                Read.number(answer, "maxBatch", 1, MOST_IN_A_BATCH),
                answer.get("maxRequestBytes").isNull()
                        ? STANDARD_BYTES
                        : Read.number(answer, "maxRequestBytes", LEAST_BYTES, MOST_BYTES),
                facts(answer.get("facts")),
                types(Read.items(answer, "types")));
    }

    /** What is none decides nothing, so it is passed over. */
    private static Optional<String> position(Value told) {
        return told instanceof Value.Text(var text) && SourceReading.isPosition(text)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Set<Capability> capabilities(List<Value> named) throws Strange {
        var capabilities = EnumSet.noneOf(Capability.class);
        for (var name : named) {
            capabilities.add(
                    switch (name) {
                        case Value.Text(var text) when text.equals("DELETE") -> Capability.DELETE;
                        case Value.Text(var text) when text.equals("RETIRE") -> Capability.RETIRE;
                        case Value.Text(var text) when text.equals("PURGE") -> Capability.PURGE;
                        default -> throw new Strange("capabilities names something else than DELETE, RETIRE and PURGE");
                    });
        }
        return capabilities;
    }

    private static SortedMap<String, String> facts(Value told) throws Strange {
        var facts = new TreeMap<String, String>();
        if (!told.isNull()) {
            var object = Read.object(told, "facts");
            for (var name : object.fields().keySet().stream().limit(MOST_FACTS).toList()) {
                facts.put(name, Read.text(object, name, LONGEST));
            }
        }
        return facts;
    }

    private static SortedMap<String, EntryType> types(List<Value> described) throws Strange {
        if (described.isEmpty() || described.size() > MOST_TYPES) {
            throw new Strange("types has not 1 to " + MOST_TYPES + " items");
        }
        var types = new TreeMap<String, EntryType>();
        for (var one : described) {
            var type = EntryType.from(one);
            if (types.put(type.name(), type) != null) {
                throw new Strange("types has one type twice");
            }
        }
        return types;
    }

    List<String> typeNames() {
        return new ArrayList<>(types.keySet());
    }
}
