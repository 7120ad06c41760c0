package dev.migrator.core.present;

import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import java.util.List;
import java.util.SortedSet;

/**
 * A plan as one page that needs nothing else: no script, no font, no address is fetched, and the page forbids it. For
 * light and dark, paper and a phone.
 */
public final class PlanHtml {
    private static final int MOST_LISTED = 200;

    private final PlanView view;
    private final SortedSet<Integer> chosen;
    private final StringBuilder out = new StringBuilder();

    private PlanHtml(PlanView view) {
        this.view = view;
        this.chosen = view.chosen(view.frame().maxOperations());
    }

    public static String of(Plan plan, PlanFrame frame) {
        return new PlanHtml(PlanView.of(plan, frame)).page();
    }

    private String page() {
        var title = "Plan " + view.digest().brief() + " for " + view.plan().environment();
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<title>")
                .append(Html.text(title))
                .append("</title>\n<style>\n")
                .append(PlanHtmlStyle.CSS)
                .append("</style>\n</head>\n<body>\n<main>\n");
        head();
        if (view.plan().isEmpty()) {
            paragraph("", Html.text("There is " + view.nothing() + "."));
        } else {
            view.plan().phases().forEach(this::phase);
            view.leftOut(chosen).ifPresent(words -> paragraph("cut", Html.text("Not shown: " + words + ".")));
            foot();
        }
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private void head() {
        out.append("<header>\n<h1>Plan <code>")
                .append(Html.text(view.digest().brief()))
                .append("</code></h1>\n");
        paragraph(
                "route",
                "<strong>" + Html.text(view.plan().environment()) + "</strong> ← <code>" + Html.text(view.source())
                        + "</code>");
        counts();
        view.ownership().forEach(words -> paragraph("", Html.words(words)));
        Needs.sentence(view.plan(), view.frame().policy()).ifPresent(needs -> list("Needs", "needs", List.of(needs)));
        list("Caution", "caution", view.plan().warnings());
        list("Not checked before the first write", "caution", view.frame().unchecked());
        out.append("</header>\n");
    }

    private void counts() {
        var counts = view.counts();
        out.append("<ul class=\"counts\">\n");
        count("create", "create", counts.creates());
        count("change", "change", counts.changes());
        count("retire", "retire", counts.retires());
        if (counts.purges() > 0) {
            count("purge", "purge", counts.purges());
        }
        view.reversibilities().forEach((kind, number) -> {
            if (kind != Reversibility.REVERSIBLE) {
                count("loss", kind.words(), number);
            }
        });
        view.around().flatMap(Surroundings::unchanged).ifPresent(number -> count("", "unchanged", number));
        view.around()
                .flatMap(Surroundings::notManagedCount)
                .ifPresent(number -> count("", "not managed, untouched", number));
        out.append("</ul>\n");
        view.reading().ifPresent(reading -> paragraph("quiet", Html.text(reading)));
    }

    private void count(String kind, String words, long number) {
        out.append("<li class=\"")
                .append(kind)
                .append("\"><b>")
                .append(Units.count(number))
                .append("</b> ")
                .append(Html.text(words))
                .append("</li>\n");
    }

    private void list(String title, String kind, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        out.append("<section class=\"note ")
                .append(kind)
                .append("\">\n<h2>")
                .append(title)
                .append("</h2>\n<ul>\n");
        sentences.stream().limit(MOST_LISTED).forEach(sentence -> item(Html.text(sentence)));
        if (sentences.size() > MOST_LISTED) {
            item("and " + Units.count((long) sentences.size() - MOST_LISTED) + " more");
        }
        out.append("</ul>\n</section>\n");
    }

    private void phase(Phase phase) {
        out.append("<section class=\"phase\">\n<h2>")
                .append(Html.text(PhaseTitle.of(phase)))
                .append("</h2>\n");
        view.operations(phase, chosen).forEach(one -> out.append(HtmlOperation.of(one)));
        if (!phase.checks().isEmpty()) {
            out.append("<ul class=\"checks\">\n");
            phase.checks().stream()
                    .limit(MOST_LISTED)
                    .forEach(check -> item("then check <code>" + Html.text(check.name()) + "</code> ("
                            + Html.text(check.type()) + ")"));
            if (phase.checks().size() > MOST_LISTED) {
                item("and " + Units.count((long) phase.checks().size() - MOST_LISTED) + " more checks");
            }
            out.append("</ul>\n");
        }
        out.append("</section>\n");
    }

    private void foot() {
        out.append("<footer>\n<ul>\n");
        view.common()
                .forEach((unknown, kinds) -> item(Html.text(
                        "not known: " + unknown.what() + " of " + String.join(", ", kinds) + ": " + unknown.why())));
        view.around().ifPresent(seen -> {
            if (seen.notAsked() > 0) {
                item("who uses the other " + Units.count(seen.notAsked()) + " entries was not asked");
            }
            if (!seen.impact().isEmpty()) {
                item("who uses what: as read at " + seen.readAt() + "; no part of what is approved");
            }
        });
        item("next: <code>" + Html.text(view.next()) + "</code>");
        item("digest <code>" + Html.text(view.digest().toString()) + "</code>");
        out.append("</ul>\n</footer>\n");
    }

    private void item(String html) {
        out.append("<li>").append(html).append("</li>\n");
    }

    private void paragraph(String kind, String html) {
        out.append(kind.isEmpty() ? "<p>" : "<p class=\"" + kind + "\">")
                .append(html)
                .append("</p>\n");
    }
}
