package dev.migrator.core.present;

import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A plan as the comment on a pull request: a table for each phase, the rest folded away. Fits where GitHub takes it. */
public final class PlanMarkdown {
    /** GitHub takes 65,536 characters; counted in bytes of UTF-8 here, of which there are never fewer. */
    public static final int MOST_BYTES = 65_536;

    private static final int ROOM_FOR_ROWS = 40_000;
    private static final int MOST_LISTED = 20;
    private static final int LONGEST = 300;
    /** For phases' headings, the table's own lines and the note of what was cut. */
    private static final int PHASE = 700;

    private final PlanView view;
    private final StringBuilder out = new StringBuilder();

    private PlanMarkdown(PlanView view) {
        this.view = view;
    }

    public static String of(Plan plan, PlanFrame frame) {
        return new PlanMarkdown(PlanView.of(plan, frame)).text();
    }

    private String text() {
        head();
        if (view.plan().isEmpty()) {
            out.append("There is ").append(view.nothing()).append(".\n");
            return out.toString();
        }
        var tail = tail();
        int phases = view.plan().phases().stream()
                .mapToInt(phase -> PHASE + bytes(checks(phase)))
                .sum();
        int room = MOST_BYTES - bytes(out.toString()) - bytes(tail) - phases - PHASE;
        var rows = fitting(rows(), Math.min(room, ROOM_FOR_ROWS));
        for (var phase : view.plan().phases()) {
            phase(phase, rows);
        }
        view.leftOut(new TreeSet<>(rows.keySet()))
                .ifPresent(words -> out.append("\n**Cut to fit: ")
                        .append(Markdown.escaped(words))
                        .append(".**\n"));
        int left = MOST_BYTES - bytes(out.toString()) - bytes(tail) - PHASE;
        details(fitting(details(new TreeSet<>(rows.keySet())), left), rows.size());
        return out.append(tail).toString();
    }

    private void head() {
        out.append("## Plan ")
                .append(Markdown.code(view.digest().brief(), LONGEST))
                .append(" for ")
                .append(Markdown.code(view.plan().environment(), LONGEST))
                .append(" from ")
                .append(Markdown.code(view.source(), LONGEST))
                .append("\n\n");
        var counts = view.counts();
        out.append("**create ").append(Units.count(counts.creates()));
        out.append(", change ").append(Units.count(counts.changes()));
        out.append(", retire ").append(Units.count(counts.retires()));
        if (counts.purges() > 0) {
            out.append(", purge ").append(Units.count(counts.purges()));
        }
        out.append("**");
        view.around()
                .flatMap(Surroundings::unchanged)
                .ifPresent(count -> out.append(", unchanged ").append(Units.count(count)));
        view.around()
                .flatMap(Surroundings::notManagedCount)
                .ifPresent(count ->
                        out.append(", not managed ").append(Units.count(count)).append(" (untouched)"));
        view.reading().ifPresent(reading -> out.append("; ").append(Markdown.escaped(reading)));
        out.append("\n\n");
        view.reversibilities().forEach((kind, count) -> {
            var words = Units.count(count) + " " + kind.words();
            out.append(kind == Reversibility.REVERSIBLE ? words : "**" + words + "**")
                    .append("  \n");
        });
        out.append('\n');
        view.ownership()
                .forEach(words -> out.append(Markdown.words(words, LONGEST)).append("\n\n"));
        list("Caution", view.plan().warnings());
        list("Not checked before the first write", view.frame().unchecked());
    }

    private void list(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        out.append("**").append(title).append("**\n\n");
        sentences.stream()
                .limit(MOST_LISTED)
                .forEach(sentence -> out.append("- ")
                        .append(Markdown.code(sentence, LONGEST))
                        .append('\n'));
        if (sentences.size() > MOST_LISTED) {
            out.append("- and ")
                    .append(Units.count((long) sentences.size() - MOST_LISTED))
                    .append(" more\n");
        }
        out.append('\n');
    }

