package dev.migrator.target.rollback;

import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.FaultyTarget.Call;
import dev.migrator.target.testkit.FaultyTarget.Fault;
import java.util.List;

/** Calls that fail on their way now and then: before they took effect, after it, or when half of it was done. */
record Faults(Chance chance) implements FaultyTarget.Script {
    private static final List<Fault> OF_WRITES = List.of(Fault.UNAVAILABLE, Fault.LOSE_ANSWER, Fault.PARTIAL_EFFECT);

    @Override
    public Fault at(Call call) {
        if (call.kind() == Call.Kind.APPLY) {
            return chance.oneIn(4) ? chance.pick(OF_WRITES) : Fault.NONE;
        }
        return chance.oneIn(20) ? Fault.UNAVAILABLE : Fault.NONE;
    }
}
