package dev.migrator.core.contents;

import dev.migrator.core.error.Finding;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A language that answers a question once: the environments of one bundle mostly have the same schemas. Thread-safe, and
 * holds nothing but answers about texts that the bundle has anyway.
 */
final class RememberedLanguage implements SchemaLanguage {
    /** Comparisons that are remembered; a transitive rule over many versions asks for more of them than there are texts. */
    private static final int MAX_COMPARED = 100_000;

    private record Pair(SchemaText reader, SchemaText writer) {}

    private final SchemaLanguage language;
    private final Map<SchemaText, List<Finding>> checked = Collections.synchronizedMap(new HashMap<>());
    private final Map<Pair, Compatibility> compared = Collections.synchronizedMap(new HashMap<>());

    RememberedLanguage(SchemaLanguage language) {
        this.language = language;
    }

    @Override
    public String type() {
        return language.type();
    }

    @Override
    public int longest() {
        return language.longest();
    }

    @Override
    public List<Finding> check(SchemaText schema) {
        return checked.computeIfAbsent(schema, language::check);
    }

    @Override
    public Compatibility compare(SchemaText reader, SchemaText writer) {
        var pair = new Pair(reader, writer);
        var known = compared.get(pair);
        if (known != null) {
            return known;
        }
        var answer = language.compare(reader, writer);
        if (compared.size() < MAX_COMPARED) {
            compared.put(pair, answer);
        }
        return answer;
    }
}
