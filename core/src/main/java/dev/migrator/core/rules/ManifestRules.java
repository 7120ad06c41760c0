package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** The shape of a single manifest. */
final class ManifestRules {
    static final List<Rule> ALL = List.of(
            error(
                    "MAN-FILE",
                    "the file that a manifest names cannot be used",
                    "spec.file of a Schema: UTF-8, at most 1 MiB, inside the folder of the manifests",
                    "the schema would be missing from the bundle, or come from somewhere that no commit holds",
                    "write the path relative to the manifest, to a file inside the folder"),
            error(
                    "MAN-MISSING-FIELD",
                    "a field is missing",
                    "the fields that a manifest of its kind must have",
                    "there is no safe value to guess",
                    "add the field"),
            error(
                    "MAN-NONE",
                    "there are no manifests",
                    "the folder as a whole",
                    "an empty folder is a wrong path more often than a wish",
                    "name the folder that holds the manifests"),
            error(
                    "MAN-TOO-DEEP",
                    "a manifest is nested too deeply",
                    "levels of mappings and lists in one manifest, at most 48",
                    "the bundle that carries it has to stay readable everywhere",
                    "flatten it; a deep schema can be written as text or in a file of its own"),
            error(
                    "MAN-TOO-LARGE",
                    "a manifest is too large",
                    "the bytes of one manifest in canonical form, at most 4 MiB",
                    "entries travel in messages and batches of a bounded size",
                    "split the schema into several that refer to each other"),
            error(
                    "MAN-UNKNOWN-FIELD",
                    "a field is not known here",
                    "every field, against those that its kind has",
                    "a misspelt field would be a wish that silently does not happen",
                    "correct the name, or remove it"),
            error(
                    "MAN-UNKNOWN-KIND",
                    "the kind of a manifest is not known",
                    "the field kind",
                    "nothing is known about what it asks for",
                    "use one of the known kinds"),
            error(
                    "MAN-VALUE",
                    "a value is not one that the field can have",
                    "each value, against the words, ranges and patterns of its field",
                    "the target would refuse it, or take it for something else",
                    "use a value as the finding describes it"),
            error(
                    "MAN-WRONG-TYPE",
                    "a manifest has the wrong type",
                    "each value: text, number, boolean, list or mapping",
                    "1.10 without quotes is the number 1.1, and yes is a text",
                    "write it in the type the finding names, often with or without quotes"));

    private ManifestRules() {}
}
