package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.Parallel;
import dev.migrator.target.httpclient.Unsettled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One batch of operations. Rules of the registry and groups wait for what stands before them, and are waited for: an
 * artifact in a group that is not there makes it, and with other fields. Those on one artifact and its versions run one
 * after another in the order given, since a compatibility rule judges a version by the ones before it; different artifacts
 * run in parallel. Each entry is read immediately before it is written, so that as little time as possible lies between
 * judging and writing.
 */
final class BatchRun {
    private static final int JUDGEMENTS = 3;

    private final GlobalRuleWriter globalRules;
    private final GroupWriter groups;
    private final ArtifactWriter artifacts;
    private final VersionWriter versions;
    private final RegistryHttp http;
    private final Unsettled unsettled;
    private final Map<EntryKey, String> incarnations;
    private final WriteGuard guard;

    private final Map<EntryKey, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Map<EntryKey, TargetException> faults = new ConcurrentHashMap<>();
    /** Why nothing further is started. */
    private final AtomicReference<TargetException> stopped = new AtomicReference<>();

    BatchRun(
            RegistryReader reader,
            RegistryHttp http,
            Unsettled unsettled,
            Map<EntryKey, String> incarnations,
            WriteGuard guard) {
        this.globalRules = new GlobalRuleWriter(reader.entries());
        this.groups = new GroupWriter(reader.entries());
        this.artifacts = new ArtifactWriter(reader.entries(), reader.reads());
        this.versions = new VersionWriter(reader.entries(), reader.reads());
        this.http = http;
        this.unsettled = unsettled;
        this.incarnations = incarnations;
        this.guard = guard;
    }

    /**
     * @return one outcome each, in order
     * @throws TargetException.Fenced if the right to write ended on the way
     * @throws TargetException if not one entry got an answer
     */
    List<Outcome> run(List<Operation> operations) throws TargetException {
        for (var stage : stages(operations)) {
            Parallel.map(byArtifact(stage), queue -> {
                queue.forEach(this::runOne);
                return queue;
            });
        }
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

    /** Groups and rules of the registry, and artifacts with their versions, in turns as they are given. */
    private static List<List<Operation>> stages(List<Operation> operations) {
        var seen = new HashSet<EntryKey>();
        var stages = new ArrayList<List<Operation>>();
        boolean wide = false;
        for (var operation : operations) {
            if (!seen.add(operation.key())) {
                throw new IllegalArgumentException("one call names a key at most once: " + operation.key());
            }
            boolean alsoWide = isWide(operation.key());
            if (stages.isEmpty() || wide != alsoWide) {
                stages.add(new ArrayList<>());
                wide = alsoWide;
            }
            stages.getLast().add(operation);
        }
        return stages;
    }

    private static boolean isWide(EntryKey key) {
        return key.kind().equals(Fields.GROUP) || key.kind().equals(Fields.GLOBAL_RULE);
    }

    private static List<List<Operation>> byArtifact(List<Operation> operations) {
        var queues = new LinkedHashMap<String, List<Operation>>();
        for (var operation : operations) {
            var address = operation.key().address();
            int at = isWide(operation.key()) ? -1 : address.indexOf('@');
            var queue = isWide(operation.key())
                    ? operation.key().kind() + " " + address
                    : at < 0 ? address : address.substring(0, at);
            queues.computeIfAbsent(queue, _ -> new ArrayList<>()).add(operation);
        }
        return List.copyOf(queues.values());
    }

    private void runOne(Operation operation) {
        var key = operation.key();
        var reason = stopped.get();
        if (reason != null) {
            fault(key, reason);
            return;
        }
        try {
            outcomes.put(
                    key,
                    switch (key.kind()) {
                        case Fields.GLOBAL_RULE -> judgeAndWrite(operation, globalRules);
                        case Fields.GROUP -> judgeAndWrite(operation, groups);
                        case Fields.ARTIFACT -> judgeAndWrite(operation, artifacts);
                        default -> judgeAndWrite(operation, versions);
                    });
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

    private <F extends Found> Outcome judgeAndWrite(Operation operation, EntryWriter<F> writer)
            throws TargetException, EntryRefused {
        var key = operation.key();
        for (int judgement = 0; judgement < JUDGEMENTS; judgement++) {
            var found = writer.read(key);
            var judged =
                    Judged.of(List.of(writer.comparable(operation, found)), incarnations, Map.of(key, found.state()));
            if (judged.writes().isEmpty()) {
                return judged.outcomes(Map.of()).getFirst();
            }
            try {
                var outcome = writer.write(operation, found, new Calls(http, guard, key));
                if (outcome.done()) {
                    unsettled.acknowledged(key, found.state(), System.nanoTime());
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
        var ofEntry = new Problem(
                problem.code(),
                problem.message(),
                key
                        + Optional.of(problem.thing())
                                .filter(thing -> !thing.isEmpty())
                                .map(thing -> ", " + thing)
                                .orElse(""),
                problem.expected(),
                problem.found(),
                problem.todo());
        outcomes.put(
                key,
                fault instanceof TargetException.Refused
                        ? new Outcome.Failed(key, ofEntry)
                        : new Outcome.Unknown(key, ofEntry));
    }
}
