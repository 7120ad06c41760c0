package dev.migrator.target.rollback;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.util.List;
import java.util.Optional;

/**
 * An entry and its part in a migration.
 *
 * @param before what makes it as it is before, in order; nothing if it is not there then
 * @param planned what the migration does with it; empty for one that the migration has nothing to do with
 * @param needs what has to be there before it, in that order
 */
record Part(KindHarness kind, EntryKey key, List<Operation> before, Optional<Operation> planned, List<EntryKey> needs) {
    Part {
        before = List.copyOf(before);
        needs = List.copyOf(needs);
    }

    /** The migration makes it. */
    boolean isMade() {
        return before.isEmpty();
    }

    boolean isDeleted() {
        return planned.filter(Operation.Delete.class::isInstance).isPresent();
    }

    /** It stays in use, or comes back with all that it held. */
    boolean keepsEverything() {
        return planned.isEmpty()
                || planned.get() instanceof Operation.Update
                || (planned.get() instanceof Operation.Delete && kind.retires());
    }

    /** What made it before the migration began. */
    Optional<Operation.Create> madeBy() {
        return before.stream()
                .filter(Operation.Create.class::isInstance)
                .map(Operation.Create.class::cast)
                .findFirst();
    }

    /** It was made with the secret of samples, which can be tried. */
    boolean hasSecret() {
        return madeBy().stream()
                .anyMatch(made -> made.after().secrets().fields().containsValue(Value.of(Sample.SECRET)));
    }

    @Override
    public String toString() {
        return key + ": " + planned.map(Part::name).orElse("nothing") + (isMade() ? "" : ", was there");
    }

    private static String name(Operation operation) {
        return switch (operation) {
            case Operation.Create(var _, var after) ->
                "create " + after.readable().fields();
            case Operation.Update(var _, var before, var after) ->
                "update " + before.readable().fields() + " to "
                        + after.readable().fields();
            case Operation.Delete(var _, var before, var _) ->
                "delete " + before.readable().fields();
        };
    }
}
