package dev.migrator.core.environment;

import java.util.List;
import java.util.Optional;

/**
 * A place that metadata is promoted to.
 *
 * @param order ascending from test to production
 * @param zone where calls to its targets may be made from
 */
public record Environment(String name, int order, Protection protection, String zone, List<TargetConfig> targets) {
    public Environment {
        targets = List.copyOf(targets);
    }

    public Optional<TargetConfig> target(String targetName) {
        return targets.stream().filter(t -> t.name().equals(targetName)).findFirst();
    }
}
