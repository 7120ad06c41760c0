package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RowAddressTest {
    private static RowAddress row(String schema, String table, Map<String, String> key) {
        return new RowAddress(new TableName(schema, table), new TreeMap<>(key));
    }

    @Test
    void theAddressIsTheTableAndTheKeyInOrder() {
        var row = row("public", "fees", Map.of("currency", "EUR", "country", "DE"));

        assertThat(row.address()).isEqualTo("public.fees|country=DE|currency=EUR");
        assertThat(RowAddress.parse(row.address())).isEqualTo(row);
    }

    @Test
    void whatSeparatesPartsIsEncodedInsideThem() {
        var row = row("a.b", "c|d", Map.of("x=y", "1=1|2 100%"));

        assertThat(row.address()).isEqualTo("a%2Eb.c%7Cd|x%3Dy=1=1%7C2 100%25");
        assertThat(RowAddress.parse(row.address())).isEqualTo(row);
    }

    @Property(tries = 300)
    void everyRowHasItsOwnAddress(
            @ForAll String schema,
            @ForAll String table,
            @ForAll String column,
            @ForAll String value,
            @ForAll String other) {
        var one = row(schema, table, Map.of(column, value));
        var another = row(schema, table, Map.of(column, other));

        assertThat(RowAddress.parse(one.address())).isEqualTo(one);
        assertThat(one.address().equals(another.address())).isEqualTo(value.equals(other));
    }

    @Property(tries = 300)
    void whatIsReadIsWrittenTheSame(@ForAll String text) {
        try {
            assertThat(RowAddress.parse("s.t|" + text).address()).isEqualTo("s.t|" + text);
        } catch (ProblemException e) {
            assertThat(e.problem().code()).isEqualTo("ROW-ADDRESS");
        }
    }

    @Test
    void columnsInAnotherOrderAreNoAddress() {
        for (var text : new String[] {"s.t|b=1|a=1", "s.t", "s|a=1", "s.t.u|a=1", "s.t|a", "s.t|a=1|a=2"}) {
            assertThatThrownBy(() -> RowAddress.parse(text)).isInstanceOf(ProblemException.class);
        }
    }

    @Property(tries = 300)
    void aNameOfATableIsReadAsItIsWritten(@ForAll @NotEmpty String schema, @ForAll @NotEmpty String table) {
        var name = new TableName(schema, table);
        boolean possible = !schema.isBlank() && !table.isBlank() && (schema + table).indexOf('\0') < 0;

        assertThat(TableName.read(name.text()))
                .isEqualTo(possible ? java.util.Optional.of(name) : java.util.Optional.empty());
    }

    @Test
    void aNameOfATableMayLeaveOutItsSchema() {
        assertThat(TableName.read("fees")).contains(new TableName("public", "fees"));
        assertThat(TableName.read("\"a.b\".\"say \"\"x\"\"\"")).contains(new TableName("a.b", "say \"x\""));
        assertThat(TableName.read("a.b.c")).isEmpty();
        assertThat(TableName.read("a.")).isEmpty();
        assertThat(TableName.read("\"a")).isEmpty();
    }
}
