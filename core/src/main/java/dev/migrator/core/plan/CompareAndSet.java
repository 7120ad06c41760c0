package dev.migrator.core.plan;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;

/** The one rule that decides whether an operation may write. Every target, and the simulator, asks it. */
public final class CompareAndSet {
    /** What to do with an operation, given what the settled target holds. */
    public sealed interface Judgement {
        /** The target holds what the plan expected: write. */
        record Write() implements Judgement {}

        /** The target already holds the planned result: counts as applied, nothing is written. */
        record AlreadyApplied() implements Judgement {}

        /** Neither: nothing is overwritten. */
        record Conflict(EntryState found) implements Judgement {}
    }

    private CompareAndSet() {}

    public static Judgement judge(Operation operation, EntryState found) {
        return switch (operation) {
            case Operation.Create create -> judgeCreate(create, found);
            case Operation.Update update -> judgeUpdate(update, found);
            case Operation.Delete delete -> judgeDelete(delete, found);
        };
    }

    private static Judgement judgeCreate(Operation.Create create, EntryState found) {
        return switch (found) {
            case EntryState.Absent _, EntryState.Retired _ -> new Judgement.Write();
            case EntryState.Present present ->
                create.after().holdsIn(present.content())
                        ? new Judgement.AlreadyApplied()
                        : new Judgement.Conflict(found);
        };
    }

    private static Judgement judgeUpdate(Operation.Update update, EntryState found) {
        return switch (found) {
            case EntryState.Absent _, EntryState.Retired _ -> new Judgement.Conflict(found);
            // whether a secret is set can never be seen, and setting it again changes nothing
            case EntryState.Present _ when update.after().readable().fields().isEmpty() -> new Judgement.Write();
            case EntryState.Present present
            when update.after().holdsIn(present.content()) -> new Judgement.AlreadyApplied();
            // a system that takes several calls for one entry may have been cut off between them: some fields are as
            // planned, the others still as before
            case EntryState.Present present when isBeforeOrAfter(update, present.content()) -> new Judgement.Write();
            case EntryState.Present _ -> new Judgement.Conflict(found);
        };
    }

    private static boolean isBeforeOrAfter(Operation.Update update, Content actual) {
        return update.after().readable().fields().keySet().stream()
                .allMatch(field -> actual.get(field).equals(update.before().get(field))
                        || actual.get(field).equals(update.after().get(field)));
    }

    private static Judgement judgeDelete(Operation.Delete delete, EntryState found) {
        return delete.isPurge() ? judgePurge(delete, found) : judgeRemoval(delete, found);
    }

    /** What is in use is not what was retired, even if it holds the same. */
    private static Judgement judgePurge(Operation.Delete purge, EntryState found) {
        return switch (found) {
            case EntryState.Absent _ -> new Judgement.AlreadyApplied();
            case EntryState.Retired retired when purge.before().holdsIn(retired.content()) -> new Judgement.Write();
            case EntryState.Retired _, EntryState.Present _ -> new Judgement.Conflict(found);
        };
    }

    private static Judgement judgeRemoval(Operation.Delete delete, EntryState found) {
        return switch (found) {
            case EntryState.Absent _, EntryState.Retired _ -> new Judgement.AlreadyApplied();
            case EntryState.Present present ->
                delete.before().holdsIn(present.content()) ? new Judgement.Write() : new Judgement.Conflict(found);
        };
    }
}
