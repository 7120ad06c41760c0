package dev.migrator.core.verdict;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;

/**
 * Whether a written entry reads back as planned. Tells <em>not yet</em> (the target shows the state from before: read
 * again) from <em>wrong</em> (it shows a third state: somebody or something else wrote, or the target changed the value).
 */
public sealed interface StateVerdict {
    /** As planned. */
    record AsPlanned() implements StateVerdict {}

    /** Still as before. Wrong if it stays so. */
    record NotYet(Problem problem) implements StateVerdict {}

    record Wrong(Problem problem) implements StateVerdict {}

    static StateVerdict of(Operation operation, EntryState found) {
        return switch (operation) {
            case Operation.Create(var key, var after) -> created(key, after, found);
            case Operation.Update(var key, var before, var after) -> updated(key, before, after, found);
            case Operation.Delete delete when delete.isPurge() -> purged(delete, found);
            case Operation.Delete(var key, var before, var _) -> deleted(key, before, found);
        };
    }

    private static StateVerdict created(EntryKey key, Content after, EntryState found) {
        return switch (found) {
            case EntryState.Absent _, EntryState.Retired _ ->
                new NotYet(problem(key, "created", describe(found, after)));
            case EntryState.Present present when after.holdsIn(present.content()) -> new AsPlanned();
            case EntryState.Present _ -> new Wrong(problem(key, text(after), describe(found, after)));
        };
    }

    private static StateVerdict updated(EntryKey key, Content before, Content after, EntryState found) {
        return switch (found) {
            case EntryState.Absent _, EntryState.Retired _ ->
                new Wrong(problem(key, text(after), describe(found, after)));
            case EntryState.Present present when after.holdsIn(present.content()) -> new AsPlanned();
            case EntryState.Present present
            when before.holdsIn(present.content()) -> new NotYet(problem(key, text(after), describe(found, after)));
            case EntryState.Present _ -> new Wrong(problem(key, text(after), describe(found, after)));
        };
    }

    private static StateVerdict deleted(EntryKey key, Content before, EntryState found) {
        return switch (found) {
            case EntryState.Absent _, EntryState.Retired _ -> new AsPlanned();
            case EntryState.Present present
            when before.holdsIn(present.content()) ->
                new NotYet(problem(key, "gone or retired", describe(found, before)));
            case EntryState.Present _ -> new Wrong(problem(key, "gone or retired", describe(found, before)));
        };
    }

    private static StateVerdict purged(Operation.Delete purge, EntryState found) {
        return switch (found) {
            case EntryState.Absent _ -> new AsPlanned();
            case EntryState.Retired _ -> new NotYet(problem(purge.key(), "gone", describe(found, purge.before())));
            case EntryState.Present _ -> new Wrong(problem(purge.key(), "gone", describe(found, purge.before())));
        };
    }

    private static Problem problem(EntryKey key, String expected, String found) {
        return Problem.of("VRF-STATE", "an entry does not read back as planned")
                .about(key.toString())
                .expected(expected)
                .found(found);
    }

    private static String describe(EntryState found, Content fields) {
        return switch (found) {
            case EntryState.Absent _ -> "not there";
            case EntryState.Retired _ -> "retired";
            case EntryState.Present(var content, var _) ->
                text(content.only(fields.readable().fields().keySet()));
        };
    }

    private static String text(Content content) {
        var text = CanonicalJson.text(content.readable().toValue());
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
