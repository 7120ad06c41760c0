package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * {@code Action}: a side effect that belongs to a change, as a migration of data, a flush of a cache or a message is. It is an
 * entry like any other: its probe says whether it is there, creating it does it, removing it undoes it.
 */
public final class ActionKind implements KindRules {
    public static final String KIND = "Action";
    public static final String ENTRY = "action";

    @Override
    public String kind() {
        return KIND;
    }

    /** Not the type of any target, which what an action does tells; for projects that say what they own. */
    @Override
    public String targetType() {
        return "actions";
    }

    @Override
    public Optional<String> targetTypeOf(Resource resource) {
        return resource.spec().fields().keySet().stream()
                .findFirst()
                .map(ActionType::of)
                .map(ActionType::targetType);
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return ActionSpec.shape();
    }

    /** An action is its definition: to be undone, it has to be named in full. */
    @Override
    public Shape.Fields specWhenAbsent() {
        return spec();
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        ActionSpec.check(resource.spec(), notes);
        // to let go of it undoes nothing
        if (resource.absent() && !resource.unmanaged() && !notes.hasErrors()) {
            address(resource).noUndo().ifPresent(problem -> notes.error("/spec", problem));
        }
    }

    private static ActionAddress address(Resource resource) {
        return new ActionAddress(resource.name(), resource.spec());
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var address = address(resource).text();
        return List.of(DesiredEntry.of(new EntryKey(target, ENTRY, address), address, resource, Content.EMPTY));
    }

    @Override
    public String ownedName(EntryKey key) {
        return ActionAddress.nameOf(key);
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    /** What was done somewhere, no system lists. */
    @Override
    public boolean isListedWhole() {
        return false;
    }

    @Override
    public boolean isAnAct() {
        return true;
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return desired.absent() && found.exists()
                ? ActionAddress.parse(desired.key().address())
                        .noUndo()
                        .map(problem -> problem.about("action " + ActionAddress.nameOf(desired.key())))
                        .stream()
                        .toList()
                : List.of();
    }

    /** The probe tells whether it is done; whether its undo gives back everything, its author alone knows. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        var action = ActionAddress.parse(operation.key().address());
        if (!action.canBeUndone()) {
            return Assessment.of(Risk.ONE_WAY, UndoClass.NONE);
        }
        var warning = "action " + action.name() + ": undoing it is what its own "
                + (operation instanceof Operation.Delete ? ActionAddress.DO : ActionAddress.UNDO)
                + " says; what is measured is its probe";
        return new Assessment(
                operation instanceof Operation.Delete ? Risk.DESTRUCTIVE : Risk.MUTATING,
                UndoClass.EXACT,
                List.of(warning));
    }
}
