package dev.migrator.core.plan;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.TargetNames;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which target of an environment holds a resource: the one that its manifest names, else the only one of its kind's type.
 *
 * @param namesByType ascending
 * @param findings one for each type, and each name, that leads to no target
 */
record Targets(Map<String, List<String>> namesByType, List<Finding> findings) implements TargetNames {
    private record Wish(String type, Optional<String> name) implements Comparable<Wish> {
        private static final Comparator<Wish> ORDER = Comparator.comparing(Wish::type)
                .thenComparing(wish -> wish.name().orElse(""));

        @Override
        public int compareTo(Wish other) {
            return ORDER.compare(this, other);
        }
    }

    Targets {
        findings = List.copyOf(findings);
    }

    static Targets of(Environment environment, List<Resource> resources) {
        var namesByType = environment.targets().stream()
                .sorted(Comparator.comparing(TargetConfig::name))
                .collect(groupingBy(TargetConfig::type, mapping(TargetConfig::name, toList())));
        var wishes = new TreeMap<Wish, Resource>();
        for (var resource : resources) {
            Kinds.standard()
                    .find(resource.kind())
                    .flatMap(rules -> rules.targetTypeOf(resource))
                    .ifPresent(
                            type -> wishes.merge(new Wish(type, resource.target()), resource, Targets::firstByTitle));
        }
        var findings = new ArrayList<Finding>();
        wishes.forEach((wish, resource) -> {
            var candidates = namesByType.getOrDefault(wish.type(), List.of());
            if (name(candidates, wish.name()).isEmpty()) {
                findings.add(
                        Finding.error(problem(environment, candidates, wish).about(resource.title()))
                                .at(resource.source().file(), resource.source().line()));
            }
        });
        return new Targets(namesByType, findings);
    }

    @Override
    public Optional<String> of(String type, Optional<String> wished) {
        return name(namesByType.getOrDefault(type, List.of()), wished);
    }

    private static Optional<String> name(List<String> candidates, Optional<String> wished) {
        return wished.isPresent()
                ? wished.filter(candidates::contains)
                : Optional.of(candidates).filter(names -> names.size() == 1).map(List::getFirst);
    }

    private static Resource firstByTitle(Resource a, Resource b) {
        return a.title().compareTo(b.title()) <= 0 ? a : b;
    }

    private static Problem problem(Environment environment, List<String> candidates, Wish wish) {
        if (wish.name().isEmpty() && !candidates.isEmpty()) {
            return Problem.of("PLN-AMBIGUOUS-TARGET", "the environment has several targets for a resource")
                    .expected("metadata.target, or one target of type " + wish.type() + " in environment "
                            + environment.name())
                    .found(String.join(", ", candidates))
                    .todo("name one of them in metadata.target");
        }
        return Problem.of("PLN-NO-TARGET", "the environment has no target for a resource")
                .expected("a target " + wish.name().map(name -> name + " ").orElse("") + "of type " + wish.type()
                        + " in environment " + environment.name())
                .found(candidates.isEmpty() ? "none" : String.join(", ", candidates))
                .todo(
                        wish.name().isPresent() && !candidates.isEmpty()
                                ? "correct metadata.target, or declare the target in environments.yaml"
                                : "declare one in environments.yaml");
    }
}
