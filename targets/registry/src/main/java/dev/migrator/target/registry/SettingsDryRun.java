package dev.migrator.target.registry;

import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.httpclient.EntryRefused;

/**
 * Groups, and rules of the whole registry. A registry takes any value of a rule, so values are checked as they are before
 * a write; whether artifacts that are there already keep to a rule nobody asks, since rules judge new versions alone.
 */
final class SettingsDryRun {
    /** The registry keeps nothing about it. */
    private static final String DEFAULT_GROUP = "default";

    private SettingsDryRun() {}

    static DryRunOutcome globalRule(Operation operation, Found.OfRule found) throws EntryRefused {
        var key = operation.key();
        switch (operation) {
            case Operation.Create create -> {
                var _ = GlobalRuleWriter.wanted(key, create.after());
            }
            case Operation.Update update -> {
                var _ = GlobalRuleWriter.wanted(key, update.after());
            }
            case Operation.Delete _ -> {}
        }
        return new DryRunOutcome.Accepted(key);
    }

    static DryRunOutcome group(Operation operation, Found.OfGroup found) throws EntryRefused {
        var key = operation.key();
        if (SchemaGroupKind.group(key.address()).equals(DEFAULT_GROUP)) {
            throw EntryRefused.field(key, "TGT-REFUSED", "the registry keeps nothing about this group", "group");
        }
        switch (operation) {
            case Operation.Create create -> {
                GroupWriter.check(key, create.after());
                var _ = RuleCalls.wanted(key, create.after());
            }
            case Operation.Update update -> {
                GroupWriter.check(key, update.after());
                var _ = RuleCalls.wanted(key, update.after());
            }
            case Operation.Delete _ -> {}
        }
        return new DryRunOutcome.Accepted(key);
    }
}
