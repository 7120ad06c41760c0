package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** In which steps changes reach an environment. */
final class RolloutRules {
    static final List<Rule> ALL = List.of(
            error(
                    "ROL-ENVIRONMENT",
                    "two rollouts are for one environment",
                    "the environments that all rollouts of a bundle name",
                    "a resource would be in two phases, and which of them comes first would be a matter of names",
                    "name each environment in one rollout"),
            error(
                    "ROL-PHASE",
                    "a phase of a rollout has no name of its own",
                    "the names of the phases of each rollout",
                    "statuses, plans and verdicts speak of a phase by its name",
                    "give it another name; rest is what no phase selects"),
            error(
                    "ROL-SELECT",
                    "a phase of a rollout does not say what it selects",
                    "what each phase of a rollout selects",
                    "labels and a list together could mean both of them or either",
                    "name labels, or name resources; use two phases for both"),
            error(
                    "ROL-SELECTS-NOTHING",
                    "a phase of a rollout selects a resource that is not there",
                    "what each phase of a rollout selects, among the resources as they are in each environment that it is for",
                    "a misspelt name would quietly reach the environment with the rest, and not be tried first",
                    "correct what it selects, or remove it"));

    private RolloutRules() {}
}
