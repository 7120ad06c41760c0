package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Assessment;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Difference.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One entry of a target on its way to what is desired of it. */
record Comparing(KindRules rules, EntryState found, Standing standing, Map<String, Set<String>> capabilities) {
    private static final String DECIDE = "write what is there into the manifest; or set drift for the environment in"
            + " environments.yaml: overwrite lets the manifest win, adopt leaves it so";

    Difference withoutDrift(DesiredEntry desired) {
        return plain(desired, List.of(), List.of());
    }

    /** @param left managed fields that {@code desired} does not speak of, because others have them */
    private Difference plain(DesiredEntry desired, List<String> left, List<Problem> warnings) {
        var obstacles = rules.obstacles(desired, found);
        if (!obstacles.isEmpty()) {
            return new Difference.Blocked(obstacles);
        }
        var ending = new Ending(Optional.of(managed(desired, left)), with(warnings, madeAgain(desired)));
        return operation(desired)
                .map(operation -> change(desired, operation, ending))
                .orElseGet(() -> new Difference.Same(ending));
    }

    Difference refused(Drift drift) {
        var problems = new ArrayList<>(drift.problems(
                "PLN-DRIFT", "somebody else has changed this since it was last applied; it is kept as it is", DECIDE));
        if (!drift.isWhole()) {
            problems.addAll(rules.obstacles(drift.withoutDrifted(), found));
        }
        return new Difference.Blocked(problems);
    }

    Difference adopting(Drift drift) {
        var warnings = drift.problems(
                "PLN-DRIFT-LEFT",
                "somebody else has changed this since it was last applied; it is left so",
                "write what is there into the manifest");
        return drift.isWhole()
                ? new Difference.Same(new Ending(Optional.empty(), warnings))
                : plain(drift.withoutDrifted(), drift.marks(), warnings);
    }

    Difference overwriting(DesiredEntry desired, Drift drift) {
        var warnings = drift.problems(
                "PLN-DRIFT-OVERWRITTEN",
                "somebody else has changed this since it was last applied; it is overwritten",
                "find out who changed it, and why");
        return switch (plain(desired, List.of(), warnings)) {
            case Difference.Change(var step, var ending) ->
                new Difference.Change(step.because(step.reason().overwriting(drift.marks())), ending);
            case Difference.Same same -> same;
            case Difference.Blocked blocked -> blocked;
        };
    }

    /** What was left to others keeps the fingerprint that it had: it stays a difference for whoever looks later. */
    private SortedMap<String, Digest> managed(DesiredEntry desired, List<String> left) {
        var managed = new TreeMap<>(KnownEntry.fingerprints(desired.content()));
        standing.last()
                .ifPresent(known ->
                        left.forEach(field -> managed.put(field, known.fields().get(field))));
        return managed;
    }

    private Optional<Problem> madeAgain(DesiredEntry desired) {
        if (desired.absent() || !(found instanceof EntryState.Present(var _, var incarnation))) {
            return Optional.empty();
        }
        return standing.last()
                .filter(known -> known.isOtherLife(incarnation))
                .map(known -> Problem.of(
                                "PLN-MADE-AGAIN",
                                "somebody else has deleted this and made it again since it was applied")
                        .about(desired.key().toString())
                        .todo("find out whether its data is still what it should be"));
    }

    private static List<Problem> with(List<Problem> some, Optional<Problem> more) {
        var all = new ArrayList<>(some);
        more.ifPresent(all::add);
        return all;
    }

    private Optional<Operation> operation(DesiredEntry desired) {
        var key = desired.key();
        return switch (found) {
            // all of its content, not only managed fields: this is what a delete takes away and its undoing gives back;
            // secrets as the manifest names them, since no target tells them
            case EntryState.Present(var content, var _)
            when desired.absent() ->
                Optional.of(new Operation.Delete(
                        key, rules.lasting(content).and(desired.content().secrets()), Removal.RETIRE));
            case EntryState.Present(var content, var _) -> update(desired, content);
            case EntryState.Absent _, EntryState.Retired _ when desired.absent() -> Optional.empty();
            case EntryState.Absent _, EntryState.Retired _ -> Optional.of(new Operation.Create(key, desired.content()));
        };
    }

