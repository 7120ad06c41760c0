package dev.migrator.engine;

import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place in which one thing goes wrong, at the call that is to write a certain operation. Whatever is written otherwise,
 * undoing included, is written as ever. For one thread, and for one drill.
 */
final class FaultyPlace implements Targets {
    /** Of everything that goes wrong here: nobody shall take it for a fault of the target. */
    static final String CODE = "DRL-ON-PURPOSE";

    private final Targets place;
    private final DrillFault fault;
    private final Optional<Operation> hit;
    private final Duration outage;
    private final Pace pace;
    private Optional<Duration> noticed = Optional.empty();

    /**
     * @param hit the operation; empty if nothing goes wrong at a call
     * @param outage how long its target does not answer in {@link DrillFault#OUTAGE}
     */
    FaultyPlace(Targets place, DrillFault fault, Optional<Operation> hit, Duration outage, Pace pace) {
        this.place = place;
        this.fault = fault;
        this.hit = hit;
        this.outage = outage;
        this.pace = pace;
    }

    /** When the fault first showed, by the pace; empty if it did not happen, as nothing was to be written there. */
    Optional<Duration> noticed() {
        return noticed;
    }

    @Override
    public TargetWriter writer(String target) throws TargetException {
        var writer = place.writer(target);
        return hit.filter(operation -> operation.key().target().equals(target)).isPresent()
                ? new Faulty(writer)
                : writer;
    }

    private void happens() {
        if (noticed.isEmpty()) {
            noticed = Optional.of(pace.elapsed());
        }
    }

    private static Problem onPurpose(String what) {
        return Problem.of(CODE, what + ", for a drill").todo("nothing; it goes wrong on purpose");
    }

    private static TargetException.Unavailable noAnswer() {
        return new TargetException.Unavailable(onPurpose("the target does not answer"), null);
    }

    private final class Faulty extends PassingWriter {
        Faulty(TargetWriter writer) {
            super(writer);
        }

        @Override
        public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
                throws TargetException {
            answers();
            int at = operations.indexOf(hit.orElseThrow());
            boolean again = fault == DrillFault.REFUSAL;
            if (at < 0 || (noticed.isPresent() && !again)) {
                return super.apply(operations, incarnations, guard);
            }
            return switch (fault) {
                case CRASH, TAKEOVER -> {
                    var _ = super.apply(List.copyOf(operations.subList(0, at + 1)), incarnations, guard);
                    happens();
                    throw new WorkerEnded();
                }
                case LOST_ANSWER -> {
                    var _ = super.apply(operations, incarnations, guard);
                    happens();
                    throw noAnswer();
                }
                case REFUSAL -> refused(operations, at, incarnations, guard);
                case OUTAGE -> {
                    happens();
                    throw noAnswer();
                }
                case ANOMALY -> super.apply(operations, incarnations, guard);
            };
        }

        private List<Outcome> refused(
                List<Operation> operations, int at, Map<EntryKey, String> incarnations, WriteGuard guard)
                throws TargetException {
            var others = new ArrayList<>(operations);
            var refused = others.remove(at).key();
            var outcomes = new ArrayList<Outcome>();
            if (!others.isEmpty()) {
                outcomes.addAll(super.apply(List.copyOf(others), incarnations, guard));
            }
            outcomes.add(
                    at,
                    new Outcome.Failed(
                            refused, onPurpose("the target refuses this entry").about(refused.toString())));
            happens();
            return outcomes;
        }

        @Override
        public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
            answers();
            return super.readAll(keys);
        }

        @Override
        public void settle(Duration atMost, WriteGuard guard) throws TargetException {
            answers();
            super.settle(atMost, guard);
        }

        private void answers() throws TargetException.Unavailable {
            var over = noticed.map(began -> began.plus(outage));
            if (fault == DrillFault.OUTAGE
                    && over.filter(end -> pace.elapsed().compareTo(end) < 0).isPresent()) {
                throw noAnswer();
            }
        }
    }
}
