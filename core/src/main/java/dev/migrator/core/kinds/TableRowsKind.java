package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code TableRows}: rows of one configuration or mapping table; each row is an entry of its own. */
public final class TableRowsKind implements KindRules {
    public static final String KIND = "TableRows";
    public static final String ENTRY = "row";
    /** Before the name of a column, in the fields of a row. */
    public static final String COLUMN = "column.";

    static final String TARGET_TYPE = "postgresql";
    /** Rows of one manifest; more go into several. */
    static final int MAX_ROWS = 10_000;

    private static final String REQUIRES = "requires";
    private static final int MAX_COLUMNS = 1_600;
    private static final int MAX_KEY_COLUMNS = 32;
    private static final int MAX_NAME = 63;
    private static final int MAX_KEY_VALUE = 1_000;

    /** Only the tables that the credential names are listed. */
    @Override
    public boolean isListedWhole() {
        return false;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return Shape.fields()
                .required("table", Shape.anyText(2 * MAX_NAME + 10))
                .optional(
                        REQUIRES,
                        Shape.fields()
                                .required("table", Shape.anyText(2 * MAX_NAME + 10))
                                .required("column", Shape.anyText(MAX_NAME))
                                .required("value", Shape.anyText(MAX_KEY_VALUE)))
                .required("key", new Shape.Items(Shape.anyText(MAX_NAME), 1, MAX_KEY_COLUMNS))
                .required(
                        "rows",
                        new Shape.Items(
                                new Shape.Dictionary(
                                        Shape.anyText(MAX_NAME).pattern(),
                                        "the name of a column, of 1 to " + MAX_NAME + " characters",
                                        new Shape.Anything(),
                                        MAX_COLUMNS),
                                1,
                                MAX_ROWS));
    }

    /** A row is its key: to be gone, it has to be named. */
    @Override
    public Shape.Fields specWhenAbsent() {
        return spec();
    }

    /** Empty for a text that names none. */
    public static Optional<TableName> table(Resource resource) {
        return Specs.text(resource.spec(), "table").flatMap(TableName::read);
    }

    /** The row by which the tool that changes the structure of tables says that it has come so far. */
    private static Optional<RowAddress> required(Resource resource) {
        var requires = Specs.object(resource.spec(), REQUIRES);
        return Specs.text(requires, "table")
                .flatMap(TableName::read)
                .map(table -> new RowAddress(
                        table,
                        new TreeMap<>(Map.of(
                                Specs.text(requires, "column").orElse(""),
                                Specs.text(requires, "value").orElse("")))));
    }

    /** Names of the key's columns, as written. */
    public static List<String> key(Resource resource) {
        return Specs.items(resource.spec(), "key").stream()
                .map(name -> ((Value.Text) name).value())
                .toList();
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var table = table(resource);
        if (table.isEmpty()) {
            notes.error("/spec/table", noTable(resource.spec()));
        } else if (table.get().isOfTheSystem()) {
            notes.error(
                    "/spec/table",
                    Problem.of("ROW-TABLE", "this is no name of a table that can be managed")
                            .expected("a table that does not belong to the database system itself")
                            .found(table.get().text()));
        }
        if (resource.spec().get(REQUIRES) instanceof Value.Obj requires
                && required(resource).isEmpty()) {
            notes.error("/spec/requires/table", noTable(requires));
        }
        if (new LinkedHashSet<>(key(resource)).size() < key(resource).size()) {
            notes.error(
                    "/spec/key",
                    Problem.of("ROW-KEY", "a row cannot be told from others by this key")
                            .expected("each column once")
                            .found(String.join(", ", key(resource))));
        }
        keys(resource, notes);
    }

    private static Problem noTable(Value.Obj object) {
        return Problem.of("ROW-TABLE", "this is no name of a table that can be managed")
                .expected("table or schema.table, a part with dots in double quotes")
                .found(Specs.text(object, "table").orElse(""));
    }

    private static void keys(Resource resource, Notes notes) {
        var rows = Specs.items(resource.spec(), "rows");
        var seen = new HashMap<List<String>, Integer>();
        for (int i = 0; i < rows.size(); i++) {
            var row = (Value.Obj) rows.get(i);
            var values = new ArrayList<String>();
            for (var column : key(resource)) {
                var text = RowAddress.text(row.get(column)).filter(value -> value.length() <= MAX_KEY_VALUE);
                if (text.isEmpty()) {
                    notes.error(
                            Notes.under("/spec/rows", String.valueOf(i)),
                            Problem.of("ROW-KEY", "a row cannot be told from others by this key")
                                    .expected("text, a number or a boolean in " + column + ", of at most "
                                            + MAX_KEY_VALUE + " characters")
                                    .found(row.fields().containsKey(column) ? Specs.shown(row.get(column)) : "nothing")
                                    .todo("name every column of the key in every row"));
                }
                values.add(text.orElse(""));
            }
            var first = seen.putIfAbsent(values, i);
            if (first != null) {
                notes.error(
                        Notes.under("/spec/rows", String.valueOf(i)),
                        Problem.of("ROW-REPEATED", "a row is named twice")
                                .expected("each key once")
                                .found(String.join(", ", values) + ", also in row " + first)
                                .todo("remove one of the two"));
            }
        }
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var table = table(resource).orElseThrow();
        var keyColumns = new LinkedHashSet<>(key(resource));
        var entries = new ArrayList<DesiredEntry>();
        for (var item : Specs.items(resource.spec(), "rows")) {
            var row = (Value.Obj) item;
            var key = new TreeMap<String, String>();
            keyColumns.forEach(
                    column -> key.put(column, RowAddress.text(row.get(column)).orElse("")));
            var address = new RowAddress(table, key).address();
            entries.add(DesiredEntry.of(
                    new EntryKey(target, ENTRY, address),
                    address,
                    resource,
                    resource.absent() ? Content.EMPTY : managed(row, keyColumns)));
        }
        return entries;
    }

    private static Content managed(Value.Obj row, Set<String> keyColumns) {
        var fields = new TreeMap<String, Value>();
        row.fields().forEach((column, value) -> {
            if (!keyColumns.contains(column)) {
                fields.put(COLUMN + column, value);
            }
        });
        return Content.of(fields);
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS);
    }

    /** The table may have another name elsewhere; what its rows say is for variables and overlays. */
    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        return table(resource)
                .map(table -> List.of(Mappable.text(Mappable.ADDRESS, KIND, "table", table.text())))
                .orElse(List.of());
    }

    /** What has to be there first is looked for in the target when the plan is made, and is in its snapshot. */
    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return entry.absent()
                ? Collections.emptySortedSet()
                : required(entry.resource())
                        .<SortedSet<EntryKey>>map(row ->
                                new TreeSet<>(Set.of(new EntryKey(entry.key().target(), ENTRY, row.address()))))
                        .orElse(Collections.emptySortedSet());
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    /** A plan holds the whole row before it goes, and a row that others refer to is not removed: undoing is exact. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create _ -> Assessment.of(Risk.ADDITIVE, UndoClass.EXACT);
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }
}
