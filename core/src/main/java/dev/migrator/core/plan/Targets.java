package dev.migrator.core.plan;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which target of an environment holds the resources of a kind: the only one of the kind's type. */
record Targets(Map<String, String> nameByType, List<Finding> findings) {
    static Targets of(Environment environment, List<Resource> resources) {
        var wanted = new TreeMap<String, Resource>();
        for (var resource : resources) {
            Kinds.standard()
                    .find(resource.kind())
                    .flatMap(rules -> rules.targetTypeOf(resource))
                    .ifPresent(type -> wanted.merge(type, resource, Targets::firstByTitle));
        }
        var names = new TreeMap<String, String>();
        var findings = new ArrayList<Finding>();
        wanted.forEach((type, resource) -> {
            var candidates = environment.targets().stream()
                    .filter(target -> target.type().equals(type))
                    .map(TargetConfig::name)
                    .sorted()
                    .toList();
            if (candidates.size() == 1) {
                names.put(type, candidates.getFirst());
            } else {
                findings.add(
                        Finding.error(problem(environment, type, candidates).about(resource.title()))
                                .at(resource.source().file(), resource.source().line()));
            }
        });
        return new Targets(names, findings);
    }

    private static Resource firstByTitle(Resource a, Resource b) {
        return a.title().compareTo(b.title()) <= 0 ? a : b;
    }

    private static Problem problem(Environment environment, String type, List<String> candidates) {
        return candidates.isEmpty()
                ? Problem.of("PLN-NO-TARGET", "the environment has no target for a resource")
                        .expected("a target of type " + type + " in environment " + environment.name())
                        .found("none")
                        .todo("declare one in environments.yaml")
                : Problem.of("PLN-AMBIGUOUS-TARGET", "the environment has several targets for a resource")
                        .expected("one target of type " + type + " in environment " + environment.name())
                        .found(String.join(", ", candidates))
                        .todo("keep one of them in this environment");
    }

    Optional<String> name(String type) {
        return Optional.ofNullable(nameByType.get(type));
    }
}
