package dev.migrator.planner.work;

import dev.migrator.core.drift.Agreement;
import dev.migrator.core.drift.DriftComparison;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.model.EntryKey;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.DriftMessages;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Looks whether an environment is as it was last applied, and reports it. A report is made only of what two reads agree on
 * while no migration could write, so what a migration does itself is never drift. Checks by several planners give the same
 * report.
 */
public final class DriftWork {
    /** When it is worth looking again. */
    public enum Again {
        AS_USUAL,
        SOON
    }

    /** Waits that long; a test does not. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(DriftWork.class);

    private final TargetPool targets;
    private final KnownInventory inventory;
    private final DriftSources sources;
    private final Publisher publisher;
    private final Clock clock;
    private final Duration settle;
    private final Duration goodFor;
    private final Pause pause;

    /**
     * @param settle between two reads: longer than servers show the old state after a write
     * @param goodFor how long a report counts
     */
    public DriftWork(
            TargetPool targets,
            KnownInventory inventory,
            DriftSources sources,
            Publisher publisher,
            Clock clock,
            Duration settle,
            Duration goodFor,
            Pause pause) {
        this.targets = targets;
        this.inventory = inventory;
        this.sources = sources;
        this.publisher = publisher;
        this.clock = clock;
        this.settle = settle;
        this.goodFor = goodFor;
        this.pause = pause;
    }

    /**
     * @param request id of the newest request to look, empty if nobody asked
     * @throws Unavailable if what was reported before, or what migrations do, cannot be said
     */
    public Again check(Environment environment, String request) throws InterruptedException {
        var name = environment.name();
        var before = sources.reported(name);
        var mark = sources.activity(name);
        if (!mark.isIdle()) {
            return interrupted(name, before, busy(mark), request);
        }
        try {
            var known = inventory.current(name);
            var look = new Look(name, known, before);
            var again = look.twice();
            var since = sources.activity(name);
            // what is made known without a write changes the inventory alone
            if (!mark.equals(since) || !known.equals(inventory.current(name))) {
                return interrupted(name, before, busy(since), request);
            }
            publish(DriftReport.of(name, clock.instant(), goodFor, look.checked, look.findings.values(), request));
            LOG.debugf("Looked for drift: environment=%s, drifted=%d", name, look.findings.size());
            return again;
        } catch (Unavailable e) {
            return interrupted(name, before, e.problem(), request);
        }
    }

    private Again interrupted(String environment, Optional<DriftReport> before, Problem why, String request) {
        boolean toldAlready = before.filter(report -> report.answers().equals(request))
                .flatMap(DriftReport::problem)
                .filter(why::equals)
                .isPresent();
        if (!toldAlready) {
            var now = clock.instant();
            publish(before.map(report -> report.interrupted(now, why, request))
                    .orElseGet(() -> DriftReport.unknown(environment, now, why, request)));
        }
        return Again.SOON;
    }

    private void publish(DriftReport report) {
        publisher.send(Topics.DRIFT, report.environment(), DriftMessages.of(report));
    }

    private static Problem busy(MigrationActivity.Mark mark) {
        var problem = Problem.of("DRF-BUSY", "a migration may be writing, so what differs may be its own doing")
                .expected("no migration between its first write and its end")
                .todo("ask again once it has ended");
        return mark.writing().map(id -> problem.about("migration " + id)).orElse(problem);
    }

    /** Of all targets, at one environment. */
    private final class Look {
        private final String environment;
        private final Inventory known;
        private final Optional<DriftReport> before;
        private final List<DriftReport.Target> checked = new ArrayList<>();
        private final SortedMap<EntryKey, DriftFinding> findings = new TreeMap<>();

        Look(String environment, Inventory known, Optional<DriftReport> before) {
            this.environment = environment;
            this.known = known;
            this.before = before;
        }

        Again twice() throws InterruptedException {
            var keys = DriftComparison.keysToRead(known);
            var first = new TreeMap<String, Reading>();
            for (var target : keys.entrySet()) {
                first.put(target.getKey(), read(target.getKey(), target.getValue()));
            }
            if (first.entrySet().stream().anyMatch(read -> read.getValue().isDoubtful(reported(read.getKey())))) {
                pause.of(settle);
            }
            boolean settled = true;
            for (var target : first.entrySet()) {
                settled &= conclude(target.getKey(), keys.get(target.getKey()).size(), target.getValue());
            }
            return settled ? Again.AS_USUAL : Again.SOON;
        }

        private SortedMap<EntryKey, DriftFinding> reported(String target) {
            var reported = new TreeMap<EntryKey, DriftFinding>();
            before.ifPresent(report -> reported.putAll(report.findingsIn(target)));
            // what is not managed any more cannot have drifted
            reported.keySet().removeIf(key -> known.at(key).isEmpty());
            return reported;
        }

        /** @return whether nothing is in doubt any more; a target that cannot be read is not, it is unknown */
        private boolean conclude(String target, int entries, Reading first) {
            var reported = reported(target);
            if (first.problem().isPresent()) {
                unread(target, entries, first.problem().get(), reported);
                return true;
            }
            if (!first.isDoubtful(reported)) {
                checked.add(read(target, entries));
                return true;
            }
            var second = read(target, Agreement.doubtful(first.differing(), reported));
            if (second.problem().isPresent()) {
                unread(target, entries, second.problem().get(), reported);
                return true;
            }
            var agreed = Agreement.of(first.differing(), second.differing(), reported);
            findings.putAll(agreed.findings());
            checked.add(read(target, entries));
            return agreed.settled();
        }

        private DriftReport.Target read(String target, int entries) {
            return new DriftReport.Target(target, entries, Optional.of(clock.instant()), Optional.empty());
        }

        /** What was found there before is all that is known. */
        private void unread(String target, int entries, Problem why, SortedMap<EntryKey, DriftFinding> reported) {
            findings.putAll(reported);
            var last = before.flatMap(report -> report.target(target)).flatMap(DriftReport.Target::checkedAt);
            checked.add(new DriftReport.Target(target, entries, last, Optional.of(why)));
        }

        private Reading read(String target, SortedSet<EntryKey> keys) {
            try {
                var states = targets.reading(environment, target, reader -> reader.readAll(keys));
                var missing = new TreeSet<>(keys);
                missing.removeAll(states.keySet());
                if (!missing.isEmpty()) {
                    return Reading.failed(Problem.of("DRF-NOT-READ", "a target did not say what it holds")
                            .about(missing.first().toString())
                            .expected("an answer for each entry asked for")
                            .found(missing.size() + " without"));
                }
                return new Reading(DriftComparison.between(known, states, clock.instant()), Optional.empty());
            } catch (TargetException e) {
                return Reading.failed(e.problem());
            } catch (ProblemException e) {
                return Reading.failed(e.problem());
            }
        }
    }

    /** @param problem why nothing was read, empty if it was */
    private record Reading(Map<EntryKey, DriftFinding> differing, Optional<Problem> problem) {
        static Reading failed(Problem why) {
            return new Reading(Map.of(), Optional.of(why));
        }

        boolean isDoubtful(Map<EntryKey, DriftFinding> reported) {
            return problem.isEmpty() && !Agreement.doubtful(differing, reported).isEmpty();
        }
    }
}
