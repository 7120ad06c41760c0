package dev.migrator.target.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asking and taking each line of the answer. */
final class Rows {
    private Rows() {}

    /** Takes one line. */
    @FunctionalInterface
    interface Line<R> {
        R of(ResultSet line) throws SQLException;
    }

    /** @param parameters texts and whole numbers */
    static <R> List<R> all(Connection connection, String sql, Line<R> each, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            try (var lines = statement.executeQuery()) {
                var all = new ArrayList<R>();
                while (lines.next()) {
                    all.add(each.of(lines));
                }
                return all;
            }
        }
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    /** Writes, and says how many lines. */
    static int write(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }

    /** The first column of the only line. */
    static String text(Connection connection, String sql, Object... parameters) throws SQLException {
        return all(connection, sql, line -> line.getString(1), parameters).getFirst();
    }

    static boolean flag(Connection connection, String sql, Object... parameters) throws SQLException {
        return all(connection, sql, line -> line.getBoolean(1), parameters).getFirst();
    }

    static List<String> texts(ResultSet line, int column) throws SQLException {
        var array = line.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
