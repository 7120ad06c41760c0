package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an approver signs.
 *
 * @param granted false for a denial
 * @param reason in the approver's own words, may be empty
 * @param groups that the approver is in, ascending; none for a denial, which counts whoever it comes from
 */
public record ApprovalStatement(
        String environment,
        MigrationId migration,
        Digest planDigest,
        String approver,
        boolean granted,
        String reason,
        List<String> groups) {
    public ApprovalStatement {
        groups = granted ? groups.stream().distinct().sorted().toList() : List.of();
    }

    /** The bytes that are signed: canonical JSON of all parts, and of what they are. */
    public byte[] bytes() {
        return CanonicalJson.bytes(toValue());
    }

    public Value.Obj toValue() {
        var parts = new TreeMap<String, Value>(Map.of(
                "apiVersion", Value.of("migrator.dev/v1"),
                "kind", Value.of("Approval"),
                "environment", Value.of(environment),
                "migration", Value.of(migration.value()),
                "planDigest", Value.of(planDigest.toString()),
                "approver", Value.of(approver),
                "decision", Value.of(granted ? "granted" : "denied"),
                "reason", Value.of(reason)));
        if (!groups.isEmpty()) {
            parts.put("groups", Value.array(groups.stream().map(Value::of).toList()));
        }
        return Value.object(parts);
    }

    /** @throws RuntimeException of several kinds if the value is no statement */
    public static ApprovalStatement fromValue(Value.Obj parts) {
        var groups = parts.get("groups") instanceof Value.Arr(var items)
                ? items.stream().map(group -> ((Value.Text) group).value()).toList()
                : List.<String>of();
        var decision = text(parts, "decision");
        if (!decision.equals("granted") && !decision.equals("denied")) {
            throw new IllegalArgumentException("decision " + decision);
        }
        return new ApprovalStatement(
                text(parts, "environment"),
                new MigrationId(text(parts, "migration")),
                Digest.parse(text(parts, "planDigest")),
                text(parts, "approver"),
                decision.equals("granted"),
                text(parts, "reason"),
                groups);
    }

    private static String text(Value.Obj parts, String name) {
        return ((Value.Text) parts.get(name)).value();
    }
}
