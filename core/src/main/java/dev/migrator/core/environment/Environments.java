package dev.migrator.core.environment;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All declared environments, in order.
 *
 * @param fleets those that get the same bundle in waves
 */
public record Environments(List<Environment> all, List<Fleet> fleets) {
    public Environments {
        all = all.stream().sorted(Comparator.comparingInt(Environment::order)).toList();
        fleets = List.copyOf(fleets);
    }

    /** Without fleets. */
    public Environments(List<Environment> all) {
        this(all, List.of());
    }

    public Optional<Environment> find(String name) {
        return all.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** Without those that are there for rehearsals alone, in order: what is promoted to, looked at and kept. */
    public List<Environment> lasting() {
        return all.stream().filter(e -> e.mode() != Mode.REHEARSAL).toList();
    }

    /** @throws ProblemException {@code ENV-UNKNOWN} if there is none of that name */
    public Environment declared(String name) {
        return find(name)
                .orElseThrow(() -> new ProblemException(Problem.of("ENV-UNKNOWN", "there is no such environment")
                        .about("environment " + name)
                        .expected("one of " + names())
                        .found(name)
                        .todo("correct the name, or declare it in environments.yaml")));
    }

    public List<String> names() {
        return all.stream().map(Environment::name).toList();
    }
}
