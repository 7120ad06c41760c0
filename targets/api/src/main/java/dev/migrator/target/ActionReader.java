package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Asks whether actions are done. One that is done is there, with no content; no system lists what was done in it. */
public final class ActionReader implements TargetReader {
    /** Of every target that holds actions. */
    public static final List<String> KINDS = List.of(ActionKind.ENTRY);

    private static final EntryState DONE = new EntryState.Present(Content.EMPTY, "");

    private final ActionSystem system;

    public ActionReader(ActionSystem system) {
        this.system = system;
    }

    @Override
    public String identity() throws TargetException {
        return system.identity();
    }

    /** What was done can be undone, as far as the action itself says how. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DELETE);
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        if (!KINDS.contains(kind)) {
            throw new TargetException.Refused(
                    Problem.of("TGT-KIND", "the target has no entries of this kind")
                            .expected(ActionKind.ENTRY)
                            .found(kind),
                    null);
        }
        return Stream.empty();
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        var states = new TreeMap<EntryKey, EntryState>();
        for (var key : new TreeSet<>(keys)) {
            states.put(key, state(key));
        }
        return states;
    }

    EntryState state(EntryKey key) throws TargetException {
        return system.isDone(key, action(key)) ? DONE : EntryState.ABSENT;
    }

    /** @throws TargetException.Refused {@code ACT-ADDRESS} if the key names no action that this system can be asked for */
    ActionAddress action(EntryKey key) throws TargetException.Refused {
        try {
            var action = ActionAddress.parse(key.address());
            if (action.type() == system.type()) {
                return action;
            }
            throw new TargetException.Refused(
                    Problem.of("ACT-ADDRESS", "this is no address of an action")
                            .about(key.toString())
                            .expected("an action of type " + system.type().word())
                            .found("type " + action.type().word()),
                    null);
        } catch (ProblemException e) {
            throw new TargetException.Refused(e.problem().about(key.toString()), e);
        }
    }

    /** Nobody uses an action; whom it concerns, its own definition says. */
    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) {
        var impacts = new TreeMap<EntryKey, Impact>();
        operations.forEach(operation -> impacts.put(operation.key(), Impact.NONE));
        return impacts;
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return system.facts();
    }

    @Override
    public void close() {
        system.close();
    }
}
