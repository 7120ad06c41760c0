package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which row of which table: its {@link #address()} is both the entry's name and its identity.
 *
 * @param key text of each key column by its name, at least one; the database reads it as the column's type
 */
public record RowAddress(TableName table, SortedMap<String, String> key) {
    private static final PercentCode NAMES = new PercentCode("|=");
    private static final PercentCode VALUES = new PercentCode("|");

    public RowAddress {
        key = Collections.unmodifiableSortedMap(new TreeMap<>(key));
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a row has a key");
        }
    }

    /** A value of a key as text; empty for one that no key has: null, a list or an object. */
    public static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> Optional.of(text);
            case Value.Num(BigDecimal number) -> Optional.of(number.toPlainString());
            case Value.Bool(var bool) -> Optional.of(String.valueOf(bool));
            case Value.Nil _, Value.Arr _, Value.Obj _ -> Optional.empty();
        };
    }

    /** {@code schema.table|column=value|…}, columns ascending; what separates the parts is percent-encoded inside them. */
    public String address() {
        var address = new StringBuilder(table.address());
        key.forEach((column, value) ->
                address.append('|').append(NAMES.encode(column)).append('=').append(VALUES.encode(value)));
        return address.toString();
    }

    /**
     * Reads what {@link #address()} gives.
     *
     * @throws ProblemException with code {@code ROW-ADDRESS} if the text is none of that
     */
    public static RowAddress parse(String address) {
        try {
            var parts = List.of(address.split("\\|", -1));
            var key = new TreeMap<String, String>();
            for (var part : parts.subList(1, parts.size())) {
                int equals = part.indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException("'" + part + "' is no column and value");
                }
                key.put(NAMES.decode(part.substring(0, equals)), VALUES.decode(part.substring(equals + 1)));
            }
            var row = new RowAddress(TableName.parse(parts.getFirst()), key);
            if (!row.address().equals(address)) {
                throw new IllegalArgumentException("it is written '" + row.address() + "'");
            }
            return row;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of("ROW-ADDRESS", "the text is not the address of a row")
                            .about(address)
                            .expected("schema.table|column=value|…, columns ascending")
                            .found(e.getMessage()),
                    e);
        }
    }
}
