package dev.migrator.cli.render;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;

/** What is held, for people. */
public final class HoldText {
    private HoldText() {}

    /** @param hold as the console service tells it */
    public static List<String> of(Value.Obj hold) {
        var lines = new ArrayList<String>();
        lines.add(text(hold.get("migrationId")) + "  " + text(hold.get("environment")) + "  "
                + text(hold.get("state")) + " at " + text(hold.get("since")) + "  commit " + text(hold.get("commit"))
                + " by " + text(hold.get("requester")));
        for (Value why : ((Value.Arr) hold.get("why")).items()) {
            var problem = (Value.Obj) why;
            var thing = text(problem.get("thing"));
            lines.add("  why    " + text(problem.get("code")) + " " + text(problem.get("message"))
                    + (thing.isEmpty() ? "" : ": " + thing));
        }
        lines.add("  holds  " + entries(hold.get("entries")));
        lines.add("  do     correct the manifests, or: migrator release " + text(hold.get("migrationId"))
                + " --reason …");
        return lines;
    }

    private static String entries(Value entries) {
        if (!(entries instanceof Value.Obj known) || !(known.get("first") instanceof Value.Arr(var first))) {
            return "(its plan cannot be read now)";
        }
        var names = String.join(", ", first.stream().map(HoldText::text).toList());
        var all = CanonicalJson.text(known.get("operations"));
        return names + (all.equals(String.valueOf(first.size())) ? "" : " and more, " + all + " in all");
    }

    private static String text(Value value) {
        return value instanceof Value.Text(var text) ? text : "";
    }
}
