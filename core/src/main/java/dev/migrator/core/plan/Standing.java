package dev.migrator.core.plan;

import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.KnownEntry;
import java.util.List;
import java.util.Optional;

/**
 * How the inventory stands to one desired entry.
 *
 * @param last what is known of the very entry
 * @param former what is known of its resource under another address, from before a rename
 * @param guarded whether it may not be deleted
 * @param problems what forbids that this resource has this entry
 */
record Standing(Optional<KnownEntry> last, Optional<KnownEntry> former, boolean guarded, List<Problem> problems) {
    Standing {
        problems = List.copyOf(problems);
    }

    /** Earlier addresses that may still be there. */
    List<String> retiring() {
        return former.or(() -> last).map(KnownEntry::retiring).orElse(List.of());
    }
}
