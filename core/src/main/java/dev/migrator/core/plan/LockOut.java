package dev.migrator.core.plan;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.AccessRules;
import dev.migrator.core.kinds.AccessRules.Answer;
import dev.migrator.core.kinds.AccessRules.Call;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.kinds.UserName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds changes of rules after which the executor could not do its work any more, and so could not undo them either. It
 * counts the changes that take away and none that give, as a migration may stop after any of its operations.
 */
final class LockOut {
    /** What the executor does to a cluster and to topics. */
    private static final List<String> ON_CLUSTER =
            List.of("ALTER", "ALTER_CONFIGS", "CREATE", "DESCRIBE", "DESCRIBE_CONFIGS");

    private static final List<String> ON_TOPICS =
            List.of("ALTER", "ALTER_CONFIGS", "CREATE", "DELETE", "DESCRIBE", "DESCRIBE_CONFIGS");

    private static final String CLUSTER = "kafka-cluster";
    /** Stands for all that no rule names; topics and addresses have no such character. */
    private static final String ANY_OTHER = "\u0000";

    private final String principal;
    private final List<AclTuple> held;
    private final AccessRules before;
    private final AccessRules after;
    private final Set<String> hosts = new TreeSet<>();
    private final Collection<String> topics;

    /**
     * @param target whose principal is declared
     * @param steps all of a plan, by key
     * @param states what is known of the target; the more rules are among them, the fewer changes are taken for a
     *     lock-out without need
     * @return by the step that causes it
     */
    static SortedMap<EntryKey, Problem> in(
            TargetConfig target, String principal, SortedMap<EntryKey, Step> steps, Map<EntryKey, EntryState> states) {
        var held = new ArrayList<AclTuple>();
        states.forEach((key, state) -> {
            if (isRule(key, target) && state.exists()) {
                held.add(AclTuple.parse(key.address()));
            }
        });
        var changes = new TreeMap<EntryKey, AclTuple>();
        steps.forEach((key, step) -> {
            if (isRule(key, target)) {
                var rule = AclTuple.parse(key.address());
                boolean takesAway = step.deletes()
                        ? rule.permission().equals("ALLOW")
                        : rule.permission().equals("DENY");
                if (takesAway && isAbout(rule, principal)) {
                    changes.put(key, rule);
                }
            }
        });
        var topics = steps.keySet().stream()
                .filter(key -> key.target().equals(target.name()) && key.kind().equals(TopicKind.ENTRY))
                .map(EntryKey::address)
                .toList();
        var lockOut = new LockOut(
                principal,
                held,
                changes.values().stream()
                        .filter(rule -> rule.permission().equals("DENY"))
                        .toList(),
                changes.values().stream()
                        .filter(rule -> rule.permission().equals("ALLOW"))
                        .toList(),
                topics);
        var problems = new TreeMap<EntryKey, Problem>();
        var own = new EntryKey(target.name(), KafkaUserKind.ENTRY, UserName.of(principal));
        if (steps.containsKey(own) && !(steps.get(own).operation() instanceof Operation.Create)) {
            problems.put(own, ownUser(own, principal));
        }
        changes.forEach((key, rule) -> lockOut.causedBy(rule).ifPresent(problem -> problems.put(key, problem)));
        return problems;
    }

    /** Whether a change of rules locks the executor out depends on all rules of the target: they have to be read. */
    static Map<String, Set<String>> wholeKinds(Environment environment, Set<EntryKey> keys) {
        var whole = new TreeMap<String, Set<String>>();
        environment.targets().stream()
                .filter(target -> target.principal().isPresent())
                .filter(target -> keys.stream().anyMatch(key -> isRule(key, target)))
                .forEach(target -> whole.put(target.name(), Set.of(AclKind.ENTRY)));
        return whole;
    }

    private static boolean isRule(EntryKey key, TargetConfig target) {
        return key.target().equals(target.name()) && key.kind().equals(AclKind.ENTRY);
    }

