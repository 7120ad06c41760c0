package dev.migrator.core.settings;

import dev.migrator.core.error.Finding;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All settings documents of a bundle. Immutable. */
public final class Settings {
    public static final Settings NONE = new Settings(new TreeMap<>(), List.of(), List.of(), List.of(), List.of());

    private final SortedMap<String, Variable> variables;
    private final List<Overlay> overlays;
    private final List<Mapping> mappings;
    private final List<Project> projects;
    private final List<Rollout> rollouts;

    Settings(
            SortedMap<String, Variable> variables,
            List<Overlay> overlays,
            List<Mapping> mappings,
            List<Project> projects,
            List<Rollout> rollouts) {
        this.variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        this.overlays =
                overlays.stream().sorted(Comparator.comparing(Overlay::name)).toList();
        this.mappings =
                mappings.stream().sorted(Comparator.comparing(Mapping::name)).toList();
        this.projects = List.copyOf(projects);
        this.rollouts = List.copyOf(rollouts);
    }

    /** Environments that an overlay, a mapping or a rollout speaks of, ascending. */
    public SortedSet<String> environments() {
        var names = new TreeSet<String>();
        overlays.forEach(overlay -> names.add(overlay.environment()));
        mappings.forEach(mapping -> names.add(mapping.environment()));
        rollouts.forEach(rollout -> names.addAll(rollout.environments()));
        return Collections.unmodifiableSortedSet(names);
    }

    SortedMap<String, Variable> variables() {
        return variables;
    }

    /** In the order of their names. */
    List<Overlay> overlaysOf(String environment) {
        return overlays.stream()
                .filter(overlay -> overlay.environment().equals(environment))
                .toList();
    }

    /** In the order of their names. */
    List<Mapping> mappingsOf(String environment) {
        return mappings.stream()
                .filter(mapping -> mapping.environment().equals(environment))
                .toList();
    }

    /** With addresses as they are before any mapping, ascending by name. */
    List<Project> projects() {
        return projects;
    }

    /** @param declared all environments that there are */
    public List<Finding> rolloutsElsewhere(Collection<String> declared) {
        return rollouts.stream()
                .flatMap(rollout -> rollout.elsewhere(declared).stream())
                .toList();
    }

    Optional<Rollout> rolloutOf(String environment) {
        return rollouts.stream()
                .filter(rollout -> rollout.environments().contains(environment))
                .findFirst();
    }
}
