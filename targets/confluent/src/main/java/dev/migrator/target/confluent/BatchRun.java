package dev.migrator.target.confluent;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.Parallel;
import dev.migrator.target.httpclient.Unsettled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One batch of operations. Those on one subject run one after another in the order given, as the registry numbers its
 * versions; different subjects run in parallel. Each entry is read immediately before it is written.
 */
final class BatchRun {
    private static final int JUDGEMENTS = 3;

    private final SubjectReads reads;
    private final SubjectWrites writes;
    private final Unsettled unsettled;
    private final Map<EntryKey, String> incarnations;

    private final Map<EntryKey, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Map<EntryKey, TargetException> faults = new ConcurrentHashMap<>();
    /** Why nothing further is started. */
    private final AtomicReference<TargetException> stopped = new AtomicReference<>();

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

    /**
     * @return one outcome each, in order
     * @throws TargetException.Fenced if the right to write ended on the way
     * @throws TargetException if not one entry got an answer
     */
    List<Outcome> run(List<Operation> operations) throws TargetException {
        Parallel.map(bySubject(operations), queue -> {
            queue.forEach(this::runOne);
            return queue;
        });
        if (stopped.get() instanceof TargetException.Fenced fenced) {
            throw fenced;
        }
        if (!operations.isEmpty() && faults.size() == operations.size()) {
            throw faults.values().stream()
                    .filter(TargetException.Unavailable.class::isInstance)
                    .findFirst()
                    .orElse(faults.get(operations.getFirst().key()));
        }
        return operations.stream()
                .map(operation -> outcomes.get(operation.key()))
                .toList();
    }

    private static List<List<Operation>> bySubject(List<Operation> operations) {
        var queues = new LinkedHashMap<String, List<Operation>>();
        var seen = new java.util.HashSet<EntryKey>();
        for (var operation : operations) {
            if (!seen.add(operation.key())) {
                throw new IllegalArgumentException("one call names a key at most once: " + operation.key());
            }
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

    private void runOne(Operation operation) {
        var key = operation.key();
        var reason = stopped.get();
        if (reason != null) {
            fault(key, reason);
            return;
        }
        try {
            outcomes.put(key, judgeAndWrite(operation));
        } catch (ProblemException e) {
            outcomes.put(key, new Outcome.Failed(key, e.problem().about(key.toString())));
        } catch (EntryRefused e) {
            outcomes.put(key, new Outcome.Failed(key, e.problem()));
        } catch (TargetException e) {
            if (!isAboutOneEntry(e)) {
                stopped.compareAndSet(null, e);
            }
            fault(key, e);
        }
    }

    private Outcome judgeAndWrite(Operation operation) throws TargetException, EntryRefused {
        var key = operation.key();
        for (int judgement = 0; judgement < JUDGEMENTS; judgement++) {
            var found = reads.state(key);
            var judged = Judged.of(List.of(comparable(operation)), incarnations, Map.of(key, found));
            if (judged.writes().isEmpty()) {
                return judged.outcomes(Map.of()).getFirst();
            }
            try {
                var outcome = writes.write(operation, found);
                if (outcome.done()) {
                    unsettled.acknowledged(key, found, System.nanoTime());
                }
                return outcome;
            } catch (Raced e) {
                // somebody else was faster: what is there now decides, in the next round
            }
        }
        return new Outcome.Unknown(
                key,
                Problem.of("TGT-RACED", "the entry keeps changing between reading and writing")
                        .about(key.toString())
                        .expected("an entry that nobody else writes")
                        .found("another state, " + JUDGEMENTS + " times")
                        .todo("settle and read it before judging"));
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

    /** What went wrong may concern this entry alone: the others are tried. */
    private static boolean isAboutOneEntry(TargetException fault) {
        return switch (fault) {
            case TargetException.Fenced _ -> false;
            case TargetException.Refused _ -> true;
            // an answer came, so the registry is there
            case TargetException.Unavailable unavailable -> unavailable.getCause() == null;
        };
    }

    private void fault(EntryKey key, TargetException fault) {
        faults.put(key, fault);
        var problem = fault.problem();
        var thing = problem.thing().isEmpty() ? key.toString() : key + ", " + problem.thing();
        outcomes.put(
                key,
                fault instanceof TargetException.Refused
                        ? new Outcome.Failed(key, problem.about(thing))
                        : new Outcome.Unknown(key, problem.about(thing)));
    }
}
