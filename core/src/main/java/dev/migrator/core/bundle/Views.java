package dev.migrator.core.bundle;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is found of one bundle in several environments: once, where it is the same in all of them. */
final class Views {
    private static final String NO_ENVIRONMENT = "an environment without settings of its own";

    private Views() {}

    /** @param views of the same bundle; the one without an environment first */
    static List<Finding> findings(List<Resolved> views) {
        Map<Finding, List<Resolved>> where = new LinkedHashMap<>();
        for (var view : views) {
            view.findings()
                    .forEach(finding -> where.computeIfAbsent(finding, _ -> new ArrayList<>())
                            .add(view));
        }
        return where.entrySet().stream()
                .map(found ->
                        found.getValue().size() == views.size() ? found.getKey() : in(found.getValue(), found.getKey()))
                .toList();
    }

    private static Finding in(List<Resolved> views, Finding finding) {
        var names = views.stream()
                .map(view -> view.environment().orElse(NO_ENVIRONMENT))
                .collect(Collectors.joining(", "));
        Problem problem = finding.problem();
        var thing = problem.thing().isEmpty() ? "in " + names : problem.thing() + ", in " + names;
        return new Finding(finding.severity(), problem.about(thing), finding.file(), finding.line());
    }
}
