package dev.migrator.target.postgres;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableName;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import java.util.TreeMap;

/** Rows in tests, written shortly. */
final class Entries {
    private Entries() {}

    static EntryKey row(String table, String... columnsAndValues) {
        var key = new TreeMap<String, String>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            key.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return new EntryKey(
                TestDatabase.TARGET,
                Kinds.ROW,
                new RowAddress(TableName.read(table).orElseThrow(), key).address());
    }

    /** @param json an object of columns and values */
    static Content columns(String json) {
        var fields = new TreeMap<String, Value>();
        ((Value.Obj) CanonicalJson.parse(json))
                .fields()
                .forEach((column, value) -> fields.put(TableRowsKind.COLUMN + column, value));
        return Content.of(fields);
    }

    static Operation.Create create(EntryKey key, String json) {
        return new Operation.Create(key, columns(json));
    }

    static Operation.Update update(EntryKey key, String before, String after) {
        return new Operation.Update(key, columns(before), columns(after));
    }

    static Operation.Delete delete(EntryKey key, Content before) {
        return new Operation.Delete(key, before, Removal.RETIRE);
    }

    static Value column(Content content, String name) {
        return content.get(TableRowsKind.COLUMN + name);
    }
}
