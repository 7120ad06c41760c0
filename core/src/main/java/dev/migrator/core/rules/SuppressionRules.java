package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;
import java.util.stream.Stream;

/** What a manifest may say about findings. */
final class SuppressionRules {
    static final List<Rule> ALL = Stream.concat(
                    Stream.of(
                            error(
                                    "SUP-NOT-POSSIBLE",
                                    "this rule cannot be suppressed",
                                    "metadata.suppress, against the rules that say that they can be",
                                    "what it finds stops a migration half-way, or is for the approver to know",
                                    "remove the suppression, and correct what the rule finds"),
                            error(
                                    "SUP-REASON",
                                    "the reason of a suppression says nothing",
                                    "metadata.suppress: each reason, at least 10 letters or digits",
                                    "who reviews the manifest, or finds it in a year, has to know why",
                                    "say why the finding does not matter here"),
                            error(
                                    "SUP-REPEATED",
                                    "a rule is suppressed twice",
                                    "metadata.suppress of each manifest",
                                    "which of the two reasons and dates counts would be a guess",
                                    "remove one of them"),
                            error(
                                    "SUP-UNKNOWN-RULE",
                                    "there is no such rule to suppress",
                                    "metadata.suppress, against all rules",
                                    "a misspelt code would be a wish that silently does not happen",
                                    "correct the code; migrator explain --all lists them")),
                    Stream.of(
                                    warning(
                                            "SUP-EXPIRED",
                                            "a suppression holds no more",
                                            "until in metadata.suppress, against today in UTC",
                                            "somebody wanted it to be looked at again by that day",
                                            "correct what the rule finds, or write another day"),
                                    warning(
                                            "SUP-UNUSED",
                                            "a suppression suppresses nothing",
                                            "metadata.suppress, against what the rule finds about the resource in any"
                                                    + " environment",
                                            "it would hide a finding that nobody has looked at yet",
                                            "remove it"))
                            .map(Rule::thatMayNotBeSuppressed))
            .toList();

    private SuppressionRules() {}
}
