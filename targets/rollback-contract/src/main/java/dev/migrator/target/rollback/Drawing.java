package dev.migrator.target.rollback;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.KindHarness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws what there is before a migration and what the migration does, out of the samples that a harness has. */
final class Drawing {
    private static final int FEWEST_CHANGES = 2;
    private static final int MOST_CHANGES = 6;

    private enum Change {
        CREATE,
        UPDATE,
        DELETE,
        /** Takes into use again what was out of it. */
        REVIVE
    }

    private final List<KindHarness> kinds;
    private final Looks looks;
    private final String prefix;
    private final Chance chance;
    private final Map<EntryKey, Part> parts = new LinkedHashMap<>();

    private Drawing(List<KindHarness> kinds, Looks looks, String prefix, Chance chance) {
        this.kinds = kinds;
        this.looks = looks;
        this.prefix = prefix;
        this.chance = chance;
    }

    /** @param prefix of all names, used by nothing else */
    static List<Part> parts(List<KindHarness> kinds, Looks looks, String prefix, Chance chance) throws TargetException {
        var drawing = new Drawing(kinds, looks, prefix, chance);
        int changes = FEWEST_CHANGES + chance.below(MOST_CHANGES - FEWEST_CHANGES + 1);
        for (int i = 0; i < changes; i++) {
            drawing.add(i, true);
        }
        drawing.add(changes, false);
        return List.copyOf(drawing.parts.values());
    }

    private void add(int number, boolean changes) throws TargetException {
        var kind = chance.pick(kinds);
        var name = prefix + "-" + number;
        var sample = Sample.of(kind, name, chance);
        // with all its first values it is as the harness makes it, and can hold data
        var others = chance.oneIn(3) ? Collections.<String>emptySortedSet() : sample.someFields(chance);
        var made = new Operation.Create(sample.key(), sample.with(others));
        var retirement = new Operation.Delete(made.key(), made.after(), Removal.RETIRE);
        var change = changes ? Optional.of(chance.pick(possible(kind, sample))) : Optional.<Change>empty();
        List<Operation> before = change.filter(Change.CREATE::equals).isPresent()
                ? List.of()
                : change.filter(Change.REVIVE::equals).isPresent() ? List.of(made, retirement) : List.of(made);
        var planned = change.<Operation>map(what -> switch (what) {
            case CREATE, REVIVE -> made;
            case UPDATE -> sample.update(others, chance);
            case DELETE -> retirement;
        });
        var needs = needed(kind.prerequisites(name), change);
        parts.put(made.key(), new Part(kind, made.key(), before, planned, needs));
    }

    private static List<Change> possible(KindHarness kind, Sample sample) {
        var possible = new ArrayList<>(List.of(Change.CREATE));
        if (sample.update().isPresent()) {
            possible.add(Change.UPDATE);
        }
        if (comesBack(kind)) {
            possible.add(Change.DELETE);
        }
        if (kind.retires() && kind.revives()) {
            possible.add(Change.REVIVE);
        }
        return possible;
    }

    /** Whether what was deleted comes back as what it was; the plan says of others that it does not. */
    private static boolean comesBack(KindHarness kind) {
        return kind.revives() && (kind.retires() || !kind.hasIncarnations());
    }

    /**
     * What an entry needs and is not there yet: from some point on it is made with the entry, or deleted after it, and what
     * comes before is there from the beginning.
     */
    private List<EntryKey> needed(List<Operation.Create> creates, Optional<Change> change) throws TargetException {
        var needs = new ArrayList<EntryKey>();
        int withIt = creates.size() - chance.below(creates.size() + 1);
        for (int i = 0; i < creates.size(); i++) {
            var create = creates.get(i);
            if (!parts.containsKey(create.key()) && !looks.isThere(create.key())) {
                parts.put(create.key(), neededPart(create, needs, i >= withIt ? change : Optional.empty()));
            }
            needs.add(create.key());
        }
        return needs;
    }

    private Part neededPart(Operation.Create create, List<EntryKey> needs, Optional<Change> change) {
        var kind = kinds.stream()
                .filter(one -> one.kind().equals(create.key().kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no harness for what is needed: " + create.key()));
        if (change.filter(Change.CREATE::equals).isPresent()) {
            return new Part(kind, create.key(), List.of(), Optional.of(create), needs);
        }
        boolean deleted = change.filter(Change.DELETE::equals).isPresent() && comesBack(kind);
        return new Part(
                kind,
                create.key(),
                List.of(create),
                deleted
                        ? Optional.of(new Operation.Delete(create.key(), create.after(), Removal.RETIRE))
                        : Optional.empty(),
                needs);
    }
}
