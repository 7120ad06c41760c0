package dev.migrator.manifests;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.yaml.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What has to hold between the environments of a file. */
final class EnvironmentRules {
    private final List<Environment> environments;
    private final Lines lines;
    private final String file;
    private final List<Finding> findings = new ArrayList<>();

    private EnvironmentRules(List<Environment> environments, Lines lines, String file) {
        this.environments = environments;
        this.lines = lines;
        this.file = file;
    }

    /** @param environments in the order of the file */
    static List<Finding> check(List<Environment> environments, Lines lines, String file) {
        var rules = new EnvironmentRules(environments, lines, file);
        rules.namesAndOrders();
        rules.targetNames();
        rules.targetsAcrossEnvironments();
        RehearsalRules.check(
                environments, (problem, index, place) -> rules.find(Severity.ERROR, problem, index, place));
        return rules.findings;
    }

    private void namesAndOrders() {
        Map<String, Integer> names = new HashMap<>();
        Map<Integer, Integer> orders = new HashMap<>();
        for (int i = 0; i < environments.size(); i++) {
            var environment = environments.get(i);
            var firstName = names.putIfAbsent(environment.name(), i);
            if (firstName != null) {
                find(
                        Severity.ERROR,
                        Problem.of("ENV-DUPLICATE-NAME", "two environments have the same name")
                                .about("environment " + environment.name())
                                .expected("each name once")
                                .found(environment.name() + " in line " + line(firstName, "/name") + " and again here")
                                .todo("rename one of them"),
                        i,
                        "/name");
            }
            var firstOrder = orders.putIfAbsent(environment.order(), i);
            if (firstOrder != null) {
                find(
                        Severity.ERROR,
                        Problem.of("ENV-DUPLICATE-ORDER", "two environments have the same place in the order")
                                .about("environment " + environment.name())
                                .expected("each order once, ascending from test to production")
                                .found(environment.order() + ", as "
                                        + environments.get(firstOrder).name())
                                .todo("give one of them another order"),
                        i,
                        "/order");
            }
        }
    }

    private void targetNames() {
        for (int i = 0; i < environments.size(); i++) {
            var seen = new TreeSet<String>();
            var targets = environments.get(i).targets();
            for (int t = 0; t < targets.size(); t++) {
                if (!seen.add(targets.get(t).name())) {
                    find(
                            Severity.ERROR,
                            Problem.of("ENV-DUPLICATE-TARGET", "two targets of an environment have the same name")
                                    .about("environment " + environments.get(i).name() + ", target "
                                            + targets.get(t).name())
                                    .expected("each name once")
                                    .found(targets.get(t).name() + " again")
                                    .todo("rename one of them"),
                            i,
                            "/targets/" + t + "/name");
                }
            }
        }
    }

    private void targetsAcrossEnvironments() {
        Map<String, TargetConfig> firstByName = new HashMap<>();
        Map<String, String> userOfAddress = new HashMap<>();
        for (int i = 0; i < environments.size(); i++) {
            var environment = environments.get(i);
            for (int t = 0; t < environment.targets().size(); t++) {
                var target = environment.targets().get(t);
                var place = "/targets/" + t;
                var first = firstByName.putIfAbsent(target.name(), target);
                if (first != null && !first.type().equals(target.type())) {
                    find(
                            Severity.ERROR,
                            Problem.of("ENV-TARGET-TYPE", "a target has another type in another environment")
                                    .about("environment " + environment.name() + ", target " + target.name())
                                    .expected(first.type() + ", as in the environments before")
                                    .found(target.type())
                                    .todo("give a target of another type another name"),
                            i,
                            place + "/type");
                }
                var other = userOfAddress.putIfAbsent(target.type() + " " + target.address(), environment.name());
                if (other != null && !other.equals(environment.name())) {
                    find(
                            Severity.WARNING,
                            Problem.of("ENV-SAME-ADDRESS", "two environments have the same target")
                                    .about("environment " + environment.name() + ", target " + target.name())
                                    .expected("an address that no other environment has")
                                    .found("the address of " + other)
                                    .todo(
                                            "what is done in one of them is done in both; correct it if that is not meant"),
                            i,
                            place + "/address");
                }
            }
        }
    }

    private int line(int index, String place) {
        return lines.lineOf("/environments/" + index + place);
    }

    private void find(Severity severity, Problem problem, int index, String place) {
        findings.add(new Finding(severity, problem, file, line(index, place)));
    }
}
