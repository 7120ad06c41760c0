package dev.migrator.target.postgres;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionType;
import dev.migrator.target.ActionChecks;
import dev.migrator.target.ActionReader;
import dev.migrator.target.ActionWriter;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens PostgreSQL databases that actions in SQL may work on. Address and credentials as for {@link PostgresProvider}. */
public final class SqlActionsProvider implements TargetProvider {
    private final PostgresProvider databases = new PostgresProvider();

    @Override
    public String type() {
        return ActionType.SQL.targetType();
    }

    @Override
    public List<String> kinds() {
        return ActionReader.KINDS;
    }

    @Override
    public List<String> triedWith() {
        return databases.triedWith();
    }

    @Override
    public int batchSize() {
        return ActionWriter.MAX_BATCH;
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ActionReader(open(config, credentials, callTimeout, "read"));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ActionWriter(open(config, credentials, callTimeout, "write"), callTimeout);
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        return new ActionChecks();
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return databases.unreachable(config, credentials, atMost);
    }

    private static SqlActions open(
            TargetConfig config, Map<String, String> credentials, Duration callTimeout, String role)
            throws TargetException {
        return new SqlActions(Sessions.open(config, Settings.of(config, credentials, callTimeout, role)));
    }
}
