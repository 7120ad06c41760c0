package dev.migrator.target.postgres;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGProperty;

/**
 * How to reach a database.
 *
 * @param properties of the driver; may hold secrets, so {@link #toString()} does not show them
 * @param callTimeout bound of every statement, more than zero
 * @param tables whose rows are listed
 */
record Settings(
        String target, String address, String url, Properties properties, Duration callTimeout, DeclaredTables tables) {
    static final String TABLES = "tables";
    static final int DEFAULT_PORT = 5432;

    private static final Set<String> MODES = Set.of("disable", "require", "verify-ca", "verify-full");
    private static final Set<String> PASSED_ON = Set.of("sslrootcert", "sslcert", "sslkey");
    private static final Set<String> KNOWN =
            Set.of("username", "password", "sslmode", "sslrootcert", "sslcert", "sslkey", TABLES);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** @param role {@code read}, {@code write} or {@code check}; shows in the server's list of sessions */
    static Settings of(TargetConfig config, Map<String, String> credentials, Duration callTimeout, String role)
            throws TargetException.Refused {
        if (callTimeout.isZero() || callTimeout.isNegative()) {
            throw new IllegalArgumentException("the call time-out is more than zero, found " + callTimeout);
        }
        var place = uri(config);
        var properties = new Properties();
        credentials(config, credentials, properties);
        var connect =
                callTimeout.dividedBy(2).compareTo(LONGEST_CONNECT) < 0 ? callTimeout.dividedBy(2) : LONGEST_CONNECT;
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(connect));
        // the server itself ends a statement earlier; this is for one that answers no more
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(callTimeout.plus(SLACK)));
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, applicationName(config.name(), role));
        // every connection lives for one call, and one behind a pooler may be another one each time
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        return new Settings(
                config.name(),
                config.address(),
                "jdbc:postgresql://" + host(place) + ":" + port(place) + "/"
                        + URLEncoder.encode(database(place), StandardCharsets.UTF_8)
                                .replace("+", "%20"),
                properties,
                callTimeout,
                DeclaredTables.read(config.name(), credentials.getOrDefault(TABLES, "")));
    }

    private static String applicationName(String target, String role) {
        return "migrator-" + role + "-" + target;
    }

    String applicationName() {
        return PGProperty.APPLICATION_NAME.getOrDefault(properties);
    }

    private static void credentials(TargetConfig config, Map<String, String> credentials, Properties properties)
            throws TargetException.Refused {
        if (!KNOWN.containsAll(credentials.keySet())) {
            throw refused(
                    config,
                    "the properties " + String.join(", ", new TreeSet<>(KNOWN)),
                    "the properties " + String.join(", ", new TreeSet<>(credentials.keySet())));
        }
        var mode = credentials.getOrDefault("sslmode", "verify-full");
        if (!MODES.contains(mode)) {
            throw refused(config, "sslmode " + String.join(", ", new TreeSet<>(MODES)), "sslmode " + mode);
        }
        PGProperty.SSL_MODE.set(properties, mode);
        PASSED_ON.forEach(name -> {
            if (credentials.containsKey(name)) {
                properties.setProperty(name, credentials.get(name));
            }
        });
        if (credentials.containsKey("username")) {
            PGProperty.USER.set(properties, credentials.get("username"));
        }
        if (credentials.containsKey("password")) {
            PGProperty.PASSWORD.set(properties, credentials.get("password"));
        }
    }

    private static TargetException.Refused refused(TargetConfig config, String expected, String found) {
        return new TargetException.Refused(
                Problem.of("TGT-CREDENTIAL", "the credential is none for PostgreSQL")
                        .about("target " + config.name())
                        .expected(expected)
                        .found(found)
                        .todo("correct the credential's file"),
                null);
    }

    /** @throws TargetException.Refused {@code TGT-ADDRESS} unless it is {@code postgresql://host:port/database} */
    static URI uri(TargetConfig config) throws TargetException.Refused {
        try {
            var uri = new URI(config.address());
            if ("postgresql".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPath() != null
                    && uri.getPath().length() > 1
                    && uri.getPath().indexOf('/', 1) < 0) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // its text would show the address, which may hold a password
        }
        throw new TargetException.Refused(
                Problem.of("TGT-ADDRESS", "the address is none of a PostgreSQL database")
                        .about("target " + config.name())
                        .expected("postgresql://host:port/database, and nothing more")
                        .found(config.address().replaceAll("//[^/@]*@", "//…@").replaceAll("\\?.*", "?…"))
                        .todo(
                                "correct the target's address in environments.yaml; user, password and sslmode belong into"
                                        + " the credential"),
                null);
    }

    static String host(URI uri) {
        return uri.getHost();
    }

    static int port(URI uri) {
        return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    }

    private static String database(URI uri) {
        return uri.getPath().substring(1);
    }

    private static int seconds(Duration duration) {
        return Math.clamp((duration.toMillis() + 999) / 1_000, 1, Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
        return "Settings[" + target + ", " + callTimeout + "]";
    }
}
