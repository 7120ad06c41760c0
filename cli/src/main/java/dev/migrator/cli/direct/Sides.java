package dev.migrator.cli.direct;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Comparison;
import dev.migrator.target.TargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Sides of a comparison, made comparable: targets are called by their type, since two environments, and all the more
 * manifests, need not call them alike.
 */
public final class Sides {
    private Sides() {}

    /** @param resources as the environment on the other side gets them */
    public static Comparison.Side.Declared declared(List<Resource> resources) {
        return new Comparison.Side.Declared(Desired.of(Kinds.standard(), resources, Optional::of));
    }

    /** All that its targets hold. */
    public static Comparison.Side.Live live(DirectEnvironment source) throws TargetException {
        requireOneOfEachType(source.environment());
        var states = new TreeMap<EntryKey, EntryState>();
        for (TargetConfig target : source.environment().targets()) {
            LiveState.of(source, target)
                    .forEach((key, state) -> states.put(new EntryKey(target.type(), key.kind(), key.address()), state));
        }
        return new Comparison.Side.Live(states);
    }

    private static void requireOneOfEachType(Environment environment) {
        var seen = new HashSet<String>();
        var repeated = environment.targets().stream()
                .map(TargetConfig::type)
                .filter(type -> !seen.add(type))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!repeated.isEmpty()) {
            throw new ProblemException(
                    Problem.of("PLN-AMBIGUOUS-TARGET", "an environment with several targets of a type is not compared")
                            .about("environment " + environment.name())
                            .expected("one target of each type")
                            .found("several of type " + String.join(", ", repeated))
                            .todo("name one of them in a targets file, and compare with --target"));
        }
    }
}