    private Optional<Operation> update(DesiredEntry desired, Content actual) {
        var changed = new TreeSet<String>();
        desired.content().readable().fields().forEach((field, value) -> {
            if (!value.equals(actual.get(field))) {
                changed.add(field);
            }
        });
        var secrets = desired.content().secrets();
        boolean replaced =
                secrets.fields().entrySet().stream().anyMatch(secret -> isReplaced(secret.getKey(), desired));
        if (changed.isEmpty() && !replaced) {
            return Optional.empty();
        }
        // a system may need its secret for any change, so it is given along; what it was before, nobody can be asked
        var before = new TreeMap<>(actual.only(changed).fields());
        secrets.fields()
                .forEach((field, reference) -> before.put(field, isReplaced(field, desired) ? Value.NULL : reference));
        return Optional.of(new Operation.Update(
                desired.key(),
                Content.of(before),
                desired.content().only(changed).and(secrets)));
    }

    /** Whether another secret was applied last; one that was never applied here is taken to be in place. */
    private boolean isReplaced(String field, DesiredEntry desired) {
        return standing.last()
                .filter(known -> known.fields().containsKey(field))
                .filter(known -> !known.holds(field, desired.content().get(field)))
                .isPresent();
    }

    private Difference change(DesiredEntry desired, Operation operation, Ending ending) {
        if (operation instanceof Operation.Delete && standing.guarded()) {
            return new Difference.Blocked(List.of(guarded(desired)));
        }
        var known = capabilities.get(desired.key().target());
        if (known == null) {
            return new Difference.Blocked(List.of(Problem.of("PLN-NOT-READ", "it is not known what a target can do")
                    .about("target " + desired.key().target())
                    .expected("its capabilities")
                    .found("nothing")
                    .todo("plan again once the target can be reached")));
        }
        var assessment = rules.assess(operation, found, known);
        if (assessment.undo() == UndoClass.NONE || forgetsASecret(operation)) {
            assessment = new Assessment(Risk.ONE_WAY, UndoClass.NONE, assessment.warnings());
        }
        var step = new Step(desired, operation, incarnation(), assessment, Reason.of(operation));
        return new Difference.Change(
                step,
                step.isOneWay()
                        ? new Ending(ending.managed(), with(ending.warnings(), Optional.of(oneWay(step))))
                        : ending);
    }

    private static boolean forgetsASecret(Operation operation) {
        return operation instanceof Operation.Update(var _, var before, var _)
                && before.secrets().fields().containsValue(Value.NULL);
    }

    /** For the approver, who has to be two people. */
    private static Problem oneWay(Step step) {
        return Problem.of("PLN-ONE-WAY", "this cannot be undone")
                .about(step.key().toString())
                .expected("a change that can be put back")
                .found(
                        forgetsASecret(step.operation())
                                ? "another secret; the one before cannot be read back"
                                : "one whose target offers no way back")
                .todo("leave it out, or have two people approve it: a rollback would leave it as it is and say so");
    }

    static Problem guarded(DesiredEntry desired) {
        return Problem.of("PLN-PROTECTED", "this entry is protected from deletion")
                .about(desired.key().toString())
                .expected("metadata.protected: false, from the project that protected it")
                .found(
                        desired.resource().deletionProtection().isPresent()
                                ? "protected: true"
                                : "protected: true, said in an earlier migration")
                .todo("write protected: false to release it, then delete it");
    }

    private String incarnation() {
        return switch (found) {
            case EntryState.Absent _ -> "";
            case EntryState.Present(var _, var incarnation) -> incarnation;
            case EntryState.Retired(var _, var incarnation) -> incarnation;
        };
    }
}
