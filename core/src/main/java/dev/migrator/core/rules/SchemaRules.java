package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What a Schema manifest has to be beyond its shape. */
final class SchemaRules {
    static final List<Rule> ALL = List.of(
            error(
                    "SCH-CONTENT",
                    "the content of a schema does not fit its type",
                    "the content of schemas of type AVRO and JSON, which has to be JSON",
                    "no client could read it",
                    "correct the content or the type"),
            error(
                    "SCH-REFERENCE-REPEATED",
                    "two references have one name",
                    "the names under spec.references",
                    "the content names what it refers to, so each name stands for one thing",
                    "remove one of them"));

    private SchemaRules() {}
}
