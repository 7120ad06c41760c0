package dev.migrator.localstack.server;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One PostgreSQL server on a folder.
 *
 * @param port where clients connect, or {@link Ports#ANY}
 * @param password of the user {@value #ADMIN}, who may do everything
 * @param databases exist from the start, besides {@code postgres}; names of lower-case letters, digits and underscores
 * @param users password by name, of those who may log in from the start and own nothing; names as those of databases
 */
public record PostgresSpec(int port, String password, List<String> databases, SortedMap<String, String> users) {
    public static final String ADMIN = "admin";

    private static final String NAME = "[a-z_][a-z0-9_]{0,62}";

    public PostgresSpec {
        databases = List.copyOf(databases);
        users = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(users));
        databases.forEach(PostgresSpec::requireName);
        users.keySet().forEach(PostgresSpec::requireName);
    }

    private static void requireName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("a name matches " + NAME + ", found " + name);
        }
    }

    /** On a free port, with a random password. */
    public static PostgresSpec of(String... databases) {
        return new PostgresSpec(Ports.ANY, Secrets.password(), List.of(databases), new TreeMap<>());
    }

    /** The same with that port. */
    public PostgresSpec withPort(int clientPort) {
        return new PostgresSpec(clientPort, password, databases, users);
    }

    /** The same with one more user. */
    public PostgresSpec withUser(String name, String userPassword) {
        var more = new TreeMap<>(users);
        more.put(name, userPassword);
        return new PostgresSpec(port, password, databases, more);
    }

    /**
     * The same with a free port in place of {@link Ports#ANY}.
     *
     * @throws LocalStackException {@code LST-PORT} if a given one is in use
     */
    public PostgresSpec withClaimedPort() {
        return withPort(Ports.claim("postgres", port));
    }
}
