package dev.migrator.core.present;

import dev.migrator.core.model.Content;
import dev.migrator.core.plan.Operation;
import java.util.stream.Collectors;

/** One operation as a card: what changes and who is concerned at once, the rest one touch away. */
final class HtmlOperation {
    private static final int MOST_CHANGES = 40;
    private static final int MOST_NAMED = 40;
    private static final int MOST_OF_A_VALUE = 8_192;

    private HtmlOperation() {}

    static String of(OperationView view) {
        var verb = OperationText.verb(view.operation());
        var key = view.operation().key();
        var out = new StringBuilder("<article class=\"" + verb + "\" id=\"operation-" + view.number() + "\">\n");
        out.append("<h3><span class=\"number\">")
                .append(view.number())
                .append("</span> <span class=\"verb\">")
                .append(verb)
                .append("</span> ")
                .append(Html.text(key.kind()))
                .append(" <b>")
                .append(Html.text(OperationText.name(key)))
                .append("</b></h3>\n<p class=\"badges\">")
                .append(badge(
                        "risk-" + PlanView.risk(view.planned().risk()),
                        PlanView.risk(view.planned().risk())))
                .append(badge(
                        view.reversibility() == Reversibility.REVERSIBLE ? "" : "loss",
                        view.reversibility().words()))
                .append("</p>\n");
        changes(view, out);
        sentences(view, out);
        full(view, out);
        return out.append("</article>\n").toString();
    }

    private static String badge(String kind, String words) {
        return "<span class=\"badge " + kind + "\">" + Html.text(words) + "</span> ";
    }

    /** What a removal takes away is folded: nobody looks at it to know that it goes. */
    private static void changes(OperationView view, StringBuilder out) {
        var changes = OperationText.changes(view.operation());
        boolean folded =
                view.operation() instanceof Operation.Delete && view.action().isEmpty();
        if (changes.isEmpty() || folded) {
            return;
        }
        out.append("<table>\n");
        changes.stream().limit(MOST_CHANGES).forEach(change -> {
            out.append("<tr><th scope=\"row\">")
                    .append(Html.text(change.field()))
                    .append("</th><td>");
            if (!change.before().isEmpty()) {
                out.append("<del>").append(Html.text(change.before())).append("</del> <span class=\"to\">→</span> ");
            }
            out.append("<ins>").append(Html.text(change.after())).append("</ins></td></tr>\n");
        });
        out.append("</table>\n");
        if (changes.size() > MOST_CHANGES) {
            out.append("<p class=\"quiet\">and ")
                    .append(changes.size() - MOST_CHANGES)
                    .append(" more fields</p>\n");
        }
    }

    private static void sentences(OperationView view, StringBuilder out) {
        var sentences = view.sentences();
        var unknown = view.unknown();
        if (sentences.isEmpty() && unknown.isEmpty()) {
            return;
        }
        out.append("<ul class=\"impact\">\n");
        sentences.forEach(words -> out.append(words.isLoss() ? "<li class=\"loss\">" : "<li>")
                .append(Html.words(words))
                .append("</li>\n"));
        unknown.forEach(words ->
                out.append("<li class=\"quiet\">").append(Html.words(words)).append("</li>\n"));
        out.append("</ul>\n");
    }

    private static void full(OperationView view, StringBuilder out) {
        out.append("<details><summary>before, after, undo</summary>\n<dl>\n");
        pair(out, "reason", Html.words(view.reason()));
        pair(out, "undo", Html.text(OperationText.inverse(view.operation())));
        var needed = view.planned().dependsOn();
        if (!needed.isEmpty()) {
            var more = needed.size() > MOST_NAMED ? " and " + (needed.size() - MOST_NAMED) + " more" : "";
            pair(
                    out,
                    "after",
                    needed.stream()
                                    .limit(MOST_NAMED)
                                    .map(one -> "<code>" + Html.text(one) + "</code>")
                                    .collect(Collectors.joining(", "))
                            + more);
        }
        pair(out, "target", "<code>" + Html.text(view.operation().key().target()) + "</code>");
        out.append("</dl>\n");
        view.action().ifPresent(action -> value(out, "action", Content.of("action", action.definition())));
        switch (view.operation()) {
            case Operation.Create(var _, var after) -> value(out, "after", after);
            case Operation.Update(var _, var before, var after) -> {
                value(out, "before", before);
                value(out, "after", after);
            }
            case Operation.Delete(var _, var before, var _) -> value(out, "before", before);
        }
        out.append("</details>\n");
    }

    private static void pair(StringBuilder out, String term, String html) {
        out.append("<dt>").append(term).append("</dt><dd>").append(html).append("</dd>\n");
    }

    private static void value(StringBuilder out, String title, Content content) {
        if (!content.fields().isEmpty()) {
            out.append("<h4>")
                    .append(title)
                    .append("</h4>\n<pre>")
                    .append(Html.lines(Pretty.of(content.toValue(), MOST_OF_A_VALUE)))
                    .append("</pre>\n");
        }
    }
}
