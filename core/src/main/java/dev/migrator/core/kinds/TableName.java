package dev.migrator.core.kinds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table's full name, as it is: nothing is turned into lower case.
 *
 * @param schema e.g. {@code public}
 * @param table 1 to 63 bytes, as PostgreSQL has them
 */
public record TableName(String schema, String table) implements Comparable<TableName> {
    static final String DEFAULT_SCHEMA = "public";

    private static final PercentCode CODE = new PercentCode(".|=");

    /**
     * Reads {@code table}, {@code schema.table} or either with quotes, {@code crm."odd.name"}, in which two quotes stand
     * for one.
     *
     * @return empty if it is none of these
     */
    public static Optional<TableName> read(String text) {
        var parts = parts(text);
        if (text.indexOf('\0') >= 0 || parts.stream().anyMatch(String::isBlank)) {
            return Optional.empty();
        }
        return switch (parts.size()) {
            case 1 -> Optional.of(new TableName(DEFAULT_SCHEMA, parts.getFirst()));
            case 2 -> Optional.of(new TableName(parts.getFirst(), parts.getLast()));
            default -> Optional.empty();
        };
    }

    /** Separated by dots outside of quotes; empty if quotes do not match. */
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                part.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return quoted ? List.of() : parts;
    }

    /** Written such that {@link #read} gives this name again. */
    public String text() {
        return quoted(schema) + "." + quoted(table);
    }

    private static String quoted(String part) {
        return part.indexOf('.') < 0 && part.indexOf('"') < 0 && part.equals(part.strip())
                ? part
                : '"' + part.replace("\"", "\"\"") + '"';
    }

    /** Beginning of the addresses of the table's rows. */
    String address() {
        return CODE.encode(schema) + "." + CODE.encode(table);
    }

    /** @throws IllegalArgumentException if the text is not what {@link #address} gives */
    static TableName parse(String address) {
        var parts = address.split("\\.", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + address + "' is no schema and table");
        }
        return new TableName(CODE.decode(parts[0]), CODE.decode(parts[1]));
    }

    /** Belongs to the database system itself. */
    boolean isOfTheSystem() {
        return schema.startsWith("pg_") || schema.equals("information_schema");
    }

    @Override
    public int compareTo(TableName other) {
        return address().compareTo(other.address());
    }
}
