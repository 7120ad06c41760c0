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
 * @param statements SQL, run once in each of the databases when the data is made
 */
public record PostgresSpec(
        int port, String password, List<String> databases, SortedMap<String, String> users, List<String> statements) {
    public static final String ADMIN = "admin";

    private static final String NAME = "[a-z_][a-z0-9_]{0,62}";

    public PostgresSpec {
        databases = List.copyOf(databases);
        statements = List.copyOf(statements);
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
        return new PostgresSpec(Ports.ANY, Secrets.password(), List.of(databases), new TreeMap<>(), List.of());
    }

    /** The same with that port. */
    public PostgresSpec withPort(int clientPort) {
        return new PostgresSpec(clientPort, password, databases, users, statements);
    }

    /** The same with one more user. */
    public PostgresSpec withUser(String name, String userPassword) {
        var more = new TreeMap<>(users);
        more.put(name, userPassword);
        return new PostgresSpec(port, password, databases, more, statements);
    }

    /** The same, running these statements as well when the data is made. */
    public PostgresSpec with(List<String> more) {
        var all = new java.util.ArrayList<>(statements);
        all.addAll(more);
        return new PostgresSpec(port, password, databases, users, all);
    }

    /**
     * The same with a free port in place of {@link Ports#ANY}.
     *
     * @throws LocalStackException {@code LST-PORT} if a given one is in use
     */
    public PostgresSpec withClaimedPort() {
        return withPort(Ports.claim("postgres", port));
    }

    /** {@code postgresql://host:port/database}. */
    public String address(String database) {
        return "postgresql://" + Ports.HOST + ":" + port + "/" + database;
    }
}
