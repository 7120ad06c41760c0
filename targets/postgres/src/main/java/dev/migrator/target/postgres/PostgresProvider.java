package dev.migrator.target.postgres;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.target.Reach;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens PostgreSQL databases. The address is {@code postgresql://host:port/database}; see {@link Settings} for the rest. */
public final class PostgresProvider implements TargetProvider {
    @Override
    public String type() {
        return "postgresql";
    }

    @Override
    public List<String> kinds() {
        return Kinds.ALL;
    }

    @Override
    public List<String> triedWith() {
        return List.of("18.");
    }

    @Override
    public int batchSize() {
        return PostgresWriter.MAX_BATCH;
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new PostgresReader(open(config, credentials, callTimeout, "read"));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new PostgresWriter(open(config, credentials, callTimeout, "write"));
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        var _ = open(config, credentials, callTimeout, "check");
        return new NoChecks();
    }

    /** The server speaks without encryption first, and is asked for it in its own words: only name and port are tried. */
    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        try {
            var uri = Settings.uri(config);
            return new Reach(atMost)
                            .problem(Settings.host(uri), Settings.port(uri), false)
                            .filter(problem -> !problem.code().equals("TGT-TLS"))
                            .stream()
                            .toList();
        } catch (TargetException.Refused e) {
            return List.of(e.problem());
        }
    }

    private static Sessions open(
            TargetConfig config, Map<String, String> credentials, Duration callTimeout, String role)
            throws TargetException {
        return Sessions.open(config, Settings.of(config, credentials, callTimeout, role));
    }
}
