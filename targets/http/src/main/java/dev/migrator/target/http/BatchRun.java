package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One batch of operations: read, judged, and sent with what was found as the condition. Where the server says that an
 * entry is no longer so, what is there now decides, in the next round.
 */
final class BatchRun {
    private static final int JUDGEMENTS = 3;
    private static final int LONGEST_REASON = 1_000;

    private final ServedSystem served;
    private final Description system;
    private final Map<EntryKey, String> incarnations;
    private final WriteGuard guard;

    private final Map<EntryKey, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<EntryKey, TargetException> faults = new HashMap<>();
    private final Set<EntryKey> raced = new HashSet<>();

    BatchRun(ServedSystem served, Description system, Map<EntryKey, String> incarnations, WriteGuard guard) {
        this.served = served;
        this.system = system;
        this.incarnations = incarnations;
        this.guard = guard;
    }

    /**
     * @return one outcome each, in order
     * @throws TargetException.Fenced if the right to write ended on the way
     * @throws TargetException if not one entry got an answer
     */
    List<Outcome> run(List<Operation> operations) throws TargetException {
        var left = Addressed.of(
                operations,
                system,
                (wrong, problem) -> outcomes.put(wrong.key(), new Outcome.Failed(wrong.key(), problem)));
        for (int judgement = 0; judgement < JUDGEMENTS && !left.isEmpty(); judgement++) {
            raced.clear();
            try {
                round(left);
            } catch (TargetException.Fenced e) {
                throw e;
            } catch (TargetException e) {
                left.forEach(one -> {
                    if (!outcomes.containsKey(one.operation().key())) {
                        faults.putIfAbsent(one.operation().key(), e);
                    }
                });
                break;
            }
            left = left.stream()
                    .filter(one -> raced.contains(one.operation().key()))
                    .toList();
        }
        if (!operations.isEmpty() && faults.size() == operations.size()) {
            throw worst();
        }
        return operations.stream().map(this::outcome).toList();
    }

    private void round(List<Addressed> left) throws TargetException {
        var operations = left.stream().map(Addressed::operation).toList();
        var found = new EntryReads(served)
                .states(operations.stream().map(Operation::key).sorted().toList(), system);
        var judged = Judged.of(operations, incarnations, found);
        var writes = new HashSet<>(judged.writes());
        var asked = new ArrayList<Asked>();
        for (var one : left) {
            if (writes.contains(one.operation())) {
                var key = one.operation().key();
                Asked.of(one.operation(), one.name(), one.type(), judged.found(key), system.capabilities())
                        .ifPresentOrElse(
                                asked::add,
                                () -> outcomes.put(key, new Outcome.Failed(key, Addressed.cannotGo(one.operation()))));
            }
        }
        judged.outcomes(Map.of()).forEach(outcome -> {
            if (!(outcome instanceof Outcome.Unknown)) {
                outcomes.put(outcome.key(), outcome);
            }
        });
        new Sending(
                        served,
                        system,
                        body -> served.calls().write("/entries/apply", body, guard),
                        (one, told) -> take(one, told),
                        (one, problem) -> {
                            var key = one.operation().key();
                            outcomes.put(key, new Outcome.Failed(key, problem));
                        },
                        this::lost)
                .all(asked);
    }

    private void take(Asked asked, Value.Obj told) throws Strange {
        var key = asked.operation().key();
        switch (Read.text(told, "outcome", LONGEST_REASON)) {
            case "applied" ->
                outcomes.put(
                        key,
                        asked.retiresInstead()
                                ? new Outcome.Retained(key, "the system removes nothing for good")
                                : new Outcome.Applied(key, incarnation(asked, told)));
            case "retained" -> {
                if (!(asked.operation() instanceof Operation.Delete)
                        || asked.operation().isPurge()) {
                    throw new Strange("what was not to go, or to go for good, is told as retained");
                }
                outcomes.put(key, new Outcome.Retained(key, Read.text(told, "reason", LONGEST_REASON)));
            }
            case "conflict" -> raced.add(key);
            case "failed" ->
                outcomes.put(
                        key,
                        new Outcome.Failed(
                                key,
                                ProtocolFaults.refused(
                                        asked, Read.object(told.get("problem"), "problem"), Optional.empty())));
            default -> throw new Strange("outcome is none of applied, retained, conflict and failed");
        }
    }

    /** What is gone has no life to tell of. */
    private static String incarnation(Asked asked, Value.Obj told) throws Strange {
        if (asked.removes()) {
            return "";
        }
        return asked.operation() instanceof Operation.Delete
                ? Read.optionalText(told, "incarnation", LONGEST_REASON).orElse("")
                : States.incarnation(told, asked.type());
    }

    /** Nothing further is sent: it would go wrong in the same way, or be answered to nobody. */
    private void lost(List<Asked> asked, TargetException fault) throws TargetException {
        asked.forEach(one -> {
            // of an answer that turned out strange half way, nothing is believed
            outcomes.remove(one.operation().key());
            raced.remove(one.operation().key());
            faults.put(one.operation().key(), fault);
        });
        throw fault;
    }

    private TargetException worst() {
        return faults.values().stream()
                .filter(TargetException.Unavailable.class::isInstance)
                .findFirst()
                .orElse(faults.values().iterator().next());
    }

    private Outcome outcome(Operation operation) {
        var key = operation.key();
        var known = outcomes.get(key);
        if (known != null) {
            return known;
        }
        var fault = faults.get(key);
        if (fault == null) {
            return new Outcome.Unknown(
                    key,
                    Problem.of("TGT-RACED", "the entry keeps changing between reading and writing")
                            .about(key.toString())
                            .expected("an entry that nobody else writes")
                            .found("another state, " + JUDGEMENTS + " times")
                            .todo("settle and read it before judging"));
        }
        var problem = fault.problem();
        var ofEntry = problem.about(problem.thing().isEmpty() ? key.toString() : key + ", " + problem.thing());
        return fault instanceof TargetException.Refused
                ? new Outcome.Failed(key, ofEntry)
                : new Outcome.Unknown(key, ofEntry);
    }
}
