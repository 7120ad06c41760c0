package dev.migrator.faults;

import static dev.migrator.faults.Written.avro;
import static dev.migrator.faults.Written.field;
import static dev.migrator.faults.Written.record;
import static dev.migrator.faults.Written.schema;

import java.util.stream.Stream;

/** Schemas that do not fit together, or not to what is there. */
final class SchemaFaults {
    private static final String TEXT = "\"string\"";

    private SchemaFaults() {}

    static Stream<Fault> all() {
        return Stream.of(offline(), contents(), planned(), registrys()).flatMap(faults -> faults);
    }

    private static Stream<Fault> offline() {
        var reference = "references: [{name: a, schema: Other, version: '1'}]";
        return Stream.of(
                Fault.of("an Avro schema that is no JSON", "SCH-CONTENT", avro("New", "1", "{\"type\":")),
                Fault.of("a JSON schema that is no JSON", "SCH-CONTENT", schema("New", "1", "JSON", "object", "")),
                Fault.of("a type that there is not", "MAN-VALUE", schema("New", "1", "THRIFTY", "{}", "")),
                Fault.of("a version with a space", "MAN-VALUE", avro("New", "1 2", record(""))),
                Fault.of(
                        "a rule that there is not",
                        "MAN-UNKNOWN-FIELD",
                        schema("New", "1", "AVRO", record(""), "rules: {BEAUTY: FULL}")),
                Fault.of(
                        "a value that the rule has not",
                        "MAN-VALUE",
                        schema("New", "1", "AVRO", record(""), "rules: {COMPATIBILITY: SIDEWARD}")),
                Fault.of(
                        "validity in a value of its own",
                        "MAN-VALUE",
                        schema("New", "1", "AVRO", record(""), "rules: {VALIDITY: SOME}")),
                Fault.of(
                        "no content",
                        "MAN-MISSING-FIELD",
                        Written.manifest("Schema", "New", "version: '1', type: AVRO")),
                Fault.of(
                        "a file that is not there",
                        "MAN-FILE",
                        Written.manifest("Schema", "New", "version: '1', type: AVRO, file: none.avsc")),
                Fault.of(
                        "a reference to nothing",
                        "BND-DANGLING-REFERENCE",
                        schema("New", "1", "AVRO", record(""), reference)),
                Fault.of(
                        "a reference to another version than there is",
                        "PLN-REFERENCE-MISSING",
                        schema("New", "1", "AVRO", record(""), reference),
                        avro("Other", "2", record(""))),
                Fault.of(
                        "a reference to what shall be gone",
                        "BND-ABSENT-REFERENCE",
                        schema("New", "1", "AVRO", record(""), reference),
                        Written.absent(avro("Other", "1", record("")))),
                Fault.of(
                        "two references of one name",
                        "SCH-REFERENCE-REPEATED",
                        schema(
                                "New",
                                "1",
                                "AVRO",
                                record(""),
                                "references: [{name: a, schema: Other, version: '1'}, {name: a, schema: Third, version: '1'}]"),
                        avro("Other", "1", record("")),
                        avro("Third", "1", record(""))),
                Fault.of(
                        "two schemas that refer to each other",
                        "BND-CYCLE",
                        schema("New", "1", "AVRO", record(""), reference),
                        schema(
                                "Other",
                                "1",
                                "AVRO",
                                record(""),
                                "references: [{name: b, schema: New, version: '1'}]")));
    }

    /** Between versions of one bundle, the files alone say what the registry would refuse after the first one is written. */
    private static Stream<Fault> contents() {
        var rules = "artifactId: Chain, rules: {COMPATIBILITY: %s}";
        var one = schema("One", "1", "AVRO", record(field("id", TEXT)), rules.formatted("BACKWARD"));
        return Stream.of(
                Fault.of(
                        "Avro: a new field without default, one version after the other",
                        "SCH-INCOMPATIBLE",
                        one,
                        schema(
                                "Two",
                                "2",
                                "AVRO",
                                record(field("id", TEXT) + "," + field("new", TEXT)),
                                rules.formatted("BACKWARD"))),
                Fault.of(
                        "Avro: a field less, where the one before has to read it",
                        "SCH-INCOMPATIBLE",
                        schema("One", "1", "AVRO", record(field("id", TEXT)), rules.formatted("FORWARD")),
                        schema("Two", "2", "AVRO", record(""), rules.formatted("FORWARD"))),
                Fault.of(
                        "Avro: a default of another type",
                        "SCH-DEFAULT",
                        avro("New", "1", record(field("count", "\"int\"", "\"none\"")))),
                Fault.of(
                        "Protobuf: a number twice",
                        "SCH-INVALID",
                        schema(
                                "New",
                                "1",
                                "PROTOBUF",
                                "syntax = \"proto3\"; message New { string a = 1; string b = 1; }",
                                "")),
                Fault.of(
                        "JSON: required names that are no list",
                        "SCH-INVALID",
                        schema("New", "1", "JSON", "{\"type\":\"object\",\"required\":\"a\"}", "")));
    }

