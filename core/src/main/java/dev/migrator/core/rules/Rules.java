package dev.migrator.core.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every rule. A new one is an entry in the list of its subject, and two folders of fixtures, see {@code
 * manifests/src/test/resources/rules}.
 */
public final class Rules {
    /** @param title heading in {@code docs/rules.md} */
    public record Chapter(String title, List<Rule> rules) {
        public Chapter {
            rules = List.copyOf(rules);
        }
    }

    private static final List<Chapter> CHAPTERS = List.of(
            new Chapter("Reading YAML", YamlRules.ALL),
            new Chapter("Manifests", ManifestRules.ALL),
            new Chapter("Suppressions", SuppressionRules.ALL),
            new Chapter("Bundles", BundleRules.ALL),
            new Chapter("Variables and secrets", VariableRules.ALL),
            new Chapter("Overlays", OverlayRules.ALL),
            new Chapter("Mappings", MappingRules.ALL),
            new Chapter("Projects", ProjectRules.ALL),
            new Chapter("Rollouts", RolloutRules.ALL),
            new Chapter("Topics", TopicRules.ALL),
            new Chapter("ACLs", AclRules.ALL),
            new Chapter("Quotas", QuotaRules.ALL),
            new Chapter("Users", UserRules.ALL),
            new Chapter("Schemas", SchemaRules.ALL),
            new Chapter("Rows of tables", RowRules.ALL),
            new Chapter("Connectors", ConnectorRules.ALL),
            new Chapter("In-house systems", ExternalRules.ALL),
            new Chapter("Roles and grants", RoleRules.ALL),
            new Chapter("Actions", ActionRules.ALL),
            new Chapter("Against an environment", PlanRules.ALL),
            new Chapter("Against what was applied before", InventoryRules.ALL),
            new Chapter("The environments file", EnvironmentsFileRules.ALL));

    private static final SortedMap<String, Rule> BY_CODE = byCode();

    private Rules() {}

    /** In the order of {@code docs/rules.md}. */
    public static List<Chapter> chapters() {
        return CHAPTERS;
    }

    /** Ascending by code. */
    public static List<Rule> all() {
        return List.copyOf(BY_CODE.values());
    }

    public static Optional<Rule> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** Ascending. */
    public static List<String> codes() {
        return List.copyOf(BY_CODE.keySet());
    }

    private static SortedMap<String, Rule> byCode() {
        Map<String, Rule> byCode = new TreeMap<>();
        CHAPTERS.forEach(chapter -> chapter.rules().forEach(rule -> {
            if (byCode.put(rule.code(), rule) != null) {
                throw new IllegalStateException("two rules have the code " + rule.code());
            }
        }));
        return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byCode));
    }
}
