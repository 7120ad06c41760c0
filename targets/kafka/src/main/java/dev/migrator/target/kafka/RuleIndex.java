package dev.migrator.target.kafka;

import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.AclTuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Access rules on topics, found by a topic's name: by itself, by its beginnings, or by all. */
final class RuleIndex {
    private static final String TOPIC = "TOPIC";
    private static final String PREFIXED = "PREFIXED";
    private static final String ALL = "*";

    private static final Comparator<Use.Permission> ORDER = Comparator.comparing(
                    (Use.Permission rule) -> !rule.through().isEmpty())
            .thenComparing(Use.Permission::principal)
            .thenComparing(Use.Permission::through)
            .thenComparing(Use.Permission::host)
            .thenComparing(Use.Permission::denied);

    private final Map<String, List<AclTuple>> literal = new HashMap<>();
    private final Map<String, List<AclTuple>> prefixed = new HashMap<>();

    RuleIndex(Collection<AclTuple> rules) {
        rules.stream()
                .filter(rule -> rule.resourceType().equals(TOPIC))
                .forEach(rule -> (rule.patternType().equals(PREFIXED) ? prefixed : literal)
                        .computeIfAbsent(rule.resourceName(), _ -> new ArrayList<>())
                        .add(rule));
    }

    /** Whether a rule on topics speaks of that one. */
    static boolean takesIn(AclTuple rule, String topic) {
        return rule.patternType().equals(PREFIXED)
                ? topic.startsWith(rule.resourceName())
                : rule.resourceName().equals(topic) || rule.resourceName().equals(ALL);
    }

    /** Rules on that topic: those that name it first, then by principal. */
    Some<Use.Permission> of(String topic) {
        var operations = new TreeMap<Use.Permission, SortedSet<String>>(ORDER);
        add(operations, literal.get(topic), "");
        add(operations, literal.get(ALL), ALL);
        for (int end = 0; end <= topic.length(); end++) {
            var beginning = topic.substring(0, end);
            add(operations, prefixed.get(beginning), beginning + ALL);
        }
        return Some.of(operations.entrySet().stream()
                .map(rule -> new Use.Permission(
                        rule.getKey().principal(),
                        rule.getKey().host(),
                        rule.getKey().denied(),
                        List.copyOf(rule.getValue()),
                        rule.getKey().through()))
                .toList());
    }

    private static void add(Map<Use.Permission, SortedSet<String>> to, List<AclTuple> rules, String through) {
        if (rules != null) {
            rules.forEach(rule -> to.computeIfAbsent(
                            new Use.Permission(
                                    rule.principal(),
                                    rule.host(),
                                    rule.permission().equals("DENY"),
                                    List.of(),
                                    through),
                            _ -> new TreeSet<>())
                    .add(rule.operation()));
        }
    }
}
