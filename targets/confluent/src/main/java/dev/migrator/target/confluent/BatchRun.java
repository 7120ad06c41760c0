package dev.migrator.target.confluent;

import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.EntryBatch;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import dev.migrator.target.httpclient.Unsettled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One batch of operations. Those on one subject run one after another in the order given, as the registry numbers its
 * versions; different subjects run in parallel. Each entry is read immediately before it is written.
 */
final class BatchRun {
    private final SubjectReads reads;
    private final SubjectWrites writes;
    private final Unsettled unsettled;
    private final Map<EntryKey, String> incarnations;

    BatchRun(
            SubjectHttp http,
            SubjectReads reads,
            Unsettled unsettled,
            Map<EntryKey, String> incarnations,
            WriteGuard guard) {
        this.reads = reads;
        this.writes = new SubjectWrites(http, reads, guard);
        this.unsettled = unsettled;
        this.incarnations = incarnations;
    }

    /** As {@link EntryBatch#outcomes}. */
    List<Outcome> run(List<Operation> operations) throws TargetException {
        EntryBatch.requireOnceEach(operations);
        var batch = new EntryBatch(this::judgeAndWrite);
        batch.run(bySubject(operations));
        return batch.outcomes(operations);
    }

    private static List<List<Operation>> bySubject(List<Operation> operations) {
        var queues = new LinkedHashMap<String, List<Operation>>();
        for (var operation : operations) {
            queues.computeIfAbsent(subjectOf(operation.key()), _ -> new ArrayList<>())
                    .add(operation);
        }
        return List.copyOf(queues.values());
    }

    /** As it stands in the address: what is no address is refused later, and by itself. */
    static String subjectOf(EntryKey key) {
        int at = key.kind().equals(SubjectKind.VERSION) ? key.address().indexOf('@') : -1;
        return at < 0 ? key.address() : key.address().substring(0, at);
    }

    private Outcome judgeAndWrite(Operation operation) throws TargetException, EntryRefused, Raced {
        var key = operation.key();
        var found = reads.state(key);
        var judged = Judged.of(List.of(comparable(operation)), incarnations, Map.of(key, found));
        if (judged.writes().isEmpty()) {
            return judged.outcomes(Map.of()).getFirst();
        }
        var outcome = writes.write(operation, found);
        if (outcome.done()) {
            unsettled.acknowledged(key, found, System.nanoTime());
        }
        return outcome;
    }

    /** The operation with its schemas in the form in which they are compared. */
    static Operation comparable(Operation operation) {
        return switch (operation) {
            case Operation.Create(var key, var after) -> new Operation.Create(key, Registered.comparable(after));
            case Operation.Update(var key, var before, var after) ->
                new Operation.Update(key, Registered.comparable(before), Registered.comparable(after));
            case Operation.Delete(var key, var before, var removal) ->
                new Operation.Delete(key, Registered.comparable(before), removal);
        };
    }
}
