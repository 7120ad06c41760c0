package dev.migrator.target.rollback;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Somebody else who works on the same system: sets what nobody manages, and uses, changes and removes what is there. */
final class Outsider {
    private final List<Part> parts;
    private final Set<EntryKey> needed = new TreeSet<>();
    private final Map<EntryKey, EntryState> expected;
    private final Set<EntryKey> withData = new TreeSet<>();
    private final Looks looks;
    private final Chance chance;

    /** @param expected what each part is in the end; kept up to date with what the outsider does */
    Outsider(List<Part> parts, Map<EntryKey, EntryState> expected, Looks looks, Chance chance) {
        this.parts = parts;
        this.expected = expected;
        this.looks = looks;
        this.chance = chance;
        parts.forEach(part -> needed.addAll(part.needs()));
    }

    /** What was made by the migration and holds something of the outsider's. */
    Collection<EntryKey> withData() {
        return withData;
    }

    /** One thing that can be done to one of the entries now. @return what was done, if anything */
    Optional<String> act() throws Exception {
        int first = chance.below(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            var done = act(parts.get((first + i) % parts.size()));
            if (done.isPresent()) {
                return done;
            }
        }
        return Optional.empty();
    }

    private Optional<String> act(Part part) throws Exception {
        if (!looks.isThere(part.key())) {
            return Optional.empty();
        }
        if (part.isMade()) {
            return canHoldData(part) && withData.add(part.key()) ? putsDataInto(part) : Optional.empty();
        }
        if (part.planned().isEmpty() && chance.oneIn(2)) {
            return needed.contains(part.key()) || chance.oneIn(2) ? changes(part) : removes(part);
        }
        return part.keepsEverything() ? setsWhatNobodyManages(part) : Optional.empty();
    }

    /** With other values than its first ones an entry may take none: a connector that is paused does not run. */
    private static boolean canHoldData(Part part) {
        return part.kind().canHoldData()
                && part.planned().orElseThrow() instanceof Operation.Create create
                && part.kind().update(create).stream()
                        .allMatch(update -> update.before().holdsIn(create.after()));
    }

    private static Optional<String> putsDataInto(Part part) throws Exception {
        part.kind().putData(part.key());
        return Optional.of("puts data into " + part.key());
    }

    private Optional<String> setsWhatNobodyManages(Part part) throws Exception {
        var field = part.kind().unmanagedField();
        if (field.isEmpty()) {
            return Optional.empty();
        }
        var content = Content.of(field.get().name(), field.get().value());
        part.kind().outsiderSets(part.key(), content);
        expected.computeIfPresent(
                part.key(),
                (_, state) -> state instanceof EntryState.Present(var there, var life)
                        ? new EntryState.Present(there.and(content), life)
                        : state);
        return Optional.of("sets " + field.get().name() + " of " + part.key());
    }

    private Optional<String> changes(Part part) throws Exception {
        var sample = part.madeBy().flatMap(part.kind()::update);
        if (sample.isEmpty()) {
            return Optional.empty();
        }
        part.kind().outsiderSets(part.key(), sample.get().after().readable());
        expected.put(part.key(), looks.at(part.key()));
        return Optional.of("changes " + part.key());
    }

    private Optional<String> removes(Part part) throws Exception {
        if (!part.kind().outsiderRemoves(part.key())) {
            return Optional.empty();
        }
        expected.put(part.key(), looks.at(part.key()));
        return Optional.of("removes " + part.key());
    }
}
