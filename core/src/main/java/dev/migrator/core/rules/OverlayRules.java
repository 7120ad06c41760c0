package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What is different in one environment. */
final class OverlayRules {
    static final List<Rule> ALL = List.of(
            error(
                    "OVL-CONFLICT",
                    "two overlays of one environment set a variable differently",
                    "variables that several overlays of one environment set",
                    "which of the two values holds would be a matter of the overlays' names",
                    "set it in one of them"),
            error(
                    "OVL-IDENTITY",
                    "an overlay cannot change what a resource is",
                    "what each patch of an overlay changes",
                    "history, holds and references go by kind, name, uid and project: they are the same everywhere",
                    "patch spec, labels or state; a real name is spec.address, or what a Mapping makes of it"),
            error(
                    "OVL-SELECTS-ALL",
                    "a patch does not say what it selects",
                    "what each patch of an overlay selects",
                    "a change to everything is hardly ever meant",
                    "name a kind, a name or labels"),
            error(
                    "OVL-SELECTS-NOTHING",
                    "a patch selects no resource",
                    "what each patch of an overlay selects, among the resources as they are written",
                    "a misspelt name would quietly leave the environment without its change",
                    "correct what it selects, or remove the patch"),
            error(
                    "OVL-TOO-BROAD",
                    "the patches of an environment change too much",
                    "how much all patches of an environment look at and change, each resource counted as often as it is changed",
                    "many patches that each select much multiply",
                    "name the resources exactly, or use a variable"),
            error(
                    "SET-DUPLICATE",
                    "two documents of one kind have one name",
                    "kind and name of all settings documents",
                    "overlays and mappings apply in the order of their names, which has to be one",
                    "rename one, or put both together"),
            error(
                    "SET-TOO-MANY",
                    "the settings of a bundle are too many",
                    "the number of variables (1,000), of environments that settings name (64) and of patterns that projects own (10,000)",
                    "each environment is checked by itself, and each name is looked up in all of them",
                    "split the bundle"));

    private OverlayRules() {}
}
