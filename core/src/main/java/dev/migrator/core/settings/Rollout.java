package dev.migrator.core.settings;

import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * In which steps the changes of a bundle reach an environment.
 *
 * @param environments that it is for
 * @param stages in order; a resource is in the first one that selects it
 * @param rest bake of what none of them selects, which comes last
 */
public record Rollout(String name, SortedSet<String> environments, List<Stage> stages, Bake rest) {
    /** Of what no stage selects. */
    public static final String REST = "rest";

    /**
     * What becomes a phase of a plan, if something in it changes.
     *
     * @param labels that a resource carries all of; empty where resources are named
     * @param resources as {@code Kind/name}; empty where labels are
     * @param source where it says what it selects; never part of a digest
     */
    public record Stage(
            String name,
            Optional<LabelSelector> labels,
            SortedSet<String> resources,
            Bake bake,
            Resource.Source source) {
        private static final int SHOWN = 3;
        private static final int LONGEST = 120;

        public Stage {
            resources = Collections.unmodifiableSortedSet(new TreeSet<>(resources));
        }

        public boolean selects(Resource resource) {
            return labels.map(some -> some.selects(resource)).orElseGet(() -> resources.contains(resource.title()));
        }

        /** What it selects, for people: {@code tier=canary}, or the first few resources. */
        public String selection() {
            var text = labels.map(LabelSelector::toString)
                    .orElseGet(() -> resources.stream().limit(SHOWN).collect(Collectors.joining(", "))
                            + (resources.size() > SHOWN ? " and " + (resources.size() - SHOWN) + " more" : ""));
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
        }

        private Finding nothing(String rollout, String what) {
            var problem = Problem.of("ROL-SELECTS-NOTHING", "a phase of a rollout selects a resource that is not there")
                    .about("Rollout/" + rollout + ", phase " + name)
                    .expected("resources of the bundle")
                    .found("none with " + what)
                    .todo("correct what it selects, or remove it");
            return new Finding(Severity.ERROR, problem, source.file(), source.line());
        }
    }

    public Rollout {
        environments = Collections.unmodifiableSortedSet(new TreeSet<>(environments));
        stages = List.copyOf(stages);
    }

    /**
     * Environments that it is for and that there are none of: with a misspelt one all of it would be for nobody.
     *
     * @param declared all that there are
     */
    List<Finding> elsewhere(Collection<String> declared) {
        return environments.stream()
                .filter(environment -> !declared.contains(environment))
                .map(environment -> Finding.error(
                        Problem.of("ROL-UNKNOWN-ENVIRONMENT", "a rollout is for an environment that there is none of")
                                .about("Rollout/" + name)
                                .expected("some of " + declared)
                                .found(environment)
                                .todo("correct the name, or declare it in environments.yaml")))
                .toList();
    }

    /**
     * What a stage selects that is not there: a misspelt name would quietly go with the rest.
     *
     * @param all of the bundle, in one environment
     */
    public List<Finding> selectingNothing(Collection<Resource> all) {
        var titles = all.stream().map(Resource::title).collect(Collectors.toSet());
        var findings = new ArrayList<Finding>();
        for (var stage : stages) {
            stage.labels()
                    .filter(labels -> all.stream().noneMatch(labels::selects))
                    .ifPresent(labels -> findings.add(stage.nothing(name, "labels " + stage.selection())));
            stage.resources().stream()
                    .filter(title -> !titles.contains(title))
                    .forEach(title -> findings.add(stage.nothing(name, "the name " + title)));
        }
        return findings;
    }
}
