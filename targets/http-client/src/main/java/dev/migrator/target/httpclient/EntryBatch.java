package dev.migrator.target.httpclient;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One batch of operations on a system that takes a call or more for each entry. What goes wrong with one entry does not
 * stop the others; nothing further is started once the system does not answer or the right to write has ended.
 */
public final class EntryBatch {
    private static final int JUDGEMENTS = 3;

    /** Reads an entry, judges, and writes it. */
    @FunctionalInterface
    public interface Attempt {
        /** @throws Raced if somebody else was faster: what is there then decides, in another attempt */
        Outcome at(Operation operation) throws TargetException, EntryRefused, Raced;
    }

    private final Attempt attempt;
    private final Map<EntryKey, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Map<EntryKey, TargetException> faults = new ConcurrentHashMap<>();
    /** Why nothing further is started. */
    private final AtomicReference<TargetException> stopped = new AtomicReference<>();

    public EntryBatch(Attempt attempt) {
        this.attempt = attempt;
    }

    /** @throws IllegalArgumentException if two operations name one key */
    public static void requireOnceEach(List<Operation> operations) {
        var seen = new HashSet<EntryKey>();
        for (var operation : operations) {
            if (!seen.add(operation.key())) {
                throw new IllegalArgumentException("one call names a key at most once: " + operation.key());
            }
        }
    }

    /** @param queues run in parallel; the operations of one queue in order */
    public void run(List<List<Operation>> queues) throws TargetException {
        Parallel.map(queues, queue -> {
            queue.forEach(this::runOne);
            return queue;
        });
    }

    /**
     * @return one outcome each, in order
     * @throws TargetException.Fenced if the right to write ended on the way
     * @throws TargetException if not one entry got an answer
     */
    public List<Outcome> outcomes(List<Operation> operations) throws TargetException {
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

    private void runOne(Operation operation) {
        var key = operation.key();
        var reason = stopped.get();
        if (reason != null) {
            fault(key, reason);
            return;
        }
        try {
            outcomes.put(key, attempts(operation));
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

    private Outcome attempts(Operation operation) throws TargetException, EntryRefused {
        for (int judgement = 0; judgement < JUDGEMENTS; judgement++) {
            try {
                return attempt.at(operation);
            } catch (Raced e) {
                // what is there now decides, in the next round
            }
        }
        return new Outcome.Unknown(
                operation.key(),
                Problem.of("TGT-RACED", "the entry keeps changing between reading and writing")
                        .about(operation.key().toString())
                        .expected("an entry that nobody else writes")
                        .found("another state, " + JUDGEMENTS + " times")
                        .todo("settle and read it before judging"));
    }

    /** What went wrong may concern this entry alone: the others are tried. */
    private static boolean isAboutOneEntry(TargetException fault) {
        return switch (fault) {
            case TargetException.Fenced _ -> false;
            case TargetException.Refused _ -> true;
            // an answer came, so the system is there
            case TargetException.Unavailable unavailable -> unavailable.getCause() == null;
        };
    }

    private void fault(EntryKey key, TargetException fault) {
        faults.put(key, fault);
        var problem = fault.problem();
        var ofEntry = problem.about(problem.thing().isEmpty() ? key.toString() : key + ", " + problem.thing());
        outcomes.put(
                key,
                fault instanceof TargetException.Refused
                        ? new Outcome.Failed(key, ofEntry)
                        : new Outcome.Unknown(key, ofEntry));
    }
}
