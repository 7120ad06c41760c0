package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;
import java.util.stream.Stream;

/** What {@code environments.yaml} has to be. */
final class EnvironmentsFileRules {
    static final List<Rule> ALL = Stream.of(
                    error(
                            "ENV-DOCUMENT",
                            "an environments file is one document",
                            "the documents of the file",
                            "environments are ordered, and an order over several documents is none",
                            "put all environments into one document"),
                    error(
                            "ENV-DUPLICATE-NAME",
                            "two environments have the same name",
                            "the names of all environments",
                            "a migration could go to the wrong one",
                            "rename one of them"),
                    error(
                            "ENV-DUPLICATE-ORDER",
                            "two environments have the same place in the order",
                            "order of all environments",
                            "promotion goes from one to the next, so each has a place of its own",
                            "give one of them another order"),
                    error(
                            "ENV-DUPLICATE-TARGET",
                            "two targets of an environment have the same name",
                            "the names of an environment's targets",
                            "entries are named by target: they would be mixed up",
                            "rename one of them"),
                    error(
                            "ENV-DUPLICATE-SIGNAL",
                            "two signals of an environment are the same series",
                            "source, metric and attributes of all signals of an environment",
                            "one of the two bounds would be forgotten by whoever reads the other",
                            "remove one of them, or give them different attributes"),
                    error(
                            "ENV-SIGNAL-BOUNDS",
                            "no value can be well for a signal",
                            "min and max of each signal",
                            "with a min above its max nothing could ever be written there",
                            "make min at most max"),
                    error(
                            "ENV-FLEET-MODE",
                            "a fleet names an environment that takes no changes",
                            "the mode of each environment of a fleet",
                            "its migration would be rejected, so no run could get past its wave",
                            "remove it from the waves, or give it another mode"),
                    error(
                            "ENV-FLEET-NAME",
                            "two fleets have the same name",
                            "the names of all fleets",
                            "a change could go to the wrong one",
                            "rename one of them"),
                    error(
                            "ENV-FLEET-SIZE",
                            "a fleet has too many environments",
                            "the environments of each fleet",
                            "a run of it is followed in one record, which has a largest size",
                            "make two fleets of it"),
                    error(
                            "ENV-FLEET-TWICE",
                            "a fleet names an environment twice",
                            "the environments of each fleet",
                            "a run has one migration for each environment, in one wave",
                            "remove it from one of the waves"),
                    error(
                            "ENV-FLEET-UNKNOWN",
                            "a fleet names an environment that there is not",
                            "the environments of each fleet",
                            "its wave could never succeed",
                            "correct the name, or declare the environment"),
                    error(
                            "ENV-MISSING-FIELD",
                            "a field is missing",
                            "the fields that environments and targets must have",
                            "there is no safe value to guess",
                            "add the field"),
                    error(
                            "ENV-REHEARSAL",
                            "plans cannot be rehearsed like this",
                            "each environment with mode: rehearsal, and who names it under rehearsal.environment",
                            "a rehearsal removes what it is about from where it happens: that has to be a place for it alone",
                            "give one environment one rehearsal environment, with systems of its own and the same names and types of targets"),
                    warning(
                            "ENV-SAME-ADDRESS",
                            "two environments have the same target",
                            "the addresses of all targets",
                            "what is done in one of them is done in both",
                            "correct the address if that is not meant"),
                    error(
                            "ENV-SECRET",
                            "secrets do not belong into the environments file",
                            "names such as password or sasl.jaas.config, URLs with user names, private keys",
                            "the file is in a repository, and many may read it",
                            "name a credential instead, and replace the secret: it was in a file"),
                    error(
                            "ENV-TARGET-TYPE",
                            "a target has another type in another environment",
                            "types of the targets of one name",
                            "a target's name stands for the same system in every environment",
                            "give a target of another type another name"),
                    error(
                            "ENV-UNKNOWN-FIELD",
                            "a field is not known here",
                            "every field of the file",
                            "a misspelt field would be a wish that silently does not happen",
                            "correct the name, or remove it"),
                    error(
                            "ENV-VALUE",
                            "a value is not one that the field can have",
                            "each value, against the words, ranges and patterns of its field",
                            "it would mean something else, or nothing",
                            "use a value as the finding describes it"),
                    error(
                            "ENV-WRONG-TYPE",
                            "a value has the wrong type",
                            "each value: text, number, list or mapping",
                            "it would mean something else, or nothing",
                            "write it in the type that the finding names"))
            .map(Rule::inTheEnvironmentsFile)
            .toList();

    private EnvironmentsFileRules() {}
}
