package dev.migrator.target.testkit;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.util.List;

/** What the contract suite has to know of every system that actions go to: they are done or not, and hold nothing. */
public abstract class ActionHarness implements TargetHarness, KindHarness {
    /** @param definition the action's as JSON: its type, with do, undo and probe */
    public static Operation.Create action(String target, String name, String definition) {
        var read = (Value.Obj) CanonicalJson.parse(definition);
        return new Operation.Create(
                new EntryKey(target, ActionKind.ENTRY, new ActionAddress(name, read).text()), Content.EMPTY);
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(this);
    }

    @Override
    public String kind() {
        return ActionKind.ENTRY;
    }

    @Override
    public boolean hasIncarnations() {
        return false;
    }

    @Override
    public boolean removes() {
        return true;
    }

    @Override
    public boolean retires() {
        return false;
    }

    /** No system lists what was done to it. */
    @Override
    public boolean isListedAlone() {
        return false;
    }

    @Override
    public void outsiderSets(EntryKey key, Content fields) {
        throw new UnsupportedOperationException("an action has no fields");
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) {
        return false;
    }
}
