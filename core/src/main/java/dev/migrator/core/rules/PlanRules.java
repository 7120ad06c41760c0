package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;
import java.util.stream.Stream;

/** What can only be judged with what the target says. */
final class PlanRules {
    static final List<Rule> ALL = Stream.of(
                    error(
                            "PLN-AMBIGUOUS-TARGET",
                            "the environment has several targets for a resource",
                            "the types of the environment's targets",
                            "where the resource belongs would be a guess",
                            "name one of them in metadata.target, or leave one target of the type in the environment"),
                    error(
                            "PLN-ARTIFACT-TYPE",
                            "the type of an artifact is not changed",
                            "the type in the manifest and that in the registry",
                            "clients that know the artifact could not read what comes next",
                            "use another artifactId"),
                    warning(
                            "PLN-CAUTION",
                            "a warning for the approver, shown in the plan",
                            "each operation, for what undoing it does not bring back",
                            "records that a shorter retention deletes are gone whatever is undone",
                            "make sure that this is meant; the approver is shown the same sentence"),
                    error(
                            "PLN-CHECK-SUBJECT",
                            "what a check names is neither in the bundle nor in the target",
                            "topic or schema of each smoke check",
                            "the check would fail after everything was applied, and roll it all back",
                            "correct the name"),
                    error(
                            "PLN-LOCK-OUT",
                            "the plan would take away what its executor needs, also for undoing it",
                            "each ACL that the plan deletes or that denies, against the principal that environments.yaml"
                                    + " declares for the target and all rules that the target holds",
                            "after the change nobody could undo it with this product",
                            "leave the rule out, or give the executor a rule of its own in a migration before this one"),
                    error(
                            "PLN-NO-TARGET",
                            "the environment has no target for a resource",
                            "the types of the environment's targets",
                            "the resource would silently be left out",
                            "declare a target of the type in environments.yaml, or leave the resource out"),
                    warning(
                            "PLN-ONE-WAY",
                            "this cannot be undone",
                            "each operation: whether the target offers a way back",
                            "a rollback leaves it as it is, and the migration then ends as ROLLBACK_INCOMPLETE",
                            "leave the change out, or have two people approve it; a protected environment asks for them"),
                    error(
                            "PLN-PARTITIONS-DECREASE",
                            "a topic cannot have fewer partitions",
                            "partitions in the manifest and in the cluster",
                            "Kafka refuses it; only a new topic can have fewer",
                            "write the number that the topic has"),
                    error(
                            "PLN-REFERENCE-MISSING",
                            "what this refers to is neither in the bundle nor in the target",
                            "references to versions that the bundle does not hold",
                            "the registry would refuse the schema while the migration is under way",
                            "add what is referred to, or refer to a version that is there"),
                    error(
                            "PLN-RETIRED-PARTITIONS",
                            "a retired topic comes back with the partitions that it has",
                            "partitions in the manifest and of the retired topic",
                            "it is taken into use again as it was left, with its data; more partitions are a change of"
                                    + " their own, which cannot be undone",
                            "write the number that the topic has, and change it in a migration after this one"),
                    warning(
                            "PLN-SUPPRESSED",
                            "a rule that stops is suppressed for what this changes",
                            "metadata.suppress of each resource that changes, for rules that are errors",
                            "its author says that the rule is wrong here, and nobody else has looked at it",
                            "make sure that the reason is right"),
                    error(
                            "PLN-TOO-LARGE",
                            "the plan has too many operations",
                            "the number of operations",
                            "nobody can review it, and no batch could carry it",
                            "migrate in several steps"),
                    error(
                            "PLN-VERSION-CONTENT",
                            "a published version is never changed",
                            "content and references in the manifest and in the registry",
                            "clients keep what they read once: two contents under one version are never noticed",
                            "give the changed schema a new version"),
                    error(
                            "PLN-VERSION-DELETED",
                            "a deleted version does not come back under its number",
                            "versions of subjects that the registry holds as deleted",
                            "the registry would register the schema under another number",
                            "give the schema a new version"))
            .map(Rule::againstAnEnvironment)
            .toList();

    private PlanRules() {}
}
