package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What an External manifest has to be beyond its shape. */
final class ExternalRules {
    static final List<Rule> ALL = List.of(
            error(
                    "EXT-FIELD-NAME",
                    "a field cannot have this name",
                    "the names under spec.fields",
                    "names that begin with secret. are kept for values that only the executor knows",
                    "give the field another name"),
            error(
                    "EXT-FIELDS",
                    "an entry has too many fields",
                    "the number of names under spec.fields, at most 200",
                    "a plan lists each field that it writes, and nobody reads hundreds of them",
                    "put what belongs together into one field"),
            error(
                    "EXT-SECRET",
                    "a secret stands where none can stand",
                    "secret references within spec.fields",
                    "a field with a secret in it is never read back, so the rest of it would not be compared either",
                    "give the secret a field of its own, next to the others"));

    private ExternalRules() {}
}
