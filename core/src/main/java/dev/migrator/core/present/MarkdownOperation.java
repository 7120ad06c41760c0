package dev.migrator.core.present;

import dev.migrator.core.plan.Operation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One operation as a row of a table, and in full. */
final class MarkdownOperation {
    private static final int LONGEST = 200;
    private static final int MOST_CHANGES = 12;
    private static final int MOST_OF_A_VALUE = 1_500;
    private static final int MOST_NAMED = 10;
    /** All of it, always: an approver has to see what will be done. */
    private static final int MOST_OF_AN_ACTION = 65_536;

    private MarkdownOperation() {}

    static String row(OperationView view) {
        var loss = view.reversibility() == Reversibility.REVERSIBLE ? "" : "**";
        return "| " + view.number()
                + " | " + Markdown.escaped(OperationText.sign(view.operation()))
                + " | " + Markdown.code(view.subject(), LONGEST)
                + " | " + changes(view)
                + " | " + Markdown.escaped(PlanView.risk(view.planned().risk()))
                + " | " + loss + Markdown.escaped(view.reversibility().words()) + loss + " |\n";
    }

    private static String changes(OperationView view) {
        var operation = view.operation();
        var parts = OperationText.changes(operation);
        boolean folded = operation instanceof Operation.Delete && view.action().isEmpty();
        var text = folded
                ? Markdown.escaped(view.brief())
                : parts.stream()
                        .limit(MOST_CHANGES)
                        .map(MarkdownOperation::change)
                        .collect(Collectors.joining("<br>"));
        if (parts.size() > MOST_CHANGES && !folded) {
            text += "<br>and " + (parts.size() - MOST_CHANGES) + " more";
        }
        var cautions = view.sentences().stream()
                .filter(Words::isLoss)
                .map(words -> "**" + Markdown.words(words, LONGEST) + "**")
                .toList();
        var users = view.sentences().stream()
                .filter(words -> words.role() == Words.Role.USERS)
                .map(words -> Markdown.words(words, LONGEST))
                .toList();
        return Stream.of(List.of(text), cautions, users)
                .flatMap(List::stream)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("<br>"));
    }

    private static String change(OperationText.Change change) {
        var before = change.before().isEmpty() ? "" : " " + Markdown.code(change.before(), LONGEST) + " →";
        var after = change.after().isEmpty() ? "" : " " + Markdown.code(change.after(), LONGEST);
        return Markdown.code(change.field(), LONGEST) + before + after;
    }

    static String details(OperationView view) {
        var out = new StringBuilder("**" + view.number() + " " + Markdown.escaped(OperationText.verb(view.operation()))
                + "** " + Markdown.code(view.subject(), LONGEST) + "\n\n");
        line(out, Markdown.words(view.reason(), LONGEST));
        line(out, Markdown.escaped("undo: ") + Markdown.code(OperationText.inverse(view.operation()), LONGEST));
        var needed = view.planned().dependsOn();
        if (!needed.isEmpty()) {
            line(
                    out,
                    "after: "
                            + needed.stream()
                                    .limit(MOST_NAMED)
                                    .map(one -> Markdown.code(one, LONGEST))
                                    .collect(Collectors.joining(", "))
                            + (needed.size() > MOST_NAMED ? " and " + (needed.size() - MOST_NAMED) + " more" : ""));
        }
        view.sentences().forEach(words -> line(out, Markdown.words(words, LONGEST)));
        view.unknown().forEach(words -> line(out, Markdown.words(words, LONGEST)));
        out.append('\n');
        view.action().ifPresent(action -> block(out, "action", Pretty.of(action.definition(), MOST_OF_AN_ACTION)));
        switch (view.operation()) {
            case Operation.Create(var _, var after) -> block(out, "after", Pretty.of(after.toValue(), MOST_OF_A_VALUE));
            case Operation.Update(var _, var before, var after) -> {
                block(out, "before", Pretty.of(before.toValue(), MOST_OF_A_VALUE));
                block(out, "after", Pretty.of(after.toValue(), MOST_OF_A_VALUE));
            }
            case Operation.Delete(var _, var before, var _) ->
                block(out, "before", Pretty.of(before.toValue(), MOST_OF_A_VALUE));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String markdown) {
        out.append("- ").append(markdown).append('\n');
    }

    private static void block(StringBuilder out, String title, String text) {
        if (!text.equals("{}")) {
            out.append(title).append(":\n\n").append(Markdown.block(text)).append('\n');
        }
    }
}
