package dev.migrator.engine;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is not as it should be, in words, one line for each entry or field. */
final class Differences {
    private static final int LONGEST_VALUE = 80;

    /** @param incarnation empty for any */
    private record Expected(EntryState state, String incarnation) {}

    private Differences() {}

    /** How the target differs from what the plan started from. */
    static List<String> fromBefore(Plan plan, Map<EntryKey, EntryState> found) {
        var expected = new TreeMap<EntryKey, Expected>();
        plan.operations()
                .forEach(planned -> expected.putIfAbsent(planned.operation().key(), before(planned)));
        return lines(expected, found);
    }

    /** Entries that the plan purged, which no rollback brings back. */
    static List<String> goneForGood(Plan plan, Map<EntryKey, EntryState> found) {
        return plan.operations()
                .map(PlannedOperation::operation)
                .filter(Operation::isPurge)
                .map(Operation::key)
                .filter(key -> found.getOrDefault(key, EntryState.ABSENT) instanceof EntryState.Absent)
                .map(key -> key + ": expected retired, found removed for good")
                .toList();
    }

    /** How the target differs from what the plan leads to. */
    static List<String> fromAfter(Plan plan, Map<EntryKey, EntryState> found) {
        var expected = new TreeMap<EntryKey, Expected>();
        plan.operations().forEach(planned -> expected.put(planned.operation().key(), after(planned)));
        return lines(expected, found);
    }

    /** How an entry differs from what an operation started from. */
    static List<String> fromBefore(PlannedOperation planned, EntryState found) {
        return lines(
                Map.of(planned.operation().key(), before(planned)),
                Map.of(planned.operation().key(), found));
    }

    /** How an entry differs from what an operation leads to. */
    static List<String> fromAfter(PlannedOperation planned, EntryState found) {
        return lines(
                Map.of(planned.operation().key(), after(planned)),
                Map.of(planned.operation().key(), found));
    }

    /** An entry as it was found, short enough for a line. */
    static String describe(EntryState state) {
        return switch (state) {
            case EntryState.Absent _ -> "not there";
            case EntryState.Retired _ -> "retired";
            case EntryState.Present(var content, var _) -> abbreviate(CanonicalJson.text(content.toValue()), 300);
        };
    }

    private static Expected before(PlannedOperation planned) {
        return switch (planned.operation()) {
            case Operation.Create _ -> new Expected(EntryState.ABSENT, "");
            case Operation.Update(var _, var before, var _) -> present(before, planned.beforeIncarnation());
            // retired counts as absent, so of a purge there is nothing to compare
            case Operation.Delete delete when delete.isPurge() -> new Expected(EntryState.ABSENT, "");
            case Operation.Delete(var _, var before, var _) -> present(before, planned.beforeIncarnation());
        };
    }

    private static Expected after(PlannedOperation planned) {
        return switch (planned.operation()) {
            case Operation.Create(var _, var after) -> present(after, "");
            case Operation.Update(var _, var _, var after) -> present(after, planned.beforeIncarnation());
            case Operation.Delete _ -> new Expected(EntryState.ABSENT, "");
        };
    }

    private static Expected present(Content content, String incarnation) {
        return new Expected(new EntryState.Present(content, incarnation), incarnation);
    }

    private static List<String> lines(Map<EntryKey, Expected> expected, Map<EntryKey, EntryState> found) {
        var lines = new ArrayList<String>();
        expected.forEach((key, want) -> compare(key, want, found.getOrDefault(key, EntryState.ABSENT), lines));
        return lines;
    }

    private static void compare(EntryKey key, Expected want, EntryState found, List<String> lines) {
        if (!(want.state() instanceof EntryState.Present(var content, var _))) {
            if (found.exists()) {
                lines.add(key + ": expected not to be there, found " + describe(found));
            }
            return;
        }
        if (!(found instanceof EntryState.Present(var actual, var incarnation))) {
            lines.add(key + ": expected to be there, found " + describe(found));
            return;
        }
        if (!want.incarnation().isEmpty() && !want.incarnation().equals(incarnation)) {
            lines.add(key + ": expected incarnation " + want.incarnation() + ", found " + incarnation);
        }
        content.fields().forEach((field, value) -> {
            if (!actual.get(field).equals(value)) {
                lines.add(key + " " + field + ": expected " + text(value) + ", found " + text(actual.get(field)));
            }
        });
    }

    private static String text(Value value) {
        return value.isNull() ? "not set" : abbreviate(CanonicalJson.text(value), LONGEST_VALUE);
    }

    private static String abbreviate(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "… (" + text.length() + " characters)";
    }
}
