package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;

/** Rules that hold for the whole registry, each by itself. */
final class GlobalRuleWriter implements EntryWriter<Found.OfRule> {
    private final Entries entries;

    GlobalRuleWriter(Entries entries) {
        this.entries = entries;
    }

    @Override
    public Found.OfRule read(EntryKey key) throws TargetException {
        return entries.globalRule(Names.rule(key));
    }

    @Override
    public Operation comparable(Operation operation, Found.OfRule found) {
        return operation;
    }

    @Override
    public Outcome write(Operation operation, Found.OfRule found, Calls calls)
            throws TargetException, EntryRefused, Raced {
        var type = Names.rule(operation.key());
        var wanted = switch (operation) {
            case Operation.Create create -> wanted(create.key(), create.after());
            case Operation.Update update -> wanted(update.key(), update.after());
            case Operation.Delete _ -> Value.NULL;
        };
        new RuleCalls(calls, Paths.GLOBAL_RULES)
                .set(type, Value.of(found.config().orElse(null)), wanted);
        return new Outcome.Applied(operation.key(), "");
    }

    /** The value that the rule is to have. */
    static Value wanted(EntryKey key, Content after) throws EntryRefused {
        for (var field : after.fields().keySet()) {
            if (!field.equals(Fields.CONFIG)) {
                throw EntryRefused.field(key, "TGT-FIELD", "a rule has no such field", field);
            }
        }
        var value = after.get(Fields.CONFIG);
        if (value.isNull()) {
            throw EntryRefused.field(key, "TGT-FIELD", "a rule needs a value", Fields.CONFIG);
        }
        RuleCalls.check(key, Fields.CONFIG, Names.rule(key), value);
        return value;
    }
}
