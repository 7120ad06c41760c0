package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.yaml.Lines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has to hold between the signals that an environment declares, and within each of them. */
final class MonitoringRules {
    private record Series(Value source, Value metric, SortedMap<String, String> attributes) {}

    private MonitoringRules() {}

    /** @param environments of the right shape, in the order of the file */
    static List<Finding> check(List<Value.Obj> environments, Lines lines, String file) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < environments.size(); i++) {
            var name = ((Value.Text) environments.get(i).get("name")).value();
            Map<Series, Integer> seen = new HashMap<>();
            var signals = signals(environments.get(i));
            for (int s = 0; s < signals.size(); s++) {
                var place = "/environments/" + i + "/monitoring/" + s;
                var about = "environment " + name + ", signal " + (s + 1);
                var signal = signals.get(s);
                boundsOf(signal, about)
                        .map(problem ->
                                new Finding(Finding.Severity.ERROR, problem, file, lines.lineOf(place + "/min")))
                        .ifPresent(findings::add);
                var series = new Series(signal.get("source"), signal.get("metric"), attributes(signal));
                var first = seen.putIfAbsent(series, s);
                if (first != null) {
                    findings.add(new Finding(
                            Finding.Severity.ERROR, twice(about, first), file, lines.lineOf(place + "/source")));
                }
            }
        }
        return findings;
    }

    private static Optional<Problem> boundsOf(Value.Obj signal, String about) {
        var min = number(signal, "min");
        var max = number(signal, "max");
        return min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0
                ? Optional.of(Problem.of("ENV-SIGNAL-BOUNDS", "no value can be well for a signal")
                        .about(about)
                        .expected("a min that is at most the max")
                        .found("min " + min.get().toPlainString() + ", max "
                                + max.get().toPlainString())
                        .todo("correct one of them"))
                : Optional.empty();
    }

    private static Problem twice(String about, int first) {
        return Problem.of("ENV-DUPLICATE-SIGNAL", "two signals of an environment are the same series")
                .about(about)
                .expected("each source, metric and attributes once")
                .found("those of signal " + (first + 1))
                .todo("leave one of them out, or tell them apart by attributes");
    }

    static SortedMap<String, String> attributes(Value.Obj signal) {
        var attributes = new TreeMap<String, String>();
        if (signal.get("attributes") instanceof Value.Obj(var fields)) {
            fields.forEach((name, value) -> attributes.put(name, ((Value.Text) value).value()));
        }
        return attributes;
    }

    static Optional<BigDecimal> number(Value.Obj signal, String name) {
        return signal.get(name) instanceof Value.Num(var number) ? Optional.of(number) : Optional.empty();
    }

    private static List<Value.Obj> signals(Value.Obj environment) {
        return environment.get("monitoring") instanceof Value.Arr(var items)
                ? items.stream().map(Value.Obj.class::cast).toList()
                : List.of();
    }
}
