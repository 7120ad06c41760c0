package dev.migrator.core.plan;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What somebody else has changed about an entry since it was last applied, as far as a plan has to decide about it: a
 * managed field whose value is neither what was last applied nor what is wanted now.
 *
 * @param marks names of fields, {@link Reason#EXISTENCE} or {@link Reason#INCARNATION}, ascending; empty without drift
 */
record Drift(DesiredEntry wanted, EntryState found, List<String> marks) {
    private static final int LONGEST = 96;

    Drift {
        marks = List.copyOf(marks);
    }

    /** @param last empty for an entry that was never managed: whatever it holds, nobody has changed it behind us */
    static Drift of(Optional<KnownEntry> last, EntryState found, DesiredEntry wanted) {
        var marks = new TreeSet<String>();
        last.ifPresent(known -> {
            switch (found) {
                case EntryState.Absent _, EntryState.Retired _ -> {
                    if (!wanted.absent()) {
                        marks.add(Reason.EXISTENCE);
                    }
                }
                case EntryState.Present(var content, var incarnation) -> {
                    if (wanted.absent()) {
                        marks.addAll(ofHeld(known, content, incarnation));
                    } else {
                        marks.addAll(ofFields(known, content, wanted.content()));
                    }
                }
            }
        });
        return new Drift(wanted, found, List.copyOf(marks));
    }

    /** All that differs from what was last applied: for an entry that is to go, any of it counts. */
    static List<String> ofHeld(KnownEntry known, Content actual, String incarnation) {
        var marks = new TreeSet<>(known.changedIn(actual));
        if (known.isOtherLife(incarnation)) {
            marks.add(Reason.INCARNATION);
        }
        return List.copyOf(marks);
    }

    private static List<String> ofFields(KnownEntry known, Content actual, Content wanted) {
        return wanted.fields().entrySet().stream()
                .filter(field -> !Content.isSecret(field.getKey()))
                .filter(field -> !field.getValue().equals(actual.get(field.getKey())))
                .map(java.util.Map.Entry::getKey)
                .filter(known.fields()::containsKey)
                .filter(field -> !known.holds(field, actual.get(field)))
                .toList();
    }

    boolean isNone() {
        return marks.isEmpty();
    }

    /** Whether it is about the entry as a whole, so that there is nothing to do but all of it or none. */
    boolean isWhole() {
        return wanted.absent() || marks.contains(Reason.EXISTENCE);
    }

    /** What is wanted, without the fields that others have changed. */
    DesiredEntry withoutDrifted() {
        var kept = new TreeSet<>(wanted.content().fields().keySet());
        kept.removeAll(marks);
        return wanted.withContent(wanted.content().only(kept));
    }

    /** One for each mark. */
    List<Problem> problems(String code, String message, String todo) {
        var problems = new ArrayList<Problem>();
        for (var mark : marks) {
            problems.add(problem(Problem.of(code, message), mark).todo(todo));
        }
        return problems;
    }

    private Problem problem(Problem problem, String mark) {
        var key = wanted.key().toString();
        if (mark.equals(Reason.EXISTENCE)) {
            return problem.about(key)
                    .expected("to be there, as last applied")
                    .found(found instanceof EntryState.Retired ? "retired" : "nothing there");
        }
        if (mark.equals(Reason.INCARNATION)) {
            return problem.about(key)
                    .expected("the entry that was last applied")
                    .found("one that was made again");
        }
        var actual = found.contentIfPresent().orElse(Content.EMPTY).get(mark);
        return problem.about(key + ", " + mark)
                .expected(
                        wanted.absent()
                                ? "the value that was last applied"
                                : "the value that was last applied, or "
                                        + shown(wanted.content().get(mark)))
                .found(shown(actual));
    }

    private static String shown(Value value) {
        var text = switch (value) {
            case Value.Text(var plain) -> plain;
            case Value.Nil _ -> "(not set)";
            default -> CanonicalJson.text(value);
        };
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
