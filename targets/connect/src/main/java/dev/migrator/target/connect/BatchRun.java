package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.kinds.ConnectorSecrets;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.EntryBatch;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One batch of operations, some at a time. Each connector is read immediately before it is written, so that as little
 * time as possible lies between judging and writing.
 */
final class BatchRun {
    private final Connectors connectors;
    private final Contents contents;
    private final ConnectorWriter writer;
    private final Unsettled unsettled;
    private final Map<EntryKey, String> incarnations;
    private final WriteGuard guard;

    BatchRun(
            Connectors connectors,
            Contents contents,
            Unsettled unsettled,
            Map<EntryKey, String> incarnations,
            WriteGuard guard) {
        this.connectors = connectors;
        this.contents = contents;
        this.writer = new ConnectorWriter(connectors);
        this.unsettled = unsettled;
        this.incarnations = incarnations;
        this.guard = guard;
    }

    /** As {@link EntryBatch#outcomes}. */
    List<Outcome> run(List<Operation> operations) throws TargetException {
        EntryBatch.requireOnceEach(operations);
        var batch = new EntryBatch(this::judgeAndWrite);
        batch.run(operations.stream().map(List::of).toList());
        return batch.outcomes(operations);
    }

    static void requireWritable(EntryKey key) throws EntryRefused {
        requireConnector(key);
        if (!ConnectorKind.isLegal(key.address())) {
            throw new EntryRefused(Problem.of("CNR-NAME", "no connector can have this name")
                    .about(key.toString())
                    .expected("a name that workers let stand in a path")
                    .found(key.address())
                    .todo("choose another name; one that is there can only be deleted by a worker of Kafka 3"));
        }
    }

    static void requireConnector(EntryKey key) throws EntryRefused {
        if (!key.kind().equals(ConnectorKind.ENTRY)) {
            throw new EntryRefused(Problem.of("TGT-KIND", "Kafka Connect has no such kind of entry")
                    .about(key.toString())
                    .expected(ConnectorKind.ENTRY)
                    .found(key.kind()));
        }
    }

    private Outcome judgeAndWrite(Operation operation) throws TargetException, EntryRefused, Raced {
        var key = operation.key();
        requireWritable(key);
        var found = Optional.ofNullable(connectors.named(List.of(key.address())).get(key.address()));
        var state = contents.state(found, Optional.empty());
        var judged = Judged.of(List.of(operation), incarnations, Map.of(key, state));
        if (judged.writes().isEmpty()) {
            return withOffsets(judged.outcomes(Map.of()).getFirst(), found);
        }
        var wanted = Wanted.of(key, after(operation), found.map(Found::config).orElseGet(TreeMap::new));
        return writer.write(operation, found, wanted, writes(operation, found, wanted, state));
    }

    /** A conflict shows the connector as any reader would. */
    private Outcome withOffsets(Outcome outcome, Optional<Found> found) throws TargetException {
        return outcome instanceof Outcome.Conflict(var key, var _)
                ? new Outcome.Conflict(
                        key,
                        contents.state(
                                found, found.isEmpty() ? Optional.empty() : connectors.offsetsText(key.address())))
                : outcome;
    }

    private ConnectWrites writes(Operation operation, Optional<Found> found, Wanted wanted, EntryState before)
            throws TargetException {
        var key = operation.key();
        var secrets = new TreeSet<>(wanted.secrets());
        if (found.isPresent()) {
            secrets.addAll(contents.hidden(found.get()));
        }
        return new ConnectWrites(
                connectors.api(), guard, key, new Redaction(secrets), acknowledged(key, after(operation), before));
    }

    private ConnectWrites.Acknowledged acknowledged(EntryKey key, Content after, EntryState before) {
        return new ConnectWrites.Acknowledged() {
            @Override
            public void changed(Set<String> settings) {
                var fields = new TreeMap<>(after.fields());
                fields.keySet()
                        .removeIf(field -> !Wanted.isReadable(field) || !settings.contains(Wanted.setting(field)));
                fields.values().removeIf(Value.of(ConnectorSecrets.HIDDEN)::equals);
                unsettled.has(key, Content.of(fields), before, System.nanoTime());
            }

            @Override
            public void runs(Run run) {
                unsettled.has(key, Content.of(ConnectorKind.RUN, Value.of(run.name())), before, System.nanoTime());
            }

            @Override
            public void isOutOfUse() {
                unsettled.isOutOfUse(key, before, System.nanoTime());
            }

            @Override
            public void isGone() {
                unsettled.isGone(key, before, System.nanoTime());
            }
        };
    }

    static Content after(Operation operation) {
        return switch (operation) {
            case Operation.Create(var _, var after) -> after;
            case Operation.Update(var _, var _, var after) -> after;
            case Operation.Delete _ -> Content.EMPTY;
        };
    }
}
