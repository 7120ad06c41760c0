package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;

/** What a Schema manifest has to be beyond its shape. */
final class SchemaRules {
    static final List<Rule> ALL = List.of(
            error(
                    "SCH-CONTENT",
                    "the content of a schema does not fit its type",
                    "the content of schemas of the types that are JSON: AVRO, JSON, KCONNECT, AGENT_CARD, MCP_TOOL,"
                            + " ICEBERG_TABLE, ICEBERG_VIEW",
                    "no client could read it",
                    "correct the content or the type"),
            error(
                            "SCH-DEFAULT",
                            "a default does not fit the type of its field",
                            "defaults in Avro schemas",
                            "readers that need the default fail, and the registry may refuse the schema",
                            "correct the default; suppress it for a version that the registry holds already")
                    .thatMayBeSuppressed(),
            error(
                    "SCH-DEFAULT-GROUP",
                    "the default group of a registry cannot be managed",
                    "the ids of schema groups",
                    "the registry keeps no description, labels or rules of it",
                    "give the artifacts a group, or write a RegistryRules manifest"),
            warning(
                    "SCH-IMPORT",
                    "a schema imports what it does not declare",
                    "imports of Protobuf schemas, against the names under spec.references",
                    "clients of the registry do not find what is imported",
                    "add the reference"),
            error(
                            "SCH-INCOMPATIBLE",
                            "a version is not compatible with an earlier one",
                            "versions of one Avro artifact in the bundle, as its rule COMPATIBILITY asks; what the registry"
                                    + " holds besides, and other types, the dry run asks the registry",
                            "the registry refuses the version while the migration is under way",
                            "make the change in a compatible way; suppress it for a version that the registry holds"
                                    + " already")
                    .thatMayBeSuppressed(),
            error(
                            "SCH-INVALID",
                            "the content is no valid schema of its type",
                            "contents of Avro schemas by Avro's own parser, of JSON schemas by the meta-schema that they"
                                    + " name, of Protobuf schemas by a parser",
                            "no client could read it, and the registry may refuse it",
                            "correct the schema; suppress it for a version that the registry holds already")
                    .thatMayBeSuppressed(),
            error(
                    "SCH-REFERENCE-REPEATED",
                    "two references have one name",
                    "the names under spec.references",
                    "the content names what it refers to, so each name stands for one thing",
                    "remove one of them"));

    private SchemaRules() {}
}
