package dev.migrator.core.restore;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.PutBack;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.SnapshotReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes the documents: of a snapshot, or of what a migration found before it. Pure. */
public final class Restores {
    private Restores() {}

    /**
     * @param id of the snapshot
     * @param removesMadeSince whether managed entries go that were made since; only where the snapshot would hold them
     * @throws ProblemException {@code RST-NOTHING} if nothing is selected, {@code RST-TOO-MANY}, {@code SNP-CHUNK-…} if the
     *     snapshot is broken anywhere where something was selected
     */
    public static Restore ofSnapshot(
            String id,
            SnapshotReader snapshot,
            EntrySelection selection,
            boolean includesUnmanaged,
            boolean removesMadeSince) {
        var manifest = snapshot.manifest();
        var wanted = new ArrayList<PutBack.Wanted>();
        snapshot.forEach(entry -> {
            if (selection.selects(entry.key()) && !isAnAct(entry.key())) {
                switch (entry.state()) {
                    case EntryState.Present(var content, var _) -> wanted.add(of(entry.key(), Optional.of(content)));
                    case EntryState.Absent _, EntryState.Retired _ -> {
                        if (removesMadeSince) {
                            wanted.add(of(entry.key(), Optional.empty()));
                        }
                    }
                }
                if (wanted.size() > PutBack.MAX_ENTRIES) {
                    throw new ProblemException(Problem.of("RST-TOO-MANY", "too much to put back in one migration")
                            .about("snapshot " + id)
                            .expected("at most " + PutBack.MAX_ENTRIES + " entries")
                            .found("more")
                            .todo("restore one target or one kind at a time"));
                }
            }
        });
        if (wanted.isEmpty()) {
            throw new ProblemException(Problem.of("RST-NOTHING", "the snapshot holds nothing of what is asked for")
                    .about("snapshot " + id)
                    .expected("entries of what was selected")
                    .found("none; nothing follows from that about what should be there")
                    .todo("migrator snapshot show " + id + " lists what it holds"));
        }
        return new Restore(
                manifest.environment(),
                new Restore.Source(Restore.From.SNAPSHOT, id, manifest.root(), manifest.takenAt()),
                new PutBack(
                        includesUnmanaged,
                        removesMadeSince && selection.address().isEmpty()
                                ? whole(manifest.covers(), selection)
                                : new TreeSet<>(),
                        wanted));
    }

    /** To have been done is no state that a record brings back: doing it again is for a change that asks for it. */
    private static boolean isAnAct(EntryKey key) {
        return Kinds.standard().isKnown(key.kind())
                && Kinds.standard().ofEntry(key.kind()).isAnAct();
    }

    private static PutBack.Wanted of(EntryKey key, Optional<Content> content) {
        return new PutBack.Wanted(key, content, Optional.empty());
    }

    private static SortedSet<PutBack.Covered> whole(Coverage covers, EntrySelection selection) {
        var whole = new TreeSet<PutBack.Covered>();
        if (covers instanceof Coverage.OfTargets all) {
            all.targets()
                    .forEach(target -> target.kinds().stream()
                            .filter(Coverage.Listed::complete)
                            .filter(listed -> selection.selects(target.name(), listed.kind()))
                            .filter(listed -> Kinds.standard().isKnown(listed.kind())
                                    && Kinds.standard().ofEntry(listed.kind()).isListedWhole())
                            .forEach(listed -> whole.add(new PutBack.Covered(target.name(), listed.kind()))));
        }
        return whole;
    }

    /**
     * What a migration found before it, for exactly what it wrote.
     *
     * @param plan that it carried out
     * @throws ProblemException {@code RST-PURGED} if it removed something for good
     */
    public static Restore ofMigration(String migration, Digest planDigest, Plan plan, Instant endedAt) {
        var needs = needs(plan);
        List<PutBack.Wanted> wanted = plan.operations()
                .map(planned -> before(
                        migration,
                        planned,
                        needs.getOrDefault(planned.operation().key(), List.of())))
                .toList();
        return new Restore(
                plan.environment(),
                new Restore.Source(Restore.From.MIGRATION, migration, planDigest, endedAt),
                new PutBack(false, new TreeSet<>(), wanted));
    }

    /** What needs what, as the plan had it: a removal goes before that of what it needs, and comes back after it. */
    private static Map<EntryKey, List<EntryKey>> needs(Plan plan) {
        var operations = new HashMap<String, Operation>();
        plan.operations()
                .map(PlannedOperation::operation)
                .forEach(operation -> operations.put(
                        operation.key().target() + "|" + operation.key().kind() + "|"
                                + operation.key().address(),
                        operation));
        var needs = new HashMap<EntryKey, List<EntryKey>>();
        plan.operations()
                .forEach(planned -> planned.dependsOn().forEach(earlier -> {
                    var first = operations.get(earlier);
                    var then = planned.operation();
                    if (first != null && first instanceof Operation.Delete == then instanceof Operation.Delete) {
                        var needing = then instanceof Operation.Delete ? first : then;
                        var needed = needing == first ? then : first;
                        needs.computeIfAbsent(needing.key(), _ -> new ArrayList<>())
                                .add(needed.key());
                    }
                }));
        return needs;
    }

    private static PutBack.Wanted before(String migration, PlannedOperation planned, List<EntryKey> needs) {
        var operation = planned.operation();
        if (operation.isPurge()) {
            throw new ProblemException(Problem.of("RST-PURGED", "it was removed for good; nothing brings it back")
                    .about("migration " + migration + ", " + operation.key())
                    .expected("changes that can be put back")
                    .found("a purge")
                    .todo("submit manifests that make it anew, without its data"));
        }
        Optional<Content> left = switch (operation) {
            case Operation.Create create -> Optional.of(create.after());
            case Operation.Update update -> Optional.of(update.after());
            case Operation.Delete _ -> Optional.empty();
        };
        Optional<Content> found = switch (operation) {
            case Operation.Create _ -> Optional.empty();
            case Operation.Update update -> Optional.of(update.before());
            case Operation.Delete delete -> Optional.of(delete.before());
        };
        return new PutBack.Wanted(
                operation.key(), found, Optional.of(new PutBack.Left(left, planned.changeFingerprint())), needs);
    }
}
