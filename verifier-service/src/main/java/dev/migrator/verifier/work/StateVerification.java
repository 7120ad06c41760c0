package dev.migrator.verifier.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.verdict.StateVerdict;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads back what was written. What still shows the state from before is read again until {@code patience} is over; what
 * shows a third state is read once more, a moment later, and then reported.
 */
public final class StateVerification {
    /** Reads the state of keys, over all targets. */
    @FunctionalInterface
    public interface Reading {
        Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException;
    }

    /** Time as the verification sees it; tests bring their own. */
    public interface Clock {
        long nanos();

        void pause(Duration duration) throws InterruptedException;

        /** The machine's clock. */
        Clock SYSTEM = new Clock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }
        };
    }

    /** @param entries that were compared
     *  @param readings that it took */
    public record Result(int entries, int readings, List<Problem> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final int MOST_PROBLEMS = 100;

    private final Reading reading;
    private final Clock clock;
    private final Duration patience;

    /** @param patience longest wait for what is not yet shown, more than zero */
    public StateVerification(Reading reading, Clock clock, Duration patience) {
        this.reading = reading;
        this.clock = clock;
        this.patience = patience;
    }

    /** @throws TargetException if a target cannot be read: nothing is known then, and that counts as "no" */
    public Result verify(List<Operation> operations) throws TargetException, InterruptedException {
        var open = new TreeMap<EntryKey, Operation>();
        operations.forEach(operation -> open.put(operation.key(), operation));
        var wrongBefore = Set.<EntryKey>of();
        long start = clock.nanos();
        for (int readings = 1; ; readings++) {
            var states = reading.readAll(new TreeSet<>(open.keySet()));
            var wrong = new TreeSet<EntryKey>();
            var problems = new TreeMap<EntryKey, Problem>();
            for (Operation operation : List.copyOf(open.values())) {
                var key = operation.key();
                switch (StateVerdict.of(operation, states.getOrDefault(key, EntryState.ABSENT))) {
                    case StateVerdict.AsPlanned _ -> open.remove(key);
                    case StateVerdict.NotYet(var problem) -> problems.put(key, problem);
                    case StateVerdict.Wrong(var problem) -> {
                        wrong.add(key);
                        problems.put(key, problem);
                    }
                }
            }
            boolean patienceIsOver = clock.nanos() - start >= patience.toNanos();
            boolean wrongTwice = wrong.stream().anyMatch(wrongBefore::contains);
            if (open.isEmpty() || wrongTwice || patienceIsOver) {
                var reported = new ArrayList<>(problems.values());
                return new Result(
                        operations.size(), readings, reported.subList(0, Math.min(MOST_PROBLEMS, reported.size())));
            }
            wrongBefore = wrong;
            clock.pause(BETWEEN);
        }
    }
}
