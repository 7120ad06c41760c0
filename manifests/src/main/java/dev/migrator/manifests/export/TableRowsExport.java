package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableName;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows of one table become one manifest, or as many as its rows need. */
final class TableRowsExport {
    private static final int MOST_ROWS = 10_000;

    private TableRowsExport() {}

    /** A table by one key, in one target. */
    private record Table(String target, TableName name, Set<String> key) {
        String identity() {
            return target + " " + name.text() + " " + key;
        }
    }

    private record Row(RowAddress address, EntryState.Present state) {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present, Exporter.LeftOut leftOut) {
        var tables = new TreeMap<String, Map.Entry<Table, List<Row>>>();
        present.forEach((key, state) -> {
            if (key.kind().equals(TableRowsKind.ENTRY)) {
                try {
                    var address = RowAddress.parse(key.address());
                    var table = new Table(
                            key.target(), address.table(), address.key().keySet());
                    tables.computeIfAbsent(table.identity(), _ -> Map.entry(table, new ArrayList<>()))
                            .getValue()
                            .add(new Row(address, state));
                } catch (ProblemException e) {
                    leftOut.add(
                            key.toString(), e.problem().message(), e.problem().expected());
                }
            }
        });
        var drafts = new ArrayList<Draft>();
        tables.values().forEach(table -> drafts.addAll(drafts(table.getKey(), table.getValue())));
        return drafts;
    }

    private static List<Draft> drafts(Table table, List<Row> rows) {
        var drafts = new ArrayList<Draft>();
        for (int from = 0; from < rows.size(); from += MOST_ROWS) {
            var some = rows.subList(from, Math.min(rows.size(), from + MOST_ROWS));
            var part = rows.size() <= MOST_ROWS ? "" : "-" + (from / MOST_ROWS + 1);
            drafts.add(new Draft(
                    TableRowsKind.KIND,
                    table.name().text().replace("\"", "") + part,
                    table.identity() + part,
                    Value.object(
                            "table", Value.of(table.name().text()),
                            "key",
                                    Value.array(
                                            table.key().stream().map(Value::of).toList()),
                            "rows",
                                    Value.array(some.stream()
                                            .map(TableRowsExport::row)
                                            .toList())),
                    "rows of " + table.identity()));
        }
        return drafts;
    }

    /** Every column, the key among them. */
    private static Value.Obj row(Row row) {
        var columns = new TreeMap<String, Value>();
        row.state()
                .content()
                .fields()
                .forEach((field, value) -> columns.put(field.substring(TableRowsKind.COLUMN.length()), value));
        row.address().key().forEach((column, text) -> columns.putIfAbsent(column, Value.of(text)));
        return Value.object(columns);
    }
}
