package dev.migrator.policy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.policy.PolicyRule.Demand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Takes a document of the right shape apart, and finds what a schema cannot say. */
final class PolicyReader {
    private static final String REHEARSAL = "rehearsal";
    private static final String SEVERITY = "severity";
    private static final List<String> DEMANDS = List.of("require", "deny", "approvals", REHEARSAL);

    private static final List<String> FOR_WHAT_HAPPENS = List.of("approvals", REHEARSAL);

    private final Value.Obj document;
    private final YamlDocument source;
    private final String file;
    private final List<Finding> findings;

    /** @param findings where mistakes are added */
    PolicyReader(YamlDocument source, String file, List<Finding> findings) {
        this.document = (Value.Obj) source.value();
        this.source = source;
        this.file = file;
        this.findings = findings;
    }

    /** Those that can be understood, in the order of the file. */
    List<PolicyRule> rules() {
        var rules = new ArrayList<PolicyRule>();
        var names = new TreeSet<String>();
        var items = items(document.get("policies"));
        for (int i = 0; i < items.size(); i++) {
            var at = "/policies/" + i;
            var name = text(items.get(i), "name").orElseThrow();
            if (!names.add(name)) {
                find(
                        at + "/name",
                        Problem.of("POL-DUPLICATE", "two policies have the same name")
                                .about("policy " + name)
                                .expected("each name once")
                                .found(name + " again")
                                .todo("rename one of them"));
            }
            rule(items.get(i), name, at).ifPresent(rules::add);
        }
        return rules;
    }

    private Optional<PolicyRule> rule(Value.Obj policy, String name, String at) {
        var demands = DEMANDS.stream().filter(policy.fields()::containsKey).toList();
        var over = Over.of(text(policy, "over").orElseThrow());
        if (demands.size() != 1) {
            find(
                    at,
                    Problem.of("POL-DEMAND", "it is not clear what a policy asks for")
                            .about("policy " + name)
                            .expected("one of " + String.join(", ", DEMANDS))
                            .found(demands.isEmpty() ? "none" : String.join(" and ", demands))
                            .todo("write a policy for each"));
            return Optional.empty();
        }
        if (!Collections.disjoint(demands, FOR_WHAT_HAPPENS) && over == Over.RESOURCE) {
            find(
                    at + "/over",
                    Problem.of("POL-DEMAND", demands.getFirst() + " is asked for what happens, not for what is written")
                            .about("policy " + name)
                            .expected("over change or plan")
                            .found("over resource")
                            .todo("ask it over change: change.resource is what is written"));
            return Optional.empty();
        }
        if (demands.contains(REHEARSAL) && policy.fields().containsKey(SEVERITY)) {
            find(
                    at + "/" + SEVERITY,
                    Problem.of("POL-DEMAND", "what asks for a rehearsal has no severity")
                            .about("policy " + name)
                            .expected("rehearsal without severity")
                            .found("rehearsal and severity")
                            .todo("leave severity out: the plan waits for its rehearsal, whatever it says"));
            return Optional.empty();
        }
        return Optional.of(new PolicyRule(
                name,
                new TreeSet<>(texts(policy.get("environments"))),
                text(policy, "protection").map(word -> Protection.valueOf(word.toUpperCase(Locale.ROOT))),
                over,
                expression(policy, "when", at),
                demand(policy, at),
                text(policy, "message").orElseThrow().strip(),
                expression(policy, "found", at),
                text(policy, SEVERITY)
                        .map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Severity.ERROR),
                line(at)));
    }

    private Demand demand(Value.Obj policy, String at) {
        if (policy.get("approvals") instanceof Value.Obj approvals) {
            return new Demand.Approvals(
                    ((Value.Num) approvals.get("count")).value().intValueExact(),
                    text(approvals, "group").orElse(""),
                    expression(approvals, "groupFrom", at + "/approvals"));
        }
        return expression(policy, "require", at)
                .<Demand>map(Demand.Require::new)
                .or(() -> expression(policy, REHEARSAL, at).map(Demand.Rehearsal::new))
                .orElseGet(() -> new Demand.Deny(expression(policy, "deny", at).orElseThrow()));
    }

    private Optional<Expression> expression(Value.Obj holder, String field, String at) {
        return text(holder, field).map(text -> new Expression(text, line(at + "/" + field)));
    }

    /** Names of policies that the file takes out of force. @param known those that are in force without the file */
    SortedSet<String> without(SortedSet<String> known) {
        var without = new TreeSet<>(texts(document.get("without")));
        without.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> find(
                        "/without",
                        Problem.of("POL-UNKNOWN", "there is no such policy")
                                .about("policy " + name)
                                .expected("one of " + String.join(", ", known))
                                .found(name)
                                .todo("correct the name")));
        return without;
    }

    /** @param known policies that an example may try; empty if they are not known because there are mistakes */
    List<PolicyTest> tests(SortedSet<String> known) {
        var tests = new ArrayList<PolicyTest>();
        var items = items(document.get("tests"));
        for (int i = 0; i < items.size(); i++) {
            var test = items.get(i);
            var policy = text(test, "policy").orElseThrow();
            if (!known.isEmpty() && !known.contains(policy)) {
                find(
                        "/tests/" + i + "/policy",
                        Problem.of("POL-UNKNOWN", "there is no such policy")
                                .about("test " + text(test, "name").orElseThrow())
                                .expected("one of " + String.join(", ", known))
                                .found(policy)
                                .todo("correct the name"));
            }
            tests.add(new PolicyTest(
                    text(test, "name").orElseThrow(),
                    policy,
                    test.get("given") instanceof Value.Obj given ? given : Value.object(),
                    PolicyTest.Expected.valueOf(
                            text(test, "expect").orElseThrow().toUpperCase(Locale.ROOT)),
                    line("/tests/" + i)));
        }
        return tests;
    }

    private void find(String pointer, Problem problem) {
        findings.add(Finding.error(problem).at(file, line(pointer)));
    }

    private int line(String pointer) {
        return source.lines().lineOf(pointer);
    }

    private static List<Value.Obj> items(Value array) {
        return array instanceof Value.Arr(var items)
                ? items.stream().map(Value.Obj.class::cast).toList()
                : List.of();
    }

    private static List<String> texts(Value array) {
        return array instanceof Value.Arr(var items)
                ? items.stream().map(item -> ((Value.Text) item).value()).toList()
                : List.of();
    }

    private static Optional<String> text(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }
}