    /**
     * @param principal whom the executor is to the target, e.g. {@code User:migrator}
     * @param held rules that the target holds
     * @param denials rules that the plan creates and that deny
     * @param withdrawn rules that the plan deletes and that allow
     * @param topics topics of the plan
     */
    LockOut(
            String principal,
            Collection<AclTuple> held,
            Collection<AclTuple> denials,
            Collection<AclTuple> withdrawn,
            Collection<String> topics) {
        this.principal = principal;
        this.held = about(held);
        var left = new ArrayList<>(this.held);
        left.removeAll(Set.copyOf(withdrawn));
        left.addAll(about(denials));
        this.before = new AccessRules(this.held);
        this.after = new AccessRules(left);
        this.topics = topics;
        hosts.add(ANY_OTHER);
        this.held.forEach(rule -> hosts.add(rule.host()));
        left.forEach(rule -> hosts.add(rule.host()));
        hosts.remove("*");
    }

    /** What stands against this change, empty when the executor can still do all that it could. */
    Optional<Problem> causedBy(AclTuple change) {
        boolean denies = change.permission().equals("DENY");
        return calls(change)
                .filter(call -> denies ? AccessRules.denies(change, call) : AccessRules.allows(change, call))
                .filter(this::isLost)
                .findFirst()
                .map(call -> problem(change, denies, call));
    }

    private boolean isLost(Call call) {
        var then = before.ask(call);
        var now = after.ask(call);
        return (then == Answer.ALLOWED && now != Answer.ALLOWED) || (then == Answer.SILENT && now == Answer.DENIED);
    }

    /** Every call that the change can make a difference to, in a stated order. */
    private Stream<Call> calls(AclTuple change) {
        var operations = change.resourceType().equals("CLUSTER") ? ON_CLUSTER : ON_TOPICS;
        return names(change).stream()
                .flatMap(name -> hosts.stream()
                        .flatMap(host -> operations.stream()
                                .map(operation -> new Call(principal, host, operation, change.resourceType(), name))));
    }

    /**
     * Topics of the plan and names that rules speak of, and for each pattern one that nothing else names. Of other types
     * none: the executor neither joins groups nor has transactions.
     */
    private Set<String> names(AclTuple change) {
        var names = new TreeSet<String>();
        switch (change.resourceType()) {
            case "CLUSTER" -> names.add(CLUSTER);
            case "TOPIC" -> {
                names.addAll(topics);
                held.stream()
                        .filter(rule -> rule.resourceType().equals("TOPIC"))
                        .forEach(rule -> names(rule, names));
                names(change, names);
                names.removeIf(name -> !AccessRules.covers(change, name));
            }
            default -> {
                // nothing
            }
        }
        return names;
    }

    private static void names(AclTuple rule, Set<String> names) {
        if (rule.patternType().equals("PREFIXED")) {
            names.add(rule.resourceName());
            names.add(rule.resourceName() + ANY_OTHER);
        } else {
            names.add(rule.resourceName().equals("*") ? ANY_OTHER : rule.resourceName());
        }
    }

    private List<AclTuple> about(Collection<AclTuple> rules) {
        return rules.stream().filter(rule -> isAbout(rule, principal)).sorted().toList();
    }

    private static boolean isAbout(AclTuple rule, String principal) {
        return rule.principal().equals(principal) || rule.principal().equals("User:*");
    }

    /** It logs in with the password that it has: neither taking it away nor changing it could be undone. */
    private static Problem ownUser(EntryKey own, String principal) {
        return Problem.of("PLN-LOCK-OUT", "the plan would take away what its executor needs, also for undoing it")
                .about(own.toString())
                .expected("the user and password that the executor logs in with, " + principal + ", stay")
                .found("a plan that deletes or changes it")
                .todo("leave it to whoever runs the executor, or give the executor another user before");
    }

    private Problem problem(AclTuple change, boolean denies, Call call) {
        var on = call.resourceType() + " "
                + (call.resourceName().equals(ANY_OTHER)
                        ? "*"
                        : call.resourceName().replace(ANY_OTHER, "…"));
        var from = call.host().equals(ANY_OTHER) ? "" : " from " + call.host();
        return Problem.of("PLN-LOCK-OUT", "the plan would take away what its executor needs, also for undoing it")
                .about("acl " + change.address())
                .expected(principal + " keeps " + call.operation() + " on " + on + from)
                .found(denies ? "a rule that denies it" : "its rule deleted, and no other one that allows it")
                .todo("leave this rule out, or give " + principal
                        + " a rule of its own in a migration before this one");
    }
}