    private void phase(Phase phase, SortedMap<Integer, String> rows) {
        out.append("### ").append(Markdown.code(PhaseTitle.of(phase), LONGEST)).append("\n\n");
        var mine = view.operations(phase, new TreeSet<>(rows.keySet()))
                .map(one -> rows.get(one.number()))
                .toList();
        if (mine.isEmpty()) {
            out.append("Its operations are not shown.\n\n");
        } else {
            out.append("| # | | what | change | risk | undo |\n|--:|:-:|---|---|---|---|\n");
            mine.forEach(out::append);
            out.append('\n');
        }
        out.append(checks(phase));
    }

    private static String checks(Phase phase) {
        var text = new StringBuilder();
        phase.checks().stream()
                .limit(MOST_LISTED)
                .forEach(check -> text.append("- then check ")
                        .append(Markdown.code(check.name(), LONGEST))
                        .append(" (")
                        .append(Markdown.code(check.type(), LONGEST))
                        .append(")\n"));
        if (phase.checks().size() > MOST_LISTED) {
            text.append("- and ")
                    .append(Units.count((long) phase.checks().size() - MOST_LISTED))
                    .append(" more checks\n");
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    private SortedMap<Integer, String> rows() {
        var chosen = view.chosen(view.frame().maxOperations());
        var rows = new TreeMap<Integer, String>();
        view.operations()
                .filter(one -> chosen.contains(one.number()))
                .forEach(one -> rows.put(one.number(), MarkdownOperation.row(one)));
        return rows;
    }

    private SortedMap<Integer, String> details(SortedSet<Integer> shown) {
        var details = new TreeMap<Integer, String>();
        view.operations()
                .filter(one -> shown.contains(one.number()))
                .forEach(one -> details.put(one.number(), MarkdownOperation.details(one)));
        return details;
    }

    private void details(SortedMap<Integer, String> details, int of) {
        if (details.isEmpty()) {
            return;
        }
        out.append("\n<details><summary>Before, after, undo and users of ")
                .append(details.size() == of ? "each operation" : details.size() + " of these operations")
                .append("</summary>\n\n");
        details.values().forEach(out::append);
        out.append("</details>\n");
    }

    /** As many as there is room for, those that ask for most care first. */
    private SortedMap<Integer, String> fitting(SortedMap<Integer, String> parts, int room) {
        var byWeight = view.operations()
                .filter(one -> parts.containsKey(one.number()))
                .sorted(Comparator.comparingInt(OperationView::weight).reversed())
                .map(OperationView::number)
                .toList();
        var fitting = new TreeMap<Integer, String>();
        int left = room;
        for (var number : byWeight) {
            left -= bytes(parts.get(number));
            if (left < 0) {
                break;
            }
            fitting.put(number, parts.get(number));
        }
        return fitting;
    }

    private String tail() {
        var tail = new StringBuilder("\n");
        view.common().entrySet().stream()
                .limit(MOST_LISTED)
                .forEach(unknown -> tail.append("- not known: ")
                        .append(Markdown.code(
                                unknown.getKey().what() + " of " + String.join(", ", unknown.getValue()) + ": "
                                        + unknown.getKey().why(),
                                LONGEST))
                        .append('\n'));
        view.around()
                .filter(seen -> !seen.impact().isEmpty())
                .ifPresent(seen -> tail.append("- who uses what: as read at ")
                        .append(Markdown.code(seen.readAt().toString(), LONGEST))
                        .append("; no part of what is approved\n"));
        Needs.sentence(view.plan(), view.frame().policy())
                .ifPresent(needs -> tail.append("\n**Needs** ")
                        .append(Markdown.code(needs, 10 * LONGEST))
                        .append('\n'));
        tail.append("\nNext: ").append(Markdown.code(view.next(), LONGEST)).append('\n');
        tail.append("\n<sub>Digest ")
                .append(Markdown.code(view.digest().toString(), LONGEST))
                .append("</sub>\n");
        return tail.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
