package dev.migrator.core.plan;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What has to happen to one entry so that it becomes as desired. Looks at managed fields only. */
sealed interface Difference {
    record Same() implements Difference {}

    record Change(Step step) implements Difference {}

    record Blocked(List<Problem> problems) implements Difference {}

    static Difference between(
            DesiredEntry wanted, EntryState found, Kinds kinds, Map<String, Set<String>> capabilities) {
        var rules = kinds.ofEntry(wanted.key().kind());
        var desired = wanted.withContent(rules.asFound(wanted.content(), found));
        var obstacles = rules.obstacles(desired, found);
        if (!obstacles.isEmpty()) {
            return new Blocked(obstacles);
        }
        return operation(desired, found)
                .map(operation -> change(desired, operation, found, rules, capabilities))
                .orElseGet(Same::new);
    }

    private static Optional<Operation> operation(DesiredEntry desired, EntryState found) {
        var key = desired.key();
        return switch (found) {
            // all of its content, not only managed fields: this is what a delete takes away and its undoing gives back
            case EntryState.Present(var content, var _)
            when desired.absent() -> Optional.of(new Operation.Delete(key, content, Removal.RETIRE));
            case EntryState.Present(var content, var _) -> update(desired, content);
            case EntryState.Absent _, EntryState.Retired _ when desired.absent() -> Optional.empty();
            case EntryState.Absent _, EntryState.Retired _ -> Optional.of(new Operation.Create(key, desired.content()));
        };
    }

    private static Optional<Operation> update(DesiredEntry desired, Content actual) {
        var changed = new TreeSet<String>();
        desired.content().fields().forEach((field, value) -> {
            if (!value.equals(actual.get(field))) {
                changed.add(field);
            }
        });
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Operation.Update(
                        desired.key(), actual.only(changed), desired.content().only(changed)));
    }

    private static Difference change(
            DesiredEntry desired,
            Operation operation,
            EntryState found,
            KindRules rules,
            Map<String, Set<String>> capabilities) {
        var known = capabilities.get(desired.key().target());
        if (known == null) {
            return new Blocked(List.of(Problem.of("PLN-NOT-READ", "it is not known what a target can do")
                    .about("target " + desired.key().target())
                    .expected("its capabilities")
                    .found("nothing")
                    .todo("plan again once the target can be reached")));
        }
        var assessment = rules.assess(operation, found, known);
        if (assessment.risk() == Risk.ONE_WAY || assessment.undo() == UndoClass.NONE) {
            return new Blocked(List.of(Problem.of("PLN-ONE-WAY", "this change could not be undone")
                    .about(desired.key().toString())
                    .expected("a target that can delete or retire its entries")
                    .found(known.isEmpty() ? "neither" : String.join(", ", new TreeSet<>(known)))
                    .todo("leave it out; a change that cannot be undone needs the approval of two people, which is not"
                            + " to be had yet")));
        }
        return new Change(new Step(desired, operation, incarnation(found), assessment));
    }

    private static String incarnation(EntryState found) {
        return switch (found) {
            case EntryState.Absent _ -> "";
            case EntryState.Present(var _, var incarnation) -> incarnation;
            case EntryState.Retired(var _, var incarnation) -> incarnation;
        };
    }
}
