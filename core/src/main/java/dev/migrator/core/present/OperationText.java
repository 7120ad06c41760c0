package dev.migrator.core.present;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An operation in the words of people. */
final class OperationText {
    private static final int LONGEST = 48;
    private static final String CONFIG = "config.";

    /** A field that is set, changed or given up. @param before empty if there was none */
    record Change(String field, String before, String after) {}

    private OperationText() {}

    static String sign(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> "+";
            case Operation.Update _ -> "~";
            case Operation.Delete _ -> "-";
        };
    }

    static String verb(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> "create";
            case Operation.Update _ -> "change";
            case Operation.Delete delete -> delete.isPurge() ? "purge" : "retire";
        };
    }

    /** Kind and address; an ACL as a sentence, an action by its name. */
    static String subject(EntryKey key) {
        return key.kind() + " " + name(key);
    }

    static String name(EntryKey key) {
        if (!key.kind().equals(AclKind.ENTRY)) {
            return ActionText.of(key).map(ActionText::name).orElse(key.address());
        }
        try {
            return sentence(AclTuple.parse(key.address()));
        } catch (ProblemException e) {
            return key.address();
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

    /**
     * What is set, changed or given up: one line for each field of an update, and for each part of an action; one line in all
     * otherwise.
     */
    static List<String> details(Operation operation) {
        var action = ActionText.of(operation.key());
        return action.isPresent() ? action.get().lines(operation) : fields(operation);
    }

    private static List<String> fields(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> List.of(shortened(summary(create)));
            case Operation.Update update ->
                changes(update).stream()
                        .map(change -> change.field() + " " + change.before() + " -> " + change.after())
                        .toList();
            case Operation.Delete _ -> List.of("");
        };
    }

    private static String summary(Operation.Create create) {
        return String.join(
                ", ",
                changes(create).stream()
                        .map(change -> change.field() + " " + change.after())
                        .toList());
    }

    /** Field by field, ascending, as people write the values; what a create leaves alone is left out. An action part by part. */
    static List<Change> changes(Operation operation) {
        var action = ActionText.of(operation.key());
        return action.isPresent() ? action.get().parts(operation) : changedFields(operation);
    }

    private static List<Change> changedFields(Operation operation) {
        return switch (operation) {
            case Operation.Create(var _, var after) ->
                set(after).stream()
                        .map(field -> change(field, "", shown(field, after.get(field))))
                        .toList();
            case Operation.Update(var _, var before, var after) ->
                after.fields().keySet().stream()
                        .map(field -> change(field, shown(field, before.get(field)), shown(field, after.get(field))))
                        .toList();
            case Operation.Delete(var _, var before, var _) ->
                set(before).stream()
                        .map(field -> change(field, shown(field, before.get(field)), ""))
                        .toList();
        };
    }

    private static List<String> set(Content content) {
        var names = new ArrayList<String>();
        content.fields().forEach((field, value) -> {
            if (!value.isNull() && !isEmptyList(value)) {
                names.add(field);
            }
        });
        return names;
    }

    private static Change change(String field, String before, String after) {
        return new Change(name(field), shortened(before), shortened(after));
    }

    /** What undoing does, as far as the operation itself says. */
    static String inverse(Operation operation) {
        var action = ActionText.of(operation.key());
        if (action.isPresent()) {
            return action.get().inverse(operation);
        }
        return switch (operation) {
            case Operation.Create _ -> "removed while it holds nothing, else kept out of use";
            case Operation.Update update ->
                String.join(
                        ", ",
                        changes(update).stream()
                                .map(change -> change.field() + " " + change.after() + " -> " + change.before())
                                .toList());
            case Operation.Delete delete ->
                delete.isPurge() ? "nothing brings it back" : "taken into use again as it was";
        };
    }

    private static boolean isEmptyList(Value value) {
        return value instanceof Value.Arr(var items) && items.isEmpty();
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
