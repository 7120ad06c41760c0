package dev.migrator.target.registry;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;

/** Updates that take several calls. */
final class Updates {
    private Updates() {}

    /** What is left to do of an update that broke off half way: fields that hold already what they shall are no conflict. */
    static Operation left(Operation operation, EntryState found) {
        if (!(operation instanceof Operation.Update(var key, var before, var after))) {
            return operation;
        }
        var actual = found.contentIfPresent();
        if (actual.isEmpty() || after.holdsIn(actual.get())) {
            return operation;
        }
        Content there = actual.get();
        var left = after.fields().keySet().stream()
                .filter(field -> !after.get(field).equals(there.get(field)))
                .toList();
        return new Operation.Update(key, before.only(left), after.only(left));
    }
}
