package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the definition of an action looks like: one type, with what is done, what undoes it, and how to see whether it is done. */
final class ActionSpec {
    static final int MAX_BYTES = 4_096;

    private static final int MAX_PATH = 2_000;
    private static final int MAX_STATEMENT = 4_000;
    private static final int MAX_PARAMETERS = 100;
    private static final int MAX_KEY = 1_000;
    private static final int MAX_HEADERS = 20;

    private static final int MAX_FIELD = 200;

    /** From the target's address on. Possessive: anything else takes a stack as deep as the path is long. */
    private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*+"
            + "(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+)?");

    /**
     * What leads out of there on some server: steps of dots, also with a parameter behind them, and what becomes one when it
     * is decoded, however often that happens.
     */
    private static final Pattern STEP_OUT = Pattern.compile("(?i)/\\.+(?:[/;%]|$)|%(?:2e|2f|3b|5c|25|[01][0-9a-f]|7f)");

    /** Words with which a statement would begin or end a transaction, or step out of it. */
    private static final Set<String> OF_TRANSACTIONS = Set.of(
            "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare", "set", "reset");

    private ActionSpec() {}

    static Shape.Fields shape() {
        return Shape.fields()
                .optional(ActionType.HTTP.word(), http())
                .optional(ActionType.SQL.word(), sql())
                .optional(ActionType.KAFKA.word(), kafka());
    }

    private static Shape.Fields http() {
        var step = Shape.fields()
                .required("method", Shape.word("POST", "PUT", "PATCH", "DELETE"))
                .required("path", Shape.anyText(MAX_PATH))
                .optional("body", new Shape.Anything())
                .optional("status", new Shape.Whole(200, 299));
        return Shape.fields()
                .required(ActionAddress.DO, step)
                .optional(ActionAddress.UNDO, step)
                .required(
                        ActionAddress.PROBE,
                        Shape.fields()
                                .required("path", Shape.anyText(MAX_PATH))
                                .optional("status", new Shape.Whole(200, 499))
                                .optional(
                                        "field",
                                        Shape.text("/.{0," + (MAX_FIELD - 1) + "}", "a JSON pointer, e.g. /state"))
                                .optional("equals", new Shape.Scalar()));
    }

    private static Shape.Fields sql() {
        var step = Shape.fields()
                .required("statement", Shape.anyText(MAX_STATEMENT))
                .optional("parameters", new Shape.Items(new Shape.Scalar(), 0, MAX_PARAMETERS));
        return Shape.fields()
                .required(ActionAddress.DO, step)
                .optional(ActionAddress.UNDO, step)
                .required(ActionAddress.PROBE, step);
    }

    private static Shape.Fields kafka() {
        var headers = new Shape.Dictionary(
                Pattern.compile("[A-Za-z0-9._-]{1,100}"),
                "1 to 100 letters, digits, dots, underscores and hyphens",
                Shape.anyText(MAX_KEY),
                MAX_HEADERS);
        return Shape.fields()
                .required(
                        ActionAddress.DO,
                        Shape.fields()
                                .required("topic", Shape.text("[a-zA-Z0-9._-]{1,249}", "the name of a topic"))
                                .required("key", Shape.anyText(MAX_KEY))
                                .required("value", Shape.anyText(MAX_BYTES))
                                .optional("headers", headers))
                .optional(
                        ActionAddress.UNDO,
                        Shape.fields()
                                .optional("value", new Shape.OrNull(Shape.anyText(MAX_BYTES)))
                                .optional("headers", headers));
    }

    /** Notes what is wrong with a definition of the right shape. */
    static void check(Value.Obj spec, Notes notes) {
        if (spec.fields().size() != 1) {
            notes.error(
                    "/spec",
                    Problem.of("ACT-TYPE", "an action is of exactly one type")
                            .expected("one of "
                                    + String.join(", ", shape().fields().keySet()))
                            .found(
                                    spec.fields().isEmpty()
                                            ? "none"
                                            : String.join(" and ", spec.fields().keySet()))
                            .todo("make an action for each, and order them with dependsOn"));
            return;
        }
        int bytes = CanonicalJson.bytes(spec).length;
        if (bytes > MAX_BYTES) {
            notes.error(
                    "/spec",
                    Problem.of("ACT-TOO-LARGE", "an action is defined by too much")
                            .expected("at most " + MAX_BYTES + " bytes as canonical JSON")
                            .found(bytes + " bytes")
                            .todo(
                                    "keep the work where it is done, as a stored procedure or an endpoint, and name it here"));
        }
        var type = ActionType.of(spec.fields().firstKey());
        var parts = Specs.object(spec, type.word());
        var pointer = "/spec/" + type.word();
        switch (type) {
            case HTTP -> http(parts, pointer, notes);
            case SQL -> sql(parts, pointer, notes);
            case KAFKA -> kafka(parts, pointer, notes);
        }
    }

    private static void http(Value.Obj parts, String pointer, Notes notes) {
        parts.fields().keySet().forEach(part -> path(Specs.object(parts, part), pointer + "/" + part, notes));
        var probe = Specs.object(parts, ActionAddress.PROBE);
        if (probe.fields().containsKey("field") != probe.fields().containsKey("equals")) {
            notes.error(
                    pointer + "/" + ActionAddress.PROBE,
                    Problem.of("ACT-EQUALS", "a probe that looks at a field says what it has to be")
                            .expected("field and equals, or none of the two")
                            .found(probe.fields().containsKey("field") ? "field alone" : "equals alone"));
        }
    }

    private static void path(Value.Obj step, String pointer, Notes notes) {
        var path = Specs.text(step, "path").orElse("");
        int query = path.indexOf('?');
        var way = query < 0 ? path : path.substring(0, query);
        if (!PATH.matcher(path).matches() || STEP_OUT.matcher(way).find()) {
            notes.error(
                    pointer + "/path",
                    Problem.of("ACT-PATH", "a path leads away from the target, or is none")
                            .expected(
                                    "a path from the target's address on, encoded, that begins with / and has no . and"
                                            + " .. in it")
                            .found(path)
                            .todo("the target's address in environments.yaml says where actions may go"));
        }
    }

    private static void sql(Value.Obj parts, String pointer, Notes notes) {
        parts.fields().keySet().forEach(part -> {
            var statement = Specs.text(Specs.object(parts, part), "statement").orElse("");
            var first = SqlWords.first(statement).toLowerCase(Locale.ROOT);
            boolean probe = part.equals(ActionAddress.PROBE);
            if (!SqlWords.isOneStatement(statement)
                    || (probe ? !first.equals("select") : OF_TRANSACTIONS.contains(first))) {
                notes.error(
                        pointer + "/" + part + "/statement",
                        Problem.of("ACT-STATEMENT", "this is not one statement that can run within a transaction")
                                .expected(
                                        probe
                                                ? "one SELECT of one boolean"
                                                : "one statement, none of "
                                                        + String.join(", ", new TreeSet<>(OF_TRANSACTIONS)))
                                .found(first.isEmpty() ? "no statement" : "one that begins with " + first)
                                .todo("put several statements into a function, and call that"));
            }
        });
    }

    private static void kafka(Value.Obj parts, String pointer, Notes notes) {
        var undo = parts.get(ActionAddress.UNDO);
        if (undo instanceof Value.Obj record
                && record.get("value")
                        .equals(Specs.object(parts, ActionAddress.DO).get("value"))) {
            notes.error(
                    pointer + "/" + ActionAddress.UNDO + "/value",
                    Problem.of("ACT-VALUE", "the record that undoes is the one that does")
                            .expected("another value, or none for a tombstone")
                            .found("the same value")
                            .todo("the newest record of the key says whether the action is done"));
        }
    }
}
