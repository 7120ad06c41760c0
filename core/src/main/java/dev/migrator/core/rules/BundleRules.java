package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What all manifests have to be together. */
final class BundleRules {
    static final List<Rule> ALL = List.of(
            error(
                    "BND-ABSENT-REFERENCE",
                    "a schema refers to a version that the bundle asks to be gone",
                    "references of schemas and subjects of smoke checks, against manifests with state: absent",
                    "it would work until the migration ends, and not after it",
                    "let what is referred to stay, or let both go"),
            error(
                    "BND-ARTIFACT-DISAGREEMENT",
                    "two versions of one artifact differ in what they say of it",
                    "type and rules of all Schema manifests of one artifact",
                    "an artifact has one type and one set of rules: which of the two would be a matter of chance",
                    "write the same type and rules in each of its versions"),
            error(
                    "BND-CYCLE",
                    "resources refer to each other in a circle",
                    "references between resources",
                    "none of them could be created first",
                    "take one reference out"),
            error(
                    "BND-DANGLING-REFERENCE",
                    "a schema refers to one that is not in the bundle",
                    "references by logical name",
                    "the registry would refuse the schema, or a check could look at nothing",
                    "correct the name, or add what is referred to"),
            error(
                    "BND-DEPENDS-ON",
                    "a resource depends on one that is not in the bundle",
                    "metadata.dependsOn of each resource",
                    "the order that it asks for could not be kept",
                    "correct the name, or leave it out: what is there already needs no order"),
            error(
                    "BND-DEPENDS-ON-ABSENT",
                    "a resource depends on one that the bundle asks to be gone",
                    "metadata.dependsOn, against manifests with state: absent",
                    "one of the two manifests cannot be meant so",
                    "let what is depended on stay, or let both go"),
            error(
                    "BND-DUPLICATE-ADDRESS",
                    "two resources have one address",
                    "the real names of all resources, per kind",
                    "two manifests would write one entry in turns",
                    "remove one, or give it another address"),
            error(
                    "BND-DUPLICATE-UID",
                    "two resources have one uid",
                    "names and uids of all resources",
                    "history, holds and renames go by uid: they would be mixed up",
                    "rename one, or give it another uid"),
            error(
                    "BND-FILE",
                    "a file that a manifest names is not part of the bundle",
                    "spec.file of a Schema in a bundle that was not packaged by the migrator command",
                    "services see the bundle alone: the text has to be in it",
                    "package the manifests with the migrator command"),
            error(
                    "BND-FORMAT",
                    "this is not a bundle",
                    "the bytes of a bundle",
                    "nobody can say what it asks for",
                    "package the manifests with the migrator command"),
            error(
                    "BND-TOO-LARGE",
                    "the bundle is too large",
                    "the canonical bytes of all manifests, at most 64 MiB",
                    "services hold a bundle in memory while they plan",
                    "split it into projects of their own"),
            error(
                    "BND-TOO-MANY",
                    "there are too many resources",
                    "the number of manifests, at most 100,000",
                    "services hold a bundle in memory while they plan",
                    "split them into projects of their own"),
            error(
                    "BND-TOO-MANY-DEPENDENCIES",
                    "the resources depend on too many others",
                    "dependencies in all, at most 1,000,000; a prefixed ACL depends on each topic that it covers",
                    "many prefixed ACLs over many topics multiply",
                    "use fewer prefixed ACLs over many topics, or split the bundle"),
            error(
                    "BND-UID-REUSED",
                    "a uid is used again for another kind",
                    "kinds and uids of all resources",
                    "history, holds and renames go by uid: a uid names one thing of one kind for ever",
                    "leave uid out, or write another one"));

    private BundleRules() {}
}
