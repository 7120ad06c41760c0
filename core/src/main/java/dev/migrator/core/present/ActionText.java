package dev.migrator.core.present;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An action in the words of people: what is done, what undoes it, and how it is seen. */
final class ActionText {
    private static final int LABEL = 6;
    private static final int COLUMNS = 78;

    private final ActionAddress action;

    private ActionText(ActionAddress action) {
        this.action = action;
    }

    /** Empty for an entry of another kind, and for one that no manifest can have asked for. */
    static Optional<ActionText> of(EntryKey key) {
        if (!ActionAddress.isOf(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ActionText(ActionAddress.parse(key.address())));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    String name() {
        return action.name();
    }

    Value.Obj definition() {
        return action.definition();
    }

    /** What the operation does comes first. */
    List<OperationText.Change> parts(Operation operation) {
        var parts = new ArrayList<OperationText.Change>();
        var undo = new OperationText.Change(
                ActionAddress.UNDO, "", action.canBeUndone() ? step(ActionAddress.UNDO) : "nothing undoes it");
        if (operation instanceof Operation.Delete) {
            parts.add(undo);
        } else {
            parts.add(new OperationText.Change(ActionAddress.DO, "", step(ActionAddress.DO)));
            parts.add(undo);
        }
        parts.add(new OperationText.Change(ActionAddress.PROBE, "", probe()));
        return parts;
    }

    /** As {@link #parts}, for a terminal: nothing is left out, so it takes as many lines as it needs. */
    List<String> lines(Operation operation) {
        var lines = new ArrayList<String>();
        for (var part : parts(operation)) {
            var label = part.field() + " ".repeat(LABEL - part.field().length());
            for (var line : broken(StyledText.harmless(part.after()))) {
                lines.add(label + line);
                label = " ".repeat(LABEL);
            }
        }
        return lines;
    }

    private static List<String> broken(String text) {
        var lines = new ArrayList<String>();
        var rest = text;
        while (rest.length() > COLUMNS) {
            int space = rest.lastIndexOf(' ', COLUMNS);
            int end = space > 0 ? space : COLUMNS;
            lines.add(rest.substring(0, end));
            rest = rest.substring(space > 0 ? end + 1 : end);
        }
        lines.add(rest);
        return lines;
    }

    String inverse(Operation operation) {
        if (operation instanceof Operation.Delete) {
            return "done again: " + step(ActionAddress.DO);
        }
        return action.canBeUndone() ? "its own undo: " + step(ActionAddress.UNDO) : "nothing undoes it";
    }

    private String step(String name) {
        var part = action.part(name);
        return switch (action.type()) {
            case HTTP ->
                text(part, "method") + " " + text(part, "path")
                        + (part.fields().containsKey("body") ? " " + CanonicalJson.text(part.get("body")) : "");
            case SQL -> statement(part);
            case KAFKA ->
                (part.get("value").isNull() ? "a tombstone" : "the value " + text(part, "value")) + " for key "
                        + record("key") + " to topic " + record("topic");
        };
    }

    private String probe() {
        var part = action.part(ActionAddress.PROBE);
        return switch (action.type()) {
            case HTTP ->
                "GET " + text(part, "path") + " answers " + (part.get("status").isNull() ? "200" : text(part, "status"))
                        + (part.fields().containsKey("field")
                                ? ", " + text(part, "field") + " is " + CanonicalJson.text(part.get("equals"))
                                : "");
            case SQL -> statement(part);
            case KAFKA ->
                "the newest record for key " + record("key") + " in topic " + record("topic") + " has the value of do";
        };
    }

    private String record(String field) {
        return text(action.part(ActionAddress.DO), field);
    }

    /** On one line: where the lines of a statement end, means nothing. */
    private static String statement(Value.Obj part) {
        var parameters = part.get("parameters") instanceof Value.Arr given
                        && !given.items().isEmpty()
                ? " with " + CanonicalJson.text(given)
                : "";
        return text(part, "statement").strip().replaceAll("\\s*\\R\\s*", " ") + parameters;
    }

    private static String text(Value.Obj object, String field) {
        return object.get(field) instanceof Value.Text(var text) ? text : CanonicalJson.text(object.get(field));
    }
}
