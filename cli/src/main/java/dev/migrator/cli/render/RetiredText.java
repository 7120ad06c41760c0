package dev.migrator.cli.render;

import dev.migrator.core.canonical.Value;
import java.util.List;

/** What was retired, for people. */
public final class RetiredText {
    private RetiredText() {}

    /** @param item as the console service tells it */
    public static List<String> of(Value.Obj item) {
        return List.of(
                text(item, "kind") + " " + text(item, "address") + " (" + text(item, "target") + ")  project "
                        + text(item, "project"),
                "  retired at " + text(item, "retiredAt") + " by migration " + text(item, "migrationId") + "; "
                        + (item.get("purgeable").equals(new Value.Bool(true))
                                ? "may be purged"
                                : "may be purged from " + text(item, "purgeableFrom")));
    }

    private static String text(Value.Obj item, String member) {
        return item.get(member) instanceof Value.Text(var text) ? text : "";
    }
}
