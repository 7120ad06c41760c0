package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What a file has to be before anything in it can be judged. */
final class YamlRules {
    static final List<Rule> ALL = List.of(
            error(
                    "YML-DUPLICATE-KEY",
                    "a key stands twice in one mapping",
                    "each mapping of a YAML file",
                    "YAML readers keep one of the two values, and not all of them the same one",
                    "remove one of them"),
            error(
                    "YML-ENCODING",
                    "the file is not UTF-8",
                    "the bytes of each file",
                    "a name would be another one on another machine",
                    "save the file as UTF-8"),
            error(
                    "YML-FILE",
                    "the file or folder cannot be read",
                    "each .yaml and .yml file below the folder, at most 32 folders deep and 20,000 files",
                    "what was not read would seem not to be wanted",
                    "correct the path or its permissions, or split the folder"),
            error(
                    "YML-KEY",
                    "a key is not a text",
                    "the keys of each mapping",
                    "fields are named by text; a list, an alias or nothing names none",
                    "write the key out, in quotes if need be"),
            error(
                    "YML-LIMIT",
                    "a file or folder goes past a limit",
                    "sizes, depth and the number of values, with aliases counted as what they stand for",
                    "a file of a few lines can stand for more than any memory holds",
                    "split it, or write it without aliases"),
            error(
                    "YML-NUMBER",
                    "a number has no exact decimal form that can be kept",
                    "each number: .inf, .nan and very long ones",
                    "another number would reach the target than the one that was written",
                    "write a plain number, or put it in quotes if it is text"),
            error(
                    "YML-SYNTAX",
                    "the file is not YAML",
                    "each file, read as YAML 1.2",
                    "nobody can say what it asks for",
                    "correct the syntax; what follows in that file was not looked at"),
            error(
                    "YML-TAG",
                    "a tag asks for a type that manifests do not have",
                    "tags such as !!binary or !ref",
                    "tags make readers build things that the text does not show",
                    "remove the tag"));

    private YamlRules() {}
}
