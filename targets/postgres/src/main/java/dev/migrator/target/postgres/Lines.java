package dev.migrator.target.postgres;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Many rows of values as one parameter, typed by the server like columns of a table. Names of columns do not come into
 * it: the values are called {@code c0}, {@code c1}, and so on.
 *
 * @param types one for each value, as the server writes them
 * @param values of each row, as many as there are types
 */
record Lines(List<String> types, List<List<Value>> values) {
    /** For a FROM clause: {@code k(c0, …, place)} with places from 1. Takes {@link #parameter()}. */
    String from() {
        var names = new ArrayList<String>();
        var typed = new ArrayList<String>();
        for (int i = 0; i < types.size(); i++) {
            names.add("c" + i);
            typed.add("c" + i + " " + types.get(i));
        }
        return "ROWS FROM (pg_catalog.jsonb_to_recordset(CAST(? AS pg_catalog.jsonb)) AS (" + String.join(", ", typed)
                + ")) WITH ORDINALITY AS k(" + String.join(", ", names) + ", place)";
    }

    String parameter() {
        return CanonicalJson.text(Value.array(values.stream()
                .map(row -> {
                    var fields = new TreeMap<String, Value>();
                    for (int i = 0; i < row.size(); i++) {
                        fields.put("c" + i, row.get(i));
                    }
                    return Value.object(fields);
                })
                .toList()));
    }
}
