package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rights that Kafka gives out and that are more than most people mean. Only what allows: to deny all is careful. */
final class AclChecks {
    /** Operations that change what others rely on. */
    private static final Set<String> CHANGING =
            Set.of("ALL", "WRITE", "CREATE", "DELETE", "ALTER", "ALTER_CONFIGS", "CLUSTER_ACTION");

    private static final Set<String> GIVING_RIGHTS = Set.of("ALL", "ALTER");

    private final AclTuple any;
    private final List<AclTuple> rules;
    private final Notes notes;

    private AclChecks(List<AclTuple> rules, Notes notes) {
        this.any = rules.getFirst();
        this.rules = rules;
        this.notes = notes;
    }

    /** @param rules of one manifest: they differ in their operation only */
    static void check(List<AclTuple> rules, Notes notes) {
        var checks = new AclChecks(rules, notes);
        if (checks.any.permission().equals("ALLOW")) {
            checks.cluster();
            checks.everybody();
            checks.everything();
        }
    }

    private void cluster() {
        var operations = among(GIVING_RIGHTS);
        if (any.resourceType().equals("CLUSTER") && !operations.isEmpty()) {
            notes.warning(
                    "/spec/operations",
                    Problem.of("ACL-GIVES-ALL", "who has this right can give themselves every other one")
                            .expected("operations on the cluster other than ALL and ALTER")
                            .found(operations + " for " + any.principal())
                            .todo("allow what is needed by name; suppress it for those who administer the cluster"));
        }
    }

    private void everybody() {
        var operations = among(CHANGING);
        if (any.principal().equals("User:*") && !operations.isEmpty()) {
            notes.warning(
                    "/spec/principal",
                    Problem.of("ACL-EVERYBODY", "a rule lets everybody make changes")
                            .expected("a principal with a name")
                            .found(operations + " for User:*, which is anybody, also without a name")
                            .todo("name who needs it"));
        }
    }

    private void everything() {
        var operations = among(CHANGING);
        boolean all = any.resourceName().equals("*") && any.patternType().equals("LITERAL");
        if (all && !operations.isEmpty()) {
            notes.warning(
                    "/spec/resource/name",
                    Problem.of("ACL-EVERYTHING", "a rule lets somebody change everything of a type")
                            .expected("a name, or a beginning of names with pattern: prefixed")
                            .found(operations + " on every " + any.resourceType())
                            .todo("name what it is about"));
        }
    }

    private String among(Set<String> operations) {
        return rules.stream()
                .map(AclTuple::operation)
                .filter(operations::contains)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
