package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the system what it would say to operations. */
final class DryRun {
    private static final int LONGEST_REASON = 1_000;

    private final ServedSystem served;
    private final Description system;
    private final Map<EntryKey, DryRunOutcome> asked = new HashMap<>();

    DryRun(ServedSystem served, Description system) {
        this.served = served;
        this.system = system;
    }

    List<DryRunOutcome> ask(List<Operation> operations) throws TargetException {
        var addressed = Addressed.of(operations, system, this::refuse);
        Map<EntryKey, EntryState> found = new EntryReads(served)
                .states(
                        addressed.stream()
                                .map(one -> one.operation().key())
                                .sorted()
                                .toList(),
                        system);
        var judged = Judged.of(operations, Map.of(), found);
        var names = new HashMap<EntryKey, Addressed>();
        addressed.forEach(one -> names.put(one.operation().key(), one));
        var toSend = new ArrayList<Asked>();
        for (var operation : judged.writes()) {
            var one = names.get(operation.key());
            if (one != null) {
                Asked.of(operation, one.name(), one.type(), judged.found(operation.key()), system.capabilities())
                        .ifPresentOrElse(toSend::add, () -> refuse(operation, Addressed.cannotGo(operation)));
            }
        }
        new Sending(
                        served,
                        system,
                        body -> served.calls().ask("/entries/dry-run", body),
                        this::take,
                        (one, problem) -> refuse(one.operation(), problem),
                        (_, fault) -> {
                            throw fault;
                        })
                .all(toSend);
        return judged.dryRunOutcomes(asked);
    }

    private void refuse(Operation operation, dev.migrator.core.error.Problem problem) {
        asked.put(operation.key(), new DryRunOutcome.Refused(operation.key(), problem));
    }

    private void take(Asked one, Value.Obj told) throws Strange {
        var key = one.operation().key();
        asked.put(
                key,
                switch (Read.text(told, "outcome", LONGEST_REASON)) {
                    case "accepted" -> new DryRunOutcome.Accepted(key);
                    case "unchecked" -> new DryRunOutcome.Unchecked(key, Read.text(told, "reason", LONGEST_REASON));
                    case "conflict" -> new DryRunOutcome.Unchecked(key, Judged.NOT_AS_PLANNED);
                    case "failed" ->
                        new DryRunOutcome.Refused(
                                key,
                                ProtocolFaults.refused(
                                        one, Read.object(told.get("problem"), "problem"), Optional.empty()));
                    default -> throw new Strange("outcome is none of accepted, unchecked, conflict and failed");
                });
    }
}
