package dev.migrator.target.postgres;

import dev.migrator.core.kinds.TableName;

/** The only place where names and texts become part of a statement. Values of rows never do: they are parameters. */
final class Sql {
    private Sql() {}

    /** A quoted identifier. @throws IllegalArgumentException for a name that none can have */
    static String name(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name has characters, and none of them is zero");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String name(TableName table) {
        return name(table.schema()) + "." + name(table.table());
    }

    /** A quoted text, for statements that take no parameters. */
    static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text has no character zero");
        }
        var doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
