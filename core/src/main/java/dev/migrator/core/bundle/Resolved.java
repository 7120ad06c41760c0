package dev.migrator.core.bundle;

import dev.migrator.core.error.Finding;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Projects;
import dev.migrator.core.settings.Rollout;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle asks for in one environment.
 *
 * @param environment empty for what can be said without any
 * @param resources ascending by kind, name and project; all of them only when nothing stops
 * @param projects the declared ones, with what they own under its names here
 * @param findings ascending by file, line, code and thing; warnings among them
 * @param suppressed ascending by the same; until when is judged by {@link #on} alone
 * @param unchecked what nobody here can judge, with how many schemas that is so for
 * @param rollout in which steps changes reach the environment; empty where none is declared
 */
public record Resolved(
        Optional<String> environment,
        List<Resource> resources,
        Projects projects,
        List<Finding> findings,
        List<Suppressed> suppressed,
        SortedMap<String, Integer> unchecked,
        Optional<Rollout> rollout) {
    public Resolved {
        resources = List.copyOf(resources);
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        unchecked = Collections.unmodifiableSortedMap(new TreeMap<>(unchecked));
    }

    /** The same as seen on a day: what is suppressed until an earlier one is back, here and when it is planned. */
    public Resolved on(LocalDate day) {
        var judged = Suppressed.on(day, findings, suppressed);
        return new Resolved(
                environment,
                resources.stream().map(resource -> resource.on(day)).toList(),
                projects,
                judged.findings(),
                judged.suppressed(),
                unchecked,
                rollout);
    }

    /** Whether the bundle cannot be used in this environment. */
    public boolean stops() {
        return findings.stream().anyMatch(Finding::stops);
    }
}