    private static Stream<Fault> planned() {
        return Stream.of(
                Fault.of(
                        "other content under a published version",
                        "PLN-VERSION-CONTENT",
                        avro("Order", "1", record(field("other", TEXT)))),
                Fault.of(
                        "another type of an artifact that is there",
                        "PLN-ARTIFACT-TYPE",
                        schema("Order", "2", "JSON", "{}", "")),
                Fault.of(
                        "two opinions on one artifact's rules",
                        "BND-ARTIFACT-DISAGREEMENT",
                        schema("One", "1", "AVRO", record(""), "artifactId: Shared, rules: {VALIDITY: FULL}"),
                        schema("Two", "2", "AVRO", record(""), "artifactId: Shared, rules: {VALIDITY: NONE}")));
    }

    private static Stream<Fault> registrys() {
        return Stream.of(
                Fault.of(
                        "Avro: a new field without default",
                        "DRY-RULE",
                        avro("Order", "2", record(field("id", TEXT) + "," + field("new", TEXT)))),
                Fault.of(
                        "Avro: a field of another type",
                        "DRY-RULE",
                        avro("Order", "2", record(field("id", "\"long\"")))),
                Fault.of(
                        "Avro: another name",
                        "DRY-RULE",
                        avro("Order", "2", record(field("id", TEXT)).replace("Order", "Bill"))),
                Fault.of("Avro: a field less where both ways count", "DRY-RULE", avro("Both", "2", record(""))),
                Fault.of(
                        "Avro: a type that is none",
                        "SCH-INVALID",
                        avro("Order", "2", "{\"type\":\"recrod\",\"name\":\"Order\"}")),
                Fault.of(
                        "Avro: a type that is nowhere",
                        "SCH-INVALID",
                        avro("Order", "2", record(field("id", TEXT) + "," + field("m", "\"Money\"")))),
                Fault.of(
                        "Avro: a field twice",
                        "SCH-INVALID",
                        avro("Order", "2", record(field("id", TEXT) + "," + field("id", TEXT)))),
                Fault.of(
                        "Avro: an enumeration of nothing",
                        "SCH-INVALID",
                        avro(
                                "Order",
                                "2",
                                record(field("id", TEXT) + ","
                                        + field("e", "{\"type\":\"enum\",\"name\":\"E\"}", "\"A\"")))),
                Fault.of(
                        "JSON: a property of another type",
                        "DRY-RULE",
                        schema(
                                "Page",
                                "2",
                                "JSON",
                                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}",
                                "")),
                Fault.of(
                        "JSON: a property that is required now",
                        "DRY-RULE",
                        schema(
                                "Page",
                                "2",
                                "JSON",
                                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]}",
                                "")),
                Fault.of(
                        "JSON: a type that is none",
                        "SCH-INVALID",
                        schema("Page", "2", "JSON", "{\"type\":\"objekt\"}", "")),
                Fault.of(
                        "Protobuf: a field of another type",
                        "DRY-RULE",
                        schema("Ping", "2", "PROTOBUF", "syntax = \"proto3\"; message Ping { int64 id = 1; }", "")),
                Fault.of(
                        "Protobuf: a field of another number",
                        "DRY-RULE",
                        schema("Ping", "2", "PROTOBUF", "syntax = \"proto3\"; message Ping { string id = 2; }", "")),
                Fault.of(
                        "Protobuf: a misspelt word",
                        "SCH-INVALID",
                        schema("Ping", "2", "PROTOBUF", "syntax = \"proto3\"; messag Ping { }", "")));
    }
}
