package dev.migrator.cli.direct;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.EntryKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who else may change topics or rules, as far as access rules tell: a tool that puts its own state back works against every
 * migration. Super users hold no rules, so they cannot be seen here; nor can the resources that an operator keeps elsewhere.
 *
 * @param byPrincipal what each may change, in a few words
 */
record OtherWriters(SortedMap<String, SortedSet<String>> byPrincipal) {
    private static final Set<String> CHANGING = Set.of("ALL", "ALTER", "ALTER_CONFIGS", "CREATE", "DELETE");
    /** Names under which tools that reconcile are commonly run. */
    private static final List<String> RECONCILERS = List.of(
            "topic-operator",
            "user-operator",
            "strimzi",
            "terraform",
            "jikkou",
            "julie",
            "kafka-gitops",
            "kafka_gitops",
            "topology-builder");

    static OtherWriters of(Collection<EntryKey> keys) {
        var found = new TreeMap<String, SortedSet<String>>();
        for (EntryKey key : keys) {
            if (key.kind().equals(AclKind.ENTRY)) {
                try {
                    var rule = AclTuple.parse(key.address());
                    if (changes(rule)) {
                        found.computeIfAbsent(rule.principal(), _ -> new TreeSet<>())
                                .add(words(rule));
                    }
                } catch (ProblemException _) {
                    // no rule that can be read is none that can be told of
                }
            }
        }
        return new OtherWriters(found);
    }

    private static boolean changes(AclTuple rule) {
        return rule.permission().equals("ALLOW")
                && CHANGING.contains(rule.operation())
                && (rule.resourceType().equals("TOPIC") || rule.resourceType().equals("CLUSTER"));
    }

    private static String words(AclTuple rule) {
        return rule.operation() + " "
                + (rule.resourceType().equals("CLUSTER")
                        ? "cluster"
                        : rule.resourceName() + (rule.patternType().equals("PREFIXED") ? "*" : ""));
    }

    /** Those that are called like a tool that reconciles. A guess by name, and said as one. */
    SortedMap<String, SortedSet<String>> reconcilers() {
        var some = new TreeMap<String, SortedSet<String>>();
        byPrincipal.forEach((principal, rights) -> {
            var name = principal.toLowerCase(Locale.ROOT);
            if (RECONCILERS.stream().anyMatch(name::contains)) {
                some.put(principal, rights);
            }
        });
        return some;
    }
}
