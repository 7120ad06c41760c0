package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What a TableRows manifest has to be beyond its shape. */
final class RowRules {
    static final List<Rule> ALL = List.of(
            error(
                    "ROW-KEY",
                    "a row cannot be told from others by this key",
                    "the columns under spec.key, and their values in each row: text, a number or a boolean",
                    "a row is found by its key; without it, another row might be changed",
                    "name each column of the key once, and give every row a value for each"),
            error(
                    "ROW-KEYS-DIFFER",
                    "rows of one table have different keys",
                    "spec.key of all manifests of a table",
                    "one row would be two entries, and what one of them asks for may contradict the other",
                    "write the same columns under key everywhere"),
            error(
                    "ROW-REPEATED",
                    "a row is named twice",
                    "the keys of the rows of a manifest",
                    "it is not said which of the two is meant",
                    "remove one of the two"),
            error(
                    "ROW-TABLE",
                    "this is no name of a table that can be managed",
                    "spec.table: table or schema.table, and no schema of the database system itself",
                    "there is no such table, or the database relies on what is in it",
                    "correct the name; put a part that has dots in it in double quotes"));

    private RowRules() {}
}
