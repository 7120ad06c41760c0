package dev.migrator.cli.direct;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.target.Survey;
import dev.migrator.target.TargetException;
import java.util.List;

/** The targets of one environment, opened for one question each. */
record DirectReaders(DirectEnvironment source) implements Survey.Readers {
    @Override
    public List<String> kinds(String target) {
        return source.provider(config(target)).kinds();
    }

    @Override
    public <R> R read(String target, Survey.Question<R> question) throws TargetException {
        try (var reader = source.open(config(target))) {
            return question.ask(reader);
        }
    }

    private TargetConfig config(String target) {
        return source.environment().target(target).orElseThrow();
    }
}
