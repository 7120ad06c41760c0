package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.kinds.AclTuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * A lock-out is found exactly when some part of the changes, in a world small enough to try everything, takes a call away
 * from the executor. The rules of that world are written here a second time, from Kafka's documentation.
 */
class LockOutPropertyTest {
    private static final String ME = "User:me";
    private static final List<String> ALL_HOSTS = List.of("h1", "somewhere else");
    private static final List<String> ALL_TOPICS = List.of("a", "aq", "ab", "abq", "z");

    private record Asked(String host, String operation, String type, String name) {}

    @Property(tries = 3000)
    void isFoundExactlyWhenSomePartOfTheChangesTakesSomethingAway(
            @ForAll("rules") Set<AclTuple> held,
            @ForAll("rules") Set<AclTuple> named,
            @ForAll("picks") Set<Integer> picks) {
        var deleted = new ArrayList<AclTuple>();
        var ordered = new ArrayList<>(new TreeSet<>(held));
        picks.stream().filter(pick -> pick < ordered.size()).forEach(pick -> deleted.add(ordered.get(pick)));
        var created = new HashSet<>(named);
        created.removeAll(held);

        var lockOut = new LockOut(
                ME,
                held,
                created.stream()
                        .filter(rule -> rule.permission().equals("DENY"))
                        .toList(),
                deleted.stream()
                        .filter(rule -> rule.permission().equals("ALLOW"))
                        .toList(),
                ALL_TOPICS);
        var found = new ArrayList<AclTuple>(created);
        found.addAll(deleted);
        boolean said = found.stream()
                .filter(rule -> created.contains(rule) == rule.permission().equals("DENY"))
                .anyMatch(rule -> lockOut.causedBy(rule).isPresent());

        boolean happens = somePartTakesAway(held, List.copyOf(created), deleted);
        Statistics.collect(happens ? "locked out" : "not locked out");
        assertThat(said).isEqualTo(happens);
    }

    private static boolean somePartTakesAway(Set<AclTuple> held, List<AclTuple> created, List<AclTuple> deleted) {
        int changes = created.size() + deleted.size();
        for (int part = 0; part < 1 << changes; part++) {
            var after = new HashSet<>(held);
            for (int i = 0; i < changes; i++) {
                if ((part & 1 << i) != 0) {
                    if (i < created.size()) {
                        after.add(created.get(i));
                    } else {
                        after.remove(deleted.get(i - created.size()));
                    }
                }
            }
            for (var asked : everything()) {
                var before = answer(held, asked);
                var now = answer(after, asked);
                if ((before.equals("yes") && !now.equals("yes")) || (before.equals("-") && now.equals("no"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Asked> everything() {
        var all = new ArrayList<Asked>();
        for (var host : ALL_HOSTS) {
            for (var operation : List.of("ALTER", "ALTER_CONFIGS", "CREATE", "DESCRIBE", "DESCRIBE_CONFIGS")) {
                all.add(new Asked(host, operation, "CLUSTER", "kafka-cluster"));
            }
            for (var topic : ALL_TOPICS) {
                for (var operation :
                        List.of("ALTER", "ALTER_CONFIGS", "CREATE", "DELETE", "DESCRIBE", "DESCRIBE_CONFIGS")) {
                    all.add(new Asked(host, operation, "TOPIC", topic));
                }
            }
        }
        return all;
    }

    private static String answer(Set<AclTuple> rules, Asked asked) {
        var matching = rules.stream()
                .filter(rule -> Set.of(ME, "User:*").contains(rule.principal()))
                .filter(rule -> Set.of(asked.host(), "*").contains(rule.host()))
                .filter(rule -> rule.resourceType().equals(asked.type()))
                .filter(rule -> rule.patternType().equals("LITERAL")
                        ? Set.of(asked.name(), "*").contains(rule.resourceName())
                        : asked.name().startsWith(rule.resourceName()))
                .toList();
        if (matching.stream()
                .anyMatch(rule -> rule.permission().equals("DENY")
                        && Set.of(asked.operation(), "ALL").contains(rule.operation()))) {
            return "no";
        }
        var enough = switch (asked.operation()) {
            case "DESCRIBE" -> Set.of("DESCRIBE", "READ", "WRITE", "DELETE", "ALTER", "ALL");
            case "DESCRIBE_CONFIGS" -> Set.of("DESCRIBE_CONFIGS", "ALTER_CONFIGS", "ALL");
            default -> Set.of(asked.operation(), "ALL");
        };
        return matching.stream()
                        .anyMatch(rule -> rule.permission().equals("ALLOW") && enough.contains(rule.operation()))
                ? "yes"
                : "-";
    }

    @Provide
    Arbitrary<Set<AclTuple>> rules() {
        return rule().set().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Set<Integer>> picks() {
        return Arbitraries.integers().between(0, 3).set().ofMaxSize(4);
    }

    private static Arbitrary<AclTuple> rule() {
        var on = Arbitraries.of(
                List.of("CLUSTER", "LITERAL", "kafka-cluster"),
                List.of("TOPIC", "LITERAL", "*"),
                List.of("TOPIC", "LITERAL", "a"),
                List.of("TOPIC", "LITERAL", "ab"),
                List.of("TOPIC", "PREFIXED", "a"),
                List.of("TOPIC", "PREFIXED", "ab"),
                List.of("GROUP", "LITERAL", "*"));
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(4, Arbitraries.just(ME)),
                                net.jqwik.api.Tuple.of(2, Arbitraries.just("User:*")),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just("User:other"))),
                        Arbitraries.of("*", "*", "h1"),
                        Arbitraries.of("ALL", "ALTER", "DESCRIBE", "ALTER_CONFIGS", "READ"),
                        Arbitraries.of("ALLOW", "ALLOW", "DENY"),
                        on)
                .as((who, host, operation, permission, what) ->
                        new AclTuple(who, host, operation, permission, what.get(0), what.get(1), what.get(2)));
    }
}
