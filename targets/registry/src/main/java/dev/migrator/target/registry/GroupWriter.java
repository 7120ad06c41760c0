package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.CannotPurge;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Groups without their artifacts. They are never deleted: the registry deletes a group with all that is in it, and an
 * artifact that somebody adds between our look and the deletion would go with it.
 */
final class GroupWriter implements EntryWriter<Found.OfGroup> {
    static final String NEVER_DELETED = "groups are never deleted: the registry would delete what is in it";

    private final Entries entries;

    GroupWriter(Entries entries) {
        this.entries = entries;
    }

    @Override
    public Found.OfGroup read(EntryKey key) throws TargetException {
        return entries.group(Names.groupToWrite(key));
    }

    @Override
    public Operation comparable(Operation operation, Found.OfGroup found) {
        return Updates.left(operation, found.state());
    }

    @Override
    public Outcome write(Operation operation, Found.OfGroup found, Calls calls)
            throws TargetException, EntryRefused, Raced {
        var id = SchemaGroupKind.group(operation.key().address());
        var path = Paths.group(id);
        return switch (operation) {
            case Operation.Create create ->
                found.group().isEmpty()
                        ? create(create, id, calls)
                        : set(create, found, Labels::inUse, create.after(), calls);
            case Operation.Update update -> set(update, found, labels -> new TreeMap<>(labels), update.after(), calls);
            case Operation.Delete delete when delete.isPurge() -> CannotPurge.outcome(delete.key(), NEVER_DELETED);
            case Operation.Delete delete -> {
                var group = found.group().orElseThrow(Raced::new);
                var labels = Labels.with(group.words().labels(), Labels.RETIRED, "true");
                calls.send("PUT", path, group.words().change(Content.EMPTY, labels));
                yield delete.removal() == Removal.RETIRE
                        ? new Outcome.Applied(delete.key(), group.createdOn())
                        : new Outcome.Retained(delete.key(), NEVER_DELETED);
            }
        };
    }

    private static Outcome create(Operation.Create create, String id, Calls calls)
            throws TargetException, EntryRefused, Raced {
        check(create.key(), create.after());
        var rules = RuleCalls.wanted(create.key(), create.after());
        rules.values().removeIf(Value::isNull);
        var marks = rules.isEmpty() ? Map.<String, String>of() : Map.of(Labels.RETIRED, Labels.INCOMPLETE);
        var body = Words.fresh(create.after(), marks);
        body.put("groupId", Value.of(id));
        var answer = calls.send("POST", Paths.GROUPS, new Value.Obj(body));
        var group = Calls.described(answer).flatMap(Group::from).orElseThrow(() -> Faults.strange(answer));
        new RuleCalls(calls, Paths.groupRules(id)).setAll(rules, Content.EMPTY);
        if (!marks.isEmpty()) {
            var labels = Labels.without(group.words().labels(), Labels.RETIRED);
            calls.send("PUT", Paths.group(id), group.words().change(Content.EMPTY, labels));
        }
        return new Outcome.Applied(create.key(), group.createdOn());
    }

    private interface Marking {
        SortedMap<String, String> of(SortedMap<String, String> labels);
    }

    private static Outcome set(Operation operation, Found.OfGroup found, Marking marking, Content wanted, Calls calls)
            throws TargetException, EntryRefused, Raced {
        check(operation.key(), wanted);
        var rules = RuleCalls.wanted(operation.key(), wanted);
        var group = found.group().orElseThrow(Raced::new);
        new RuleCalls(calls, Paths.groupRules(group.id())).setAll(rules, Found.content(found.state()));
        var change = group.words()
                .change(wanted, marking.of(new TreeMap<>(group.words().labelsWith(wanted))));
        if (!change.fields().isEmpty()) {
            calls.send("PUT", Paths.group(group.id()), change);
        }
        return new Outcome.Applied(operation.key(), group.createdOn());
    }

    /** Refuses fields that a group has not. */
    static void check(EntryKey key, Content after) throws EntryRefused {
        for (var field : after.fields().entrySet()) {
            if (Words.isOne(field.getKey()) && !field.getKey().equals(Fields.NAME)) {
                Words.check(key, field.getKey(), field.getValue());
            } else if (!field.getKey().startsWith(Fields.RULE)) {
                throw EntryRefused.field(key, "TGT-FIELD", "a group has no such field", field.getKey());
            }
        }
    }
}
