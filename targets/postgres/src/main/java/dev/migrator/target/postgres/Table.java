package dev.migrator.target.postgres;

import dev.migrator.core.kinds.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a table looks like, as far as reading and writing its rows needs it.
 *
 * @param columns in the order of the table
 * @param uniqueKeys columns of each unique index that tells every row from every other
 * @param primaryKey empty where there is none
 * @param takers foreign keys by which other rows change or go when a row of this table goes
 */
record Table(
        TableName name,
        List<Column> columns,
        List<Set<String>> uniqueKeys,
        List<String> primaryKey,
        List<ForeignKey> takers) {
    /**
     * @param type as the server writes it, with its schema where it needs one
     * @param generated computed from others: read, never written
     * @param numbered the server gives it a number of its own unless told otherwise
     * @param numeric may hold a number that is longer than a canonical value
     */
    record Column(String name, String type, boolean generated, boolean numbered, boolean numeric) {
        /** The column's value as JSON text; a number that is too long for a canonical value comes as text. */
        String asJson(String row) {
            var json = "pg_catalog.to_jsonb(" + row + "." + Sql.name(name) + ")";
            return numeric
                    ? "CASE WHEN length(" + json + "::text) > " + LONGEST_NUMBER + " THEN pg_catalog.to_jsonb(" + json
                            + "::text) ELSE " + json + " END::text"
                    : json + "::text";
        }
    }

    /**
     * What refers to this table.
     *
     * @param from another table, or the same
     * @param does on a delete: {@code c} deletes along, {@code n} clears, {@code d} puts the default there
     */
    record ForeignKey(String name, TableName from, List<String> columns, List<String> refersTo, String does) {}

    private static final int LONGEST_NUMBER = 64;

    Table {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
        primaryKey = List.copyOf(primaryKey);
        takers = List.copyOf(takers);
    }

    Optional<Column> column(String column) {
        return columns.stream().filter(one -> one.name().equals(column)).findFirst();
    }

    boolean isTheKeyOfOneRow(Set<String> names) {
        return uniqueKeys.contains(names);
    }
}
