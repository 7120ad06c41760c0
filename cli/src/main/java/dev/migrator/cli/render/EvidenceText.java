package dev.migrator.cli.render;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanText;
import dev.migrator.core.present.StyledText;
import java.util.ArrayList;
import java.util.List;

/** What a link of the checklist leads to, for people: a plan as an approver reads it, anything else member by member. */
public final class EvidenceText {
    /** Of one object; what is longer is for machines. */
    private static final int MOST_LINES = 200;

    private static final String PLAN = "plan";

    private EvidenceText() {}

    public static String title(EvidenceLink link) {
        return link.what() + "  " + link.uri()
                + link.digest().map(digest -> "  " + digest).orElse("");
    }

    /** Of the report, which is a file and not shown. */
    public static String report(String migration) {
        return "report  migrator report " + migration
                + " -o report.zip    holds every signed approval and answer; migrator"
                + " verify report.zip    checks it";
    }

    /** @param object as it lies in the bucket */
    public static List<String> lines(EvidenceLink link, byte[] object) {
        var lines = link.what().equals(PLAN) ? plan(object) : members(CanonicalJson.parse(object));
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        var first = new ArrayList<>(lines.subList(0, MOST_LINES));
        first.add("and " + (lines.size() - MOST_LINES) + " more lines; -o json prints all of it");
        return first;
    }

    private static List<String> plan(byte[] object) {
        try {
            var frame = PlanFrame.BARE.from("the plan " + Digest.of(object).brief());
            return PlanText.of(PlanCodec.read(object), frame).plain().lines().toList();
        } catch (ProblemException _) { // of a later version: its members are still told
            return members(CanonicalJson.parse(object));
        }
    }

    private static List<String> members(Value value) {
        var lines = new ArrayList<String>();
        add("", "", value, lines);
        return lines;
    }

    /** @param name with what stands before the value; empty for the whole object */
    private static void add(String indent, String name, Value value, List<String> lines) {
        switch (value) {
            case Value.Obj(var fields)
            when !fields.isEmpty() -> {
                var inner = open(indent, name, lines);
                fields.forEach((member, of) -> add(inner, StyledText.harmless(member) + ":", of, lines));
            }
            case Value.Arr(var items)
            when !items.isEmpty() -> {
                var inner = open(indent, name, lines);
                items.forEach(item -> add(inner, "-", item, lines));
            }
            default -> lines.add((indent + name + " " + scalar(value)).stripTrailing());
        }
    }

    private static String open(String indent, String name, List<String> lines) {
        if (name.isEmpty()) {
            return indent;
        }
        lines.add(indent + name);
        return indent + "  ";
    }

    private static String scalar(Value value) {
        return value instanceof Value.Text(var text) ? StyledText.harmless(text) : CanonicalJson.text(value);
    }
}
