package dev.migrator.core.bundle;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.FindingCollector;
import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is found of one bundle in several environments: once, where it is the same in all of them. */
final class Views {
    private static final String NO_ENVIRONMENT = "an environment without settings of its own";

    private Views() {}

    /**
     * @param views of the same bundle; the one without an environment first
     * @param all gets what was found in any of them
     */
    static void collect(List<Resolver.View> views, FindingCollector all) {
        for (var view : views) {
            all.addAll(view.found().named());
            all.countAsMuchAs(view.found());
        }
    }

    /** Those that were not found in all of the views say in which. */
    static List<Finding> placed(List<Resolver.View> views, List<Finding> findings) {
        Map<Finding, List<Resolved>> where = new HashMap<>();
        for (var view : views) {
            view.found()
                    .named()
                    .forEach(finding -> where.computeIfAbsent(finding, _ -> new ArrayList<>())
                            .add(view.resolved()));
        }
        return findings.stream()
                .map(finding -> {
                    var in = where.getOrDefault(finding, List.of());
                    return in.isEmpty() || in.size() == views.size() ? finding : in(in, finding);
                })
                .toList();
    }

    /** @param views of the same bundle; the one without an environment first */
    static List<Suppressed> suppressed(List<Resolved> views) {
        return once(
                views,
                Resolved::suppressed,
                (here, one) -> new Suppressed(
                        in(here, one.finding()), one.uid(), one.title(), one.suppression(), one.place()));
    }

    /** What nobody here can judge: where environments differ, as often as in the one with the most of it. */
    static SortedMap<String, Integer> unchecked(List<Resolved> views) {
        var most = new TreeMap<String, Integer>();
        views.forEach(view -> view.unchecked().forEach((what, count) -> most.merge(what, count, Math::max)));
        return most;
    }

    private static <T> List<T> once(
            List<Resolved> views, Function<Resolved, List<T>> of, BiFunction<List<Resolved>, T, T> in) {
        Map<T, List<Resolved>> where = new LinkedHashMap<>();
        for (var view : views) {
            of.apply(view)
                    .forEach(one ->
                            where.computeIfAbsent(one, _ -> new ArrayList<>()).add(view));
        }
        return where.entrySet().stream()
                .map(found -> found.getValue().size() == views.size()
                        ? found.getKey()
                        : in.apply(found.getValue(), found.getKey()))
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
