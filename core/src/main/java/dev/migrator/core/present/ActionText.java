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
import java.util.regex.Pattern;

/** An action in the words of people: what is done, what undoes it, and how it is seen. */
final class ActionText {
    /** Where a server ends a line comment, and nowhere else. */
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

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

    /** What the operation does comes first. Where lines end is shown by a mark: {@code --} comments end there as well. */
    List<OperationText.Change> parts(Operation operation) {
        return written(operation).stream()
                .map(part -> new OperationText.Change(part.field(), "", onOneLine(part.after())))
                .toList();
    }

    private static String onOneLine(String text) {
        return LINE_END.matcher(text).replaceAll(" ⏎ ");
    }

    private List<OperationText.Change> written(Operation operation) {
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
        for (var part : written(operation)) {
            var label = part.field() + " ".repeat(LABEL - part.field().length());
            for (var written : LINE_END.split(part.after(), -1)) {
                for (var line : broken(StyledText.harmless(written))) {
                    lines.add(label + line);
                    label = " ".repeat(LABEL);
                }
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
            return "done again: " + onOneLine(step(ActionAddress.DO));
        }
        return action.canBeUndone() ? "its own undo: " + onOneLine(step(ActionAddress.UNDO)) : "nothing undoes it";
    }

    private String step(String name) {
        var part = action.part(name);
        return switch (action.type()) {
            case HTTP ->
                text(part, "method") + " " + text(part, "path")
                        + (part.fields().containsKey("body") ? " " + CanonicalJson.text(part.get("body")) : "")
                        + (part.fields().containsKey("status") ? ", taken by status " + text(part, "status") : "");
            case SQL -> statement(part);
            case KAFKA ->
                (part.get("value").isNull() ? "a tombstone" : "the value " + text(part, "value")) + " for key "
                        + record("key") + " to topic " + record("topic")
                        + (part.fields().containsKey("headers")
                                ? ", headers " + CanonicalJson.text(part.get("headers"))
                                : "");
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

    private static String statement(Value.Obj part) {
        var parameters = part.get("parameters") instanceof Value.Arr given
                        && !given.items().isEmpty()
                ? " with " + CanonicalJson.text(given)
                : "";
        return text(part, "statement").strip() + parameters;
    }

    private static String text(Value.Obj object, String field) {
        return object.get(field) instanceof Value.Text(var text) ? text : CanonicalJson.text(object.get(field));
    }
}
