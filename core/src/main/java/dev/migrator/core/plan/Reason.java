package dev.migrator.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Why an operation is in a plan. Part of the plan's bytes: whoever approves, approves for this reason.
 *
 * @param drifted what somebody else has changed since it was last applied and this operation overwrites, ascending: names
 *     of fields, {@link #EXISTENCE} or {@link #INCARNATION}; empty when nothing has
 * @param detail the project that prunes, the address before a rename, where it was recorded, what retired that which is
 *     purged; may be empty
 */
public record Reason(Cause cause, List<String> drifted, String detail) {
    /** Among {@link #drifted}: the entry itself was deleted. */
    public static final String EXISTENCE = "existence";
    /** Among {@link #drifted}: the entry was deleted and made again. */
    public static final String INCARNATION = "incarnation";

    public enum Cause {
        /** The manifest asks for an entry that is not there. */
        NOT_THERE,
        /** Managed fields differ from the manifest. */
        DIFFERS,
        /** The manifest says {@code state: absent}. */
        UNWANTED,
        /** The entry is not in the bundle any more, and its project prunes. */
        PRUNED,
        /** The same resource under another address; the entry under the old one is left in place. */
        RENAMED,
        /** It was recorded otherwise, in a snapshot or before a migration, and is put back. */
        RECORDED
    }

    public Reason {
        Objects.requireNonNull(cause);
        drifted = List.copyOf(drifted);
        Objects.requireNonNull(detail);
    }

    /** What an operation has for a reason when nothing else is known. */
    public static Reason of(Operation operation) {
        var cause = switch (operation) {
            case Operation.Create _ -> Cause.NOT_THERE;
            case Operation.Update _ -> Cause.DIFFERS;
            case Operation.Delete _ -> Cause.UNWANTED;
        };
        return new Reason(cause, List.of(), "");
    }

    /** @param where e.g. {@code as in snapshot ID} */
    Reason recorded(String where) {
        return new Reason(Cause.RECORDED, drifted, where);
    }

    /** @param how e.g. {@code by migration ID} */
    static Reason retired(String how) {
        return new Reason(Cause.UNWANTED, List.of(), how);
    }

    static Reason prunedBy(String project) {
        return new Reason(Cause.PRUNED, List.of(), project);
    }

    Reason renamedFrom(String address) {
        return new Reason(Cause.RENAMED, drifted, address);
    }

    Reason overwriting(List<String> fields) {
        return new Reason(cause, fields, detail);
    }

    /** For people. */
    String text(Operation operation) {
        var parts = new ArrayList<String>();
        parts.add(
                switch (cause) {
                    case NOT_THERE -> drifted.contains(EXISTENCE) ? "deleted outside" : "not there";
                    case DIFFERS -> differs(operation);
                    case UNWANTED -> operation.isPurge() ? retired() : "state: absent";
                    case PRUNED -> "no longer in the bundle (pruning of project " + detail + ")";
                    case RENAMED -> "renamed from " + detail;
                    case RECORDED -> "put back " + detail + (drifted.contains(EXISTENCE) ? "; deleted outside" : "");
                });
        var fields = drifted.stream()
                .filter(field -> !field.equals(EXISTENCE) && !field.equals(INCARNATION))
                .map(Reason::name)
                .toList();
        if (!fields.isEmpty()) {
            parts.add("changed outside: " + String.join(", ", fields));
        }
        if (drifted.contains(INCARNATION)) {
            parts.add("deleted and made again outside");
        }
        return String.join("; ", parts);
    }

    private String retired() {
        return (detail.isEmpty() ? "retired" : "retired " + detail) + ", and not wanted again";
    }

    /** Fields that drifted are named once, as that. */
    private String differs(Operation operation) {
        var own = operation.writtenFields().stream()
                .filter(field -> !drifted.contains(field))
                .map(Reason::name)
                .toList();
        return own.isEmpty()
                ? "differs from the manifest"
                : String.join(", ", own) + (own.size() == 1 ? " differs" : " differ") + " from the manifest";
    }

    private static String name(String field) {
        return field.startsWith("config.") ? field.substring("config.".length()) : field;
    }
}
