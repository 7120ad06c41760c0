package dev.migrator.core.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All declared environments, in order. */
public record Environments(List<Environment> all) {
    public Environments {
        all = all.stream().sorted(Comparator.comparingInt(Environment::order)).toList();
    }

    public Optional<Environment> find(String name) {
        return all.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return all.stream().map(Environment::name).toList();
    }
}
