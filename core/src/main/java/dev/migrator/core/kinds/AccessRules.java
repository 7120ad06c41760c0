package dev.migrator.core.kinds;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a set of rules says about one call, as Kafka decides it (Apache Kafka, "Authorization and ACLs", and
 * StandardAuthorizer): a rule that denies wins over all that allow; an operation that is allowed brings the ones with it
 * that make no sense apart. Super users, whom no rule touches, are not known here.
 */
public final class AccessRules {
    /** What the rules say. */
    public enum Answer {
        ALLOWED,
        DENIED,
        /** No rule speaks of it: it depends on the broker's settings. */
        SILENT
    }

    /** Who asks for what. */
    public record Call(String principal, String host, String operation, String resourceType, String resourceName) {}

    private static final String ANY = "*";
    private static final String ANY_PRINCIPAL = "User:*";

    /** Operations that bring the one in the key with them when they are allowed; a denial is meant literally. */
    private static final Map<String, Set<String>> BROUGHT_BY = Map.of(
            "DESCRIBE", Set.of("READ", "WRITE", "DELETE", "ALTER"),
            "DESCRIBE_CONFIGS", Set.of("ALTER_CONFIGS"));

    private final List<AclTuple> rules;

    public AccessRules(Collection<AclTuple> rules) {
        this.rules = List.copyOf(rules);
    }

    public Answer ask(Call call) {
        var answer = Answer.SILENT;
        for (var rule : rules) {
            if (denies(rule, call)) {
                return Answer.DENIED;
            }
            if (allows(rule, call)) {
                answer = Answer.ALLOWED;
            }
        }
        return answer;
    }

    public static boolean denies(AclTuple rule, Call call) {
        return rule.permission().equals("DENY")
                && speaksOf(rule, call)
                && (rule.operation().equals("ALL") || rule.operation().equals(call.operation()));
    }

    public static boolean allows(AclTuple rule, Call call) {
        return rule.permission().equals("ALLOW")
                && speaksOf(rule, call)
                && (rule.operation().equals("ALL")
                        || rule.operation().equals(call.operation())
                        || BROUGHT_BY.getOrDefault(call.operation(), Set.of()).contains(rule.operation()));
    }

    private static boolean speaksOf(AclTuple rule, Call call) {
        return rule.resourceType().equals(call.resourceType())
                && (rule.principal().equals(ANY_PRINCIPAL) || rule.principal().equals(call.principal()))
                && (rule.host().equals(ANY) || rule.host().equals(call.host()))
                && covers(rule, call.resourceName());
    }

    /** Whether the rule's pattern is about a resource of that name, given that the types are the same. */
    public static boolean covers(AclTuple rule, String name) {
        return rule.patternType().equals("PREFIXED")
                ? name.startsWith(rule.resourceName())
                : rule.resourceName().equals(ANY) || rule.resourceName().equals(name);
    }
}
