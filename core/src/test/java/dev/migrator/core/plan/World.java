package dev.migrator.core.plan;

import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Targets in memory that do exactly what an operation says; anything unexpected fails the test. */
final class World {
    private final Map<EntryKey, EntryState> states = new HashMap<>();
    /** What holds data and can only be retired. */
    private final Set<EntryKey> holdingData = new TreeSet<>();

    private int lives;

    World copy() {
        var copy = new World();
        copy.states.putAll(states);
        copy.holdingData.addAll(holdingData);
        copy.lives = lives;
        return copy;
    }

    void put(EntryKey key, EntryState state) {
        states.put(key, state);
    }

    void holdsData(EntryKey key) {
        holdingData.add(key);
    }

    EntryState.Present present(EntryKey key, Content content) {
        var state = new EntryState.Present(content, incarnation(key));
        states.put(key, state);
        return state;
    }

    /** By somebody else: the same entry with other content, or one that was not there. */
    void change(EntryKey key, Content content) {
        if (state(key) instanceof EntryState.Present(var _, var incarnation)) {
            states.put(key, new EntryState.Present(content, incarnation));
        } else {
            present(key, content);
        }
    }

    /** By somebody else. */
    void remove(EntryKey key) {
        states.remove(key);
    }

    /** The present entry's incarnation, empty when it has none or is not there. */
    String life(EntryKey key) {
        return state(key) instanceof EntryState.Present(var _, var incarnation) ? incarnation : "";
    }

    void retired(EntryKey key, Content content) {
        states.put(key, new EntryState.Retired(content, incarnation(key)));
    }

    private String incarnation(EntryKey key) {
        return key.kind().equals(AclKind.ENTRY) ? "" : "life-" + ++lives;
    }

    EntryState state(EntryKey key) {
        return states.getOrDefault(key, EntryState.ABSENT);
    }

    /** As {@link PlanInput} wants it: absent keys are in it too. */
    Map<EntryKey, EntryState> read(Set<EntryKey> keys) {
        var read = new HashMap<EntryKey, EntryState>();
        keys.forEach(key -> read.put(key, state(key)));
        return read;
    }

    Map<EntryKey, EntryState> all() {
        return new TreeMap<>(states);
    }

    void apply(Plan plan) {
        plan.operations().map(PlannedOperation::operation).forEach(this::apply);
    }

    /** Undoes a plan, last operation first. */
    void undo(Plan plan) {
        var operations = new ArrayList<>(plan.operations().toList());
        java.util.Collections.reverse(operations);
        operations.forEach(planned -> apply(planned.operation().inverse()));
    }

    void applyAll(List<Operation> operations) {
        operations.forEach(this::apply);
    }

    private void apply(Operation operation) {
        var found = state(operation.key());
        var judgement = CompareAndSet.judge(operation, found);
        if (!(judgement instanceof CompareAndSet.Judgement.Write)) {
            throw new AssertionError(operation + " found " + found + ": " + judgement);
        }
        switch (operation) {
            case Operation.Create(var key, var after) -> create(key, after, found);
            case Operation.Update(var key, var _, var after) -> {
                var present = (EntryState.Present) found;
                states.put(key, new EntryState.Present(merged(present.content(), after), present.incarnation()));
            }
            case Operation.Delete purge when purge.isPurge() -> states.remove(purge.key());
            case Operation.Delete(var key, var _, var removal) -> remove(key, (EntryState.Present) found, removal);
        }
    }

    private void create(EntryKey key, Content after, EntryState found) {
        if (found instanceof EntryState.Retired(var content, var incarnation)) {
            states.put(key, new EntryState.Present(merged(content, after), incarnation));
        } else {
            present(key, merged(Content.EMPTY, after));
        }
    }

    private void remove(EntryKey key, EntryState.Present found, Removal removal) {
        boolean keep = removal == Removal.RETIRE || holdingData.contains(key);
        if (keep && !key.kind().equals(AclKind.ENTRY)) {
            states.put(key, new EntryState.Retired(found.content(), found.incarnation()));
        } else {
            states.remove(key);
        }
    }

    private static Content merged(Content content, Content changes) {
        var fields = new TreeMap<>(content.fields());
        changes.fields().forEach((field, value) -> {
            if (value.isNull()) {
                fields.remove(field);
            } else {
                fields.put(field, value);
            }
        });
        return new Content(fields);
    }
}
