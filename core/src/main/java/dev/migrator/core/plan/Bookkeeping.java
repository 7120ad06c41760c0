package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Works out what becomes known of desired entries once the plan has succeeded. */
final class Bookkeeping {
    private Bookkeeping() {}

    /**
     * @param managed fingerprints of all managed fields as they will be
     * @param step the plan's operation on the entry, if there is one
     * @param retiring addresses that are left over from renames
     */
    static Optional<InventoryChange> of(
            DesiredEntry entry,
            EntryState found,
            Standing standing,
            SortedMap<String, Digest> managed,
            Optional<Step> step,
            List<String> retiring) {
        var project = entry.resource().project();
        if (entry.absent()) {
            return step.isPresent() || standing.last().isPresent()
                    ? Optional.of(new InventoryChange.Gone(entry.uid(), project, entry.key()))
                    : Optional.empty();
        }
        var rest = new TreeMap<>(managed);
        step.ifPresent(s -> rest.keySet().removeAll(s.operation().writtenFields()));
        var incarnation = found instanceof EntryState.Present(var _, var life) ? life : "";
        var hold = new InventoryChange.Hold(
                entry.uid(),
                project,
                entry.key(),
                standing.last().isEmpty() && found.exists(),
                incarnation,
                rest,
                standing.guarded(),
                retiring);
        boolean nothingNew = step.isEmpty()
                && standing.last().filter(last -> isAsKnown(last, hold)).isPresent();
        return nothingNew ? Optional.empty() : Optional.of(hold);
    }

    private static boolean isAsKnown(KnownEntry last, InventoryChange.Hold hold) {
        return hold.known(Content.EMPTY, "", last.migrationId()).equals(last);
    }

    /** Addresses from before renames that still hold something and that nobody wants. */
    static List<String> retiring(Standing standing, java.util.function.Predicate<String> isLeftOver) {
        var addresses = new ArrayList<>(standing.retiring());
        standing.former().map(former -> former.key().address()).ifPresent(address -> {
            addresses.remove(address);
            addresses.add(address);
        });
        return addresses.stream().filter(isLeftOver).toList();
    }
}
