package dev.migrator.planner.work;

import dev.migrator.core.environment.Environment;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.Survey;
import dev.migrator.target.TargetException;
import java.util.List;

/** The targets of one environment, out of the pool. */
record PooledReaders(TargetPool targets, Environment environment) implements Survey.Readers {
    @Override
    public List<String> kinds(String target) {
        return targets.provider(environment.name(), target).kinds();
    }

    @Override
    public <R> R read(String target, Survey.Question<R> question) throws TargetException {
        return targets.reading(environment.name(), target, question::ask);
    }
}
