package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** How names turn into those of an environment. */
final class MappingRules {
    static final List<Rule> ALL = List.of(
            error(
                    "MAP-COSTLY",
                    "a pattern takes too long on a name",
                    "how often a mapping rule's pattern looks at the characters of a name, at most 200,000 times",
                    "many repetitions try every way to split a name, which can take longer than anybody waits",
                    "write the pattern with fewer repetitions"),
            error(
                    "MAP-EXAMPLE",
                    "an example of a mapping rule does not come true",
                    "every example of every rule, with all rules of the environment together",
                    "a rule that does not do what its author expects names the wrong thing in production",
                    "correct the rule, or the example"),
            error(
                    "MAP-FIELD",
                    "a rule maps a field that cannot be mapped",
                    "the field of each mapping rule, with its kind",
                    "the rule would never do anything",
                    "name a field that resources of the kind have"),
            error(
                    "MAP-PATTERN",
                    "a pattern is not one that mapping rules take",
                    "the pattern of each mapping rule",
                    "look-around, back-references and the like mean different things to different engines, and can hold the machine up",
                    "write a \\ before a character that stands for itself"),
            error(
                    "MAP-PREFIX",
                    "a rule for a beginning of names is about other topics once names are mapped",
                    "prefixed ACLs and the topics that they cover, before and after the mapping of names",
                    "somebody would lose access to a topic, or get it, by a mapping of names",
                    "write the mapping rule so that it also matches the beginning alone, e.g. shop\\.(.*)"),
            error(
                    "MAP-REPLACEMENT",
                    "what a rule maps to names a group that its pattern does not have",
                    "the groups $1 to $9 of each mapping rule",
                    "what the group stands for is not there",
                    "put ( ) around the part of match to keep; for a plain $ write $$"),
            error(
                    "MAP-UNMATCHED",
                    "no rule says what a name is in this environment",
                    "every value of a field that a Mapping lists under mustMatch",
                    "a name of the test environment would reach another one unnoticed",
                    "add a rule, or one that keeps it: match it and map it to itself"),
            error(
                    "MAP-UNTESTED",
                    "no example of a mapping rule is decided by it",
                    "which rule decides each example",
                    "an untested rule, or one that another hides, is a surprise on the day it matters",
                    "add an example that the rule matches and no rule before it, or move the rule up"));

    private MappingRules() {}
}
