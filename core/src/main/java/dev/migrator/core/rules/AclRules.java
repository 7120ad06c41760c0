package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;

/** What an Acl manifest has to be beyond its shape. */
final class AclRules {
    static final List<Rule> ALL = List.of(
            warning(
                    "ACL-ABSENT-TOPIC",
                    "the rule is for a topic that the bundle asks to be gone",
                    "literal topic rules, against Topic manifests with state: absent",
                    "a rule left behind gives rights on whatever gets that name next",
                    "write state: absent for the rule as well"),
            warning(
                    "ACL-OPERATION",
                    "this operation means nothing for this type of resource",
                    "each operation, against those that Kafka checks for the type of resource",
                    "the rule seems to allow or deny something and does not",
                    "use an operation that the type has"),
            error(
                    "ACL-REPEATED",
                    "an operation is named twice",
                    "spec.operations",
                    "each operation is an entry of its own, and no entry can be there twice",
                    "name each operation once"),
            error(
                    "ACL-RESERVED",
                    "this rule is how a retired topic is marked and cannot be managed",
                    "DENY READ or WRITE for User:* on a literal topic",
                    "a topic that holds data is taken out of use with exactly this rule, and put back by removing it",
                    "to take the topic out of use, write state: absent in its Topic manifest"),
            error(
                    "ACL-RESOURCE",
                    "no resource of this type can have this name",
                    "spec.resource",
                    "the broker refuses it, or the rule never matches",
                    "use a name that resources of the type have"));

    private AclRules() {}
}
