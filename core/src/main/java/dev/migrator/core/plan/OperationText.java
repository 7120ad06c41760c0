package dev.migrator.core.plan;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.EntryKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An operation in the words of people. */
final class OperationText {
    private static final int LONGEST = 48;
    private static final String CONFIG = "config.";

    private OperationText() {}

    static String sign(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> "+";
            case Operation.Update _ -> "~";
            case Operation.Delete _ -> "-";
        };
    }

    /** Kind and address; an ACL as a sentence. */
    static String subject(EntryKey key) {
        if (!key.kind().equals(AclKind.ENTRY)) {
            return key.kind() + " " + key.address();
        }
        try {
            return key.kind() + " " + sentence(AclTuple.parse(key.address()));
        } catch (ProblemException e) {
            return key.kind() + " " + key.address();
        }
    }

    private static String sentence(AclTuple acl) {
        var text = new StringBuilder(acl.principal());
        if (!acl.permission().equals("ALLOW")) {
            text.append(' ').append(acl.permission());
        }
        text.append(' ').append(acl.operation()).append(' ');
        if (!acl.resourceType().equals("TOPIC")) {
            text.append(acl.resourceType()).append(' ');
        }
        text.append(acl.resourceName());
        if (acl.patternType().equals("PREFIXED")) {
            text.append('*');
        }
        if (!acl.host().equals("*")) {
            text.append(" from ").append(acl.host());
        }
        return text.toString();
    }

    /** What is set, changed or given up: one line for each field of an update, one line in all otherwise. */
    static List<String> details(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> List.of(shortened(summary(create)));
            case Operation.Update update -> changes(update);
            case Operation.Delete _ -> List.of("");
        };
    }

    private static String summary(Operation.Create create) {
        var parts = new ArrayList<String>();
        create.after().fields().forEach((field, value) -> {
            if (!value.isNull() && !isEmptyList(value)) {
                parts.add(name(field) + " " + shown(field, value));
            }
        });
        return String.join(", ", parts);
    }

    private static boolean isEmptyList(Value value) {
        return value instanceof Value.Arr(var items) && items.isEmpty();
    }

    private static List<String> changes(Operation.Update update) {
        var lines = new ArrayList<String>();
        update.after()
                .fields()
                .forEach((field, value) -> lines.add(name(field) + " "
                        + shortened(shown(field, update.before().get(field))) + " -> "
                        + shortened(shown(field, value))));
        return lines;
    }

    private static String name(String field) {
        return field.startsWith(CONFIG) ? field.substring(CONFIG.length()) : field;
    }

    /** Times and sizes as people write them; long texts by size and digest. */
    private static String shown(String field, Value value) {
        return switch (value) {
            case Value.Nil _ -> "(not set)";
            case Value.Text(var text) when field.startsWith(CONFIG) -> Units.shown(name(field), text);
            case Value.Text(var text)
            when text.length() > LONGEST ->
                Units.bytes(text.getBytes(StandardCharsets.UTF_8).length) + " "
                        + Digest.ofText(text).brief();
            case Value.Text(var text) -> text;
            case Value.Arr(var items) -> items.size() == 1 ? "1 entry" : items.size() + " entries";
            case Value.Bool _, Value.Num _, Value.Obj _ -> CanonicalJson.text(value);
        };
    }

    private static String shortened(String text) {
        return text.length() <= 2 * LONGEST ? text : text.substring(0, 2 * LONGEST - 1) + "…";
    }
}
