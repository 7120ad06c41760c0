package dev.migrator.cli.render;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;

/** What has drifted, for people. */
public final class DriftText {
    private DriftText() {}

    /** @param drift as the console service tells it */
    public static List<String> of(Value.Obj drift) {
        var lines = new ArrayList<String>();
        lines.add(headline(drift));
        for (var item : items(drift, "items")) {
            lines.addAll(finding(item));
        }
        long shown = items(drift, "items").size();
        long all = number(drift.get("drifted"));
        if (all > shown) {
            lines.add("and " + (all - shown) + " more entries that differ");
        }
        for (var target : items(drift, "targets")) {
            if (target.get("problem") instanceof Value.Obj problem) {
                lines.add("UNKNOWN  " + text(target.get("name")) + ": " + said(problem) + "; "
                        + (target.get("checkedAt").isNull()
                                ? "never read"
                                : "last read at " + text(target.get("checkedAt"))));
            }
        }
        if (drift.get("problem") instanceof Value.Obj problem) {
            lines.add("note     the last look found out nothing: " + said(problem));
        }
        return lines;
    }

    private static String headline(Value.Obj drift) {
        long entries = items(drift, "targets").stream()
                .mapToLong(target -> number(target.get("entries")))
                .sum();
        var line =
                text(drift.get("environment")) + "  " + text(drift.get("state")) + "  " + number(drift.get("drifted"))
                        + " of " + entries + " managed entries differ from what was last applied";
        if (number(drift.get("acknowledged")) > 0) {
            line += ", " + number(drift.get("acknowledged")) + " acknowledged";
        }
        return drift.get("checkedAt").isNull()
                ? line
                : line + ", read at " + text(drift.get("checkedAt")) + " (" + age(number(drift.get("ageSeconds")))
                        + " ago)";
    }

    /** @param finding one of its items */
    public static List<String> finding(Value.Obj finding) {
        var lines = new ArrayList<String>();
        lines.add("~ " + text(finding.get("kind")) + " " + text(finding.get("address")) + " ("
                + text(finding.get("target")) + ")  project " + text(finding.get("project")) + ", last applied by "
                + text(finding.get("lastApplied")) + ", seen since " + text(finding.get("firstSeen")));
        var fields = items(finding, "fields");
        fields.forEach(field -> lines.add("    " + text(field.get("name")) + ": " + text(field.get("found"))));
        long more = number(finding.get("fieldCount")) - fields.size();
        if (more > 0) {
            lines.add("    and " + more + " more fields");
        }
        if (finding.get("acknowledged") instanceof Value.Obj acknowledged) {
            lines.add("    acknowledged by " + text(acknowledged.get("by")) + " until "
                    + text(acknowledged.get("until")) + ": " + text(acknowledged.get("reason")));
        }
        return lines;
    }

    private static String said(Value.Obj problem) {
        var thing = text(problem.get("thing"));
        return text(problem.get("code")) + " " + text(problem.get("message")) + (thing.isEmpty() ? "" : ": " + thing);
    }

    private static String age(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    private static List<Value.Obj> items(Value.Obj holder, String name) {
        return holder.get(name) instanceof Value.Arr(var items)
                ? items.stream().map(Value.Obj.class::cast).toList()
                : List.of();
    }

    private static long number(Value value) {
        return value instanceof Value.Num(var number) ? number.longValue() : 0;
    }

    private static String text(Value value) {
        return value instanceof Value.Text(var text) ? text : value.isNull() ? "" : CanonicalJson.text(value);
    }
}
