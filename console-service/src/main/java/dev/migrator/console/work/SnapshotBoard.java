package dev.migrator.console.work;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.EntryHistory;
import dev.migrator.core.snapshot.EntryLines;
import dev.migrator.core.snapshot.SnapshotDiff;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.core.snapshot.SnapshotJson;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.core.snapshot.SnapshotReader;
import dev.migrator.kit.avro.SnapshotMessages;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The snapshots in the bucket, and the order for another one. Nothing is handed out of a chunk that is broken. */
public final class SnapshotBoard {
    /** Plans that are read for one history, each of them whole. */
    private static final int MOST_PLANS = 100;

    private final Environments environments;
    private final SnapshotCatalog catalog;
    private final EntryWriters writers;
    private final Publisher publisher;
    private final Clock clock;

    public SnapshotBoard(
            Environments environments,
            SnapshotCatalog catalog,
            EntryWriters writers,
            Publisher publisher,
            Clock clock) {
        this.writers = writers;
        this.environments = environments;
        this.catalog = catalog;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** A list of which only the first items are given. */
    public record Some(List<Value> items, boolean more) {
        /** As an object with {@code items} and {@code more}. */
        public Value.Obj toValue() {
            return Value.object("items", Value.array(items), "more", Value.of(more));
        }
    }

    /**
     * Newest first. One that cannot be read is listed with its {@code problem}.
     *
     * @throws ProblemException {@code ENV-UNKNOWN}
     */
    public Some list(String environment, int atMost) {
        environments.declared(environment);
        var names = catalog.list(environment);
        return new Some(names.stream().limit(atMost).map(this::summary).toList(), names.size() > atMost);
    }

    private Value summary(SnapshotName name) {
        try {
            return SnapshotJson.summary(name.id(), catalog.open(name).manifest());
        } catch (ProblemException e) {
            return Value.object("id", Value.of(name.id()), "problem", StatusJson.problem(e.problem()));
        }
    }

    /**
     * Asks for one now. Returns once that is in the log.
     *
     * @throws ProblemException {@code ENV-UNKNOWN}, {@code TGT-UNKNOWN}, {@code SNP-REQUEST}
     */
    public void order(String environment, String request, Optional<String> target, String by) {
        var declared = environments.declared(environment);
        target.ifPresent(name -> {
            if (declared.target(name).isEmpty()) {
                throw new ProblemException(Problem.of("TGT-UNKNOWN", "there is no such target")
                        .about(environment + "/" + name)
                        .expected("one of "
                                + declared.targets().stream()
                                        .map(TargetConfig::name)
                                        .toList())
                        .found(name)
                        .todo("correct the name, or declare it in environments.yaml"));
            }
        });
        var order = new SnapshotOrder(environment, request, target, by, clock.instant());
        publisher.send(Topics.COMMANDS, environment, SnapshotMessages.of(order));
    }

    /** What became of an order: {@code state} is WAITING, TAKEN (with {@code snapshot}) or REFUSED (with {@code problem}). */
    public Value.Obj ordered(String environment, String request) {
        environments.declared(environment);
        var taken = catalog.takenFor(environment, request);
        if (taken.isPresent()) {
            return Value.object("state", Value.of("TAKEN"), "snapshot", summary(taken.get()));
        }
        return catalog.refused(environment).stream()
                .filter(name -> name.what().equals(request))
                .findFirst()
                .flatMap(catalog::whyRefused)
                .map(problem -> Value.object("state", Value.of("REFUSED"), "problem", StatusJson.problem(problem)))
                .orElseGet(() -> Value.object("state", Value.of("WAITING")));
    }

    /** @throws ProblemException {@code SNP-…} if there is no such snapshot, or if it cannot be read */
    public Value.Obj show(String id) {
        var name = catalog.resolve(environments.names(), id);
        return SnapshotJson.summary(name.id(), catalog.open(name).manifest());
    }

    /** The entries that somebody looks for, ascending. Exceptions as {@link #show}, and for every broken chunk. */
    public Some entries(String id, Predicate<SnapshotEntry> which, int atMost) {
        var items = new ArrayList<Value>();
        boolean[] more = {false};
        reader(id).forEach(entry -> {
            if (!more[0] && which.test(entry)) {
                more[0] = items.size() == atMost;
                if (!more[0]) {
                    items.add(EntryLines.toValue(entry));
                }
            }
        });
        return new Some(items, more[0]);
    }

    /**
     * What is different in the second one, ascending by key, and what both were read of as {@code sources}. Exceptions as
     * {@link #entries}.
     */
    public Value.Obj differences(String before, String after, int atMost) {
        var items = new ArrayList<Value>();
        boolean[] more = {false};
        var first = reader(before);
        var second = reader(after);
        SnapshotDiff.between(first, second, difference -> {
            if (items.size() < atMost) {
                items.add(SnapshotJson.difference(difference));
            } else {
                more[0] = true;
            }
        });
        return Value.object(
                "items",
                Value.array(items),
                "more",
                Value.of(more[0]),
                "sources",
                SnapshotJson.sources(first.manifest(), second.manifest()));
    }

    /**
     * Where an entry changed, newest first, in the newest snapshots of an environment. One in which it cannot be read stands there
     * with its {@code problem}. With them, as {@code migrations}, those that wrote it, newest first: at most {@value #MOST_PLANS}.
     *
     * @param atMost snapshots that are looked at
     */
    public Value.Obj history(String environment, EntryKey key, int atMost) {
        environments.declared(environment);
        var names = catalog.list(environment);
        var history = new EntryHistory(key);
        var items = new ArrayList<Value>();
        var plans = new LinkedHashMap<String, Coverage.OfPlan>();
        for (var name : names.stream().limit(atMost).toList().reversed()) {
            try {
                var snapshot = catalog.open(name);
                if (snapshot.manifest().covers() instanceof Coverage.OfPlan plan
                        && history.line(snapshot).isPresent()) {
                    plans.putLast(plan.migration(), plan); // the plan of its last revision is the one that was applied
                }
                history.next(snapshot)
                        .ifPresent(state -> items.add(Value.object(
                                "snapshot", Value.of(name.id()),
                                "takenAt", Value.of(name.takenAt().toString()),
                                "state", SnapshotJson.state(Optional.of(state)))));
            } catch (ProblemException e) {
                items.add(Value.object(
                        "snapshot", Value.of(name.id()),
                        "takenAt", Value.of(name.takenAt().toString()),
                        "problem", StatusJson.problem(e.problem())));
            }
        }
        return Value.object(
                "items",
                Value.array(items.reversed()),
                "migrations",
                Value.array(wrote(key, plans.sequencedValues().reversed())),
                "more",
                Value.of(names.size() > atMost || plans.size() > MOST_PLANS));
    }

    private List<Value> wrote(EntryKey key, Collection<Coverage.OfPlan> newestFirst) {
        return newestFirst.stream()
                .limit(MOST_PLANS)
                .flatMap(plan -> writers.of(plan, key).stream())
                .toList();
    }

    /** Reads all of it. {@code whole} if nothing is wrong, else with every problem that was found, broken manifests too. */
    public Value.Obj verify(String id) {
        var name = catalog.resolve(environments.names(), id);
        List<Problem> problems;
        long[] entries = {0};
        try {
            problems = catalog.open(name).verify(_ -> entries[0]++);
        } catch (ProblemException e) {
            problems = List.of(e.problem());
        }
        return Value.object(
                "id", Value.of(name.id()),
                "whole", Value.of(problems.isEmpty()),
                "entries", Value.of(entries[0]),
                "problems",
                        Value.array(problems.stream().map(StatusJson::problem).toList()));
    }

    private SnapshotReader reader(String id) {
        return catalog.open(catalog.resolve(environments.names(), id));
    }
}
