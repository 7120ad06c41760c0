package dev.migrator.core.present;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;

/**
 * Where a migration stands and its checklist as one page, whose links open what stands behind each line, from the page's own address
 * on: {@code …/api/v1/migrations/ID}. It needs nothing else: no
 * script, no font, no address is fetched, and the page forbids it.
 */
public final class ChecklistHtml {
    private ChecklistHtml() {}

    public static String of(MigrationStatus status) {
        var out = new StringBuilder();
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>Migration ")
                .append(Html.text(status.id().value()))
                .append("</title>\n<style>\n")
                .append(PlanHtmlStyle.CSS)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>Migration <code>")
                .append(Html.text(status.id().value()))
                .append("</code></h1>\n<p><strong>")
                .append(Html.text(status.environment()))
                .append("</strong> ← <code>")
                .append(Html.text(status.commit()))
                .append("</code> by ")
                .append(Html.text(status.requester()))
                .append("</p>\n<p><strong>")
                .append(status.state())
                .append("</strong>")
                .append(status.waitsFor().isEmpty() ? "" : " waits for " + Html.text(status.waitsFor()))
                .append("</p>\n<h2>Checklist</h2>\n<table>\n<tr><th scope=\"col\">line</th><th scope=\"col\">mark</th>"
                        + "<th scope=\"col\">evidence</th><th scope=\"col\">open</th></tr>\n");
        status.checklist().forEach(line -> row(out, status, line));
        return out.append("</table>\n</main>\n</body>\n</html>\n").toString();
    }

    private static void row(StringBuilder out, MigrationStatus status, ChecklistLine line) {
        out.append("<tr><th scope=\"row\">")
                .append(Html.text(line.name()))
                .append("</th><td>")
                .append(mark(line.mark()))
                .append("</td><td>")
                .append(Html.lines(line.evidence()).replace("\n", "<br>"))
                .append("</td><td>");
        StatusJson.links(status.id(), line).items().forEach(link -> {
            var members = (Value.Obj) link;
            out.append("<a href=\"")
                    .append(Html.text(beside(text(members, "href"))))
                    .append("\">")
                    .append(Html.text(text(members, "what")))
                    .append("</a> ");
        });
        out.append("</td></tr>\n");
    }

    /** From the address of the page itself, which may have more in front where a proxy serves the console under a prefix. */
    private static String beside(String path) {
        return path.substring(StatusJson.MIGRATIONS.length());
    }

    private static String mark(ChecklistLine.Mark mark) {
        return switch (mark) {
            case PASSED -> "✔ passed";
            case NOT_REQUIRED -> "not required";
            case MISSING -> "missing";
        };
    }

    private static String text(Value.Obj link, String member) {
        return ((Value.Text) link.get(member)).value();
    }
}
