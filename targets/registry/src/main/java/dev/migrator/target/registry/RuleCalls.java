package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the rules of an artifact, a group or the whole registry, which are the same in all but their place. */
final class RuleCalls {
    private final Calls calls;
    private final String path;

    /** @param path of the rules, e.g. {@code /admin/rules} */
    RuleCalls(Calls calls, String path) {
        this.calls = calls;
        this.path = path;
    }

    /** One that came or went since it was read makes each of these fail, and overwrites nothing. */
    void set(String type, Value there, Value wanted) throws TargetException, EntryRefused, Raced {
        if (wanted.equals(there)) {
            return;
        }
        if (wanted.isNull()) {
            calls.send("DELETE", path + "/" + type, Value.NULL);
        } else {
            var body = Value.object("ruleType", Value.of(type), "config", wanted);
            calls.send(there.isNull() ? "POST" : "PUT", there.isNull() ? path : path + "/" + type, body);
        }
    }

    /** Rule by rule. */
    void setAll(SortedMap<String, Value> wanted, Content there) throws TargetException, EntryRefused, Raced {
        for (var rule : wanted.entrySet()) {
            set(rule.getKey(), there.get(Fields.RULE + rule.getKey()), rule.getValue());
        }
    }

    /**
     * Rule values by type, {@link Value#NULL} for "no rule". Checked before the first call, so that nothing half stays.
     */
    static SortedMap<String, Value> wanted(EntryKey key, Content after) throws EntryRefused {
        var rules = new TreeMap<String, Value>();
        for (var field : after.fields().entrySet()) {
            if (field.getKey().startsWith(Fields.RULE)) {
                var type = field.getKey().substring(Fields.RULE.length());
                check(key, field.getKey(), type, field.getValue());
                rules.put(type, field.getValue());
            }
        }
        return rules;
    }

    static void check(EntryKey key, String field, String type, Value wanted) throws EntryRefused {
        switch (wanted) {
            case Value.Nil _ -> {}
            case Value.Text(var value) -> {
                var wrong = Rules.check(type, value);
                if (wrong.isPresent()) {
                    throw new EntryRefused(wrong.get().about(key + ", " + field));
                }
            }
            default -> throw EntryRefused.field(key, "TGT-FIELD", "a rule's value is a text", field);
        }
    }
}
