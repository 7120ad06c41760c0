package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** Who owns which addresses. */
final class ProjectRules {
    static final List<Rule> ALL = List.of(
            error(
                    "PRJ-FOREIGN",
                    "a resource stands where another project owns",
                    "the address of each resource, with what projects own",
                    "two teams would write one entry, or one would take what is not its own",
                    "move the resource to the project that owns the address, or give it another address"),
            error(
                    "PRJ-KIND",
                    "nothing of this kind stands in a target, so nobody can own it",
                    "the kinds that projects own",
                    "the claim would never mean anything",
                    "remove it"),
            error(
                            "PRJ-LIMIT",
                            "the plan deletes more of a project than the project allows",
                            "the deletes of a plan, and spec.limits of the project",
                            "a wrong folder or a wrong overlay takes away a few entries at most",
                            "delete them in several migrations, or raise spec.limits of the project")
                    .againstAnEnvironment(),
            error(
                    "PRJ-OUTSIDE",
                    "a resource stands outside of what its project owns",
                    "the address of each resource of a declared project",
                    "nobody would know that the address is taken",
                    "add a pattern to spec.owns of the project, or give the resource another address"),
            error(
                    "PRJ-OVERLAP",
                    "two projects own the same addresses",
                    "the patterns of all projects",
                    "each entry has one owner, who approves its changes",
                    "name them more narrowly in one of the two"),
            error(
                    "PRJ-PATTERN",
                    "a pattern has a * elsewhere than at its end",
                    "the patterns of all projects",
                    "whether two patterns meet has to be plain to see",
                    "write an address, or the beginning of addresses and then *"),
            error(
                    "PRJ-TARGET",
                    "a kind is not one of this type of target",
                    "target and kind of what projects own",
                    "the claim would never mean anything",
                    "leave target out: it follows from the kind"));

    private ProjectRules() {}
}
