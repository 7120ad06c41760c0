package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an environment asks for before and after anything is written to it. Its digest is part of a plan's, so that an
 * approval given under one policy does not count under another.
 *
 * @param name of the preset, e.g. {@code protected}
 * @param requirements one for each line of the checklist, in its order
 * @param rules digest of the rules of the platform team that are in force there, if any are
 */
public record Policy(String name, List<Requirement> requirements, Optional<Digest> rules) {
    /** Line of what is asked for of single plans: see {@link Plan#rehearsedFor()}. */
    public static final String REHEARSED = "rehearsed";

    /**
     * @param line name of the checklist line, see {@link dev.migrator.core.lifecycle.ChecklistLine}
     * @param rule why it is asked for or not, for people
     */
    public record Requirement(String line, boolean required, String rule) {}

    public Policy {
        requirements = List.copyOf(requirements);
    }

    public static Policy of(Environment environment) {
        return of(environment.protection());
    }

    public static Policy of(Protection protection) {
        return switch (protection) {
            case OPEN -> preset("open", new Requirement("approved", false, "policy open: no approval is asked for"));
            case PROTECTED ->
                preset(
                        "protected",
                        new Requirement("approved", true, "policy protected: one approval by another person"));
        };
    }

    private static Policy preset(String name, Requirement approved) {
        return new Policy(
                name,
                List.of(
                        required("plan-validated", name),
                        required("dry-run", name),
                        required("snapshot-verified", name),
                        new Requirement(REHEARSED, false, "policies say which plans are rehearsed"),
                        approved,
                        required("target-unchanged", name),
                        new Requirement(
                                "monitoring-active", false, "environments say which monitoring has to be heard"),
                        required("state-verified", name)),
                Optional.empty());
    }

    /** The same, where these rules are in force too. */
    public Policy governedBy(Digest theRules) {
        return new Policy(name, requirements, Optional.of(theRules));
    }

    private static Requirement required(String line, String name) {
        return new Requirement(line, true, "policy " + name);
    }

    public Optional<Requirement> requirement(String line) {
        return requirements.stream()
                .filter(requirement -> requirement.line().equals(line))
                .findFirst();
    }

    /** Whether the line is asked for; one that the policy does not know is. */
    public boolean requires(String line) {
        return requirement(line).map(Requirement::required).orElse(true);
    }

    public boolean approvalRequired() {
        return requires("approved");
    }

    /** Over the name, what is required and the rules, not over the explanations. */
    public Digest digest() {
        var parts = new TreeMap<String, Value>();
        parts.put("name", Value.of(name));
        parts.put(
                "requires",
                Value.array(requirements.stream()
                        .filter(Requirement::required)
                        .map(requirement -> Value.of(requirement.line()))
                        .toList()));
        rules.ifPresent(digest -> parts.put("rules", Value.of(digest.toString())));
        return Digest.of(Value.object(parts));
    }
}
