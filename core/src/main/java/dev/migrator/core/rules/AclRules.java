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
                    "ACL-ABSENT-USER",
                    "the rule is for a user that the bundle asks to be gone",
                    "principals of rules, against KafkaUser manifests with state: absent",
                    "a rule left behind gives rights to whoever gets that name next",
                    "write state: absent for the rule as well"),
            warning(
                    "ACL-EVERYBODY",
                    "a rule lets everybody make changes",
                    "rules that allow User:* to write, create, delete or alter",
                    "whoever reaches the brokers has that right, also without a name",
                    "name who needs it"),
            warning(
                    "ACL-EVERYTHING",
                    "a rule lets somebody change everything of a type",
                    "rules that allow to write, create, delete or alter on the literal *",
                    "it holds for what is made later as well, by whomever",
                    "name what it is about, or the beginning of its name with pattern: prefixed"),
            warning(
                    "ACL-GIVES-ALL",
                    "who has this right can give themselves every other one",
                    "rules that allow ALL or ALTER on the cluster",
                    "ALTER on the cluster is the right to change rules, and with it every right",
                    "allow what is needed by name; suppress it for those who administer the cluster"),
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
