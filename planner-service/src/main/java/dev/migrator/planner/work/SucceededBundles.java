package dev.migrator.planner.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.kit.feed.StatusFeed;
import dev.migrator.policy.TrackRecord;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where exactly this bundle succeeded, from the statuses of all environments. What is not known, or not known yet, did not
 * succeed. Bounded: of more than {@value #KEPT} migrations the oldest are forgotten. Thread-safe.
 */
public final class SucceededBundles implements BundleHistory, StatusFeed.Listener {
    static final int KEPT = 100_000;
    private static final Set<MigrationState> AS_WANTED =
            EnumSet.of(MigrationState.SUCCEEDED, MigrationState.NO_CHANGES);

    private record Success(Digest bundle, Optional<LabelSelector> part, String environment) {
        boolean proves(Optional<LabelSelector> asked) {
            return part.isEmpty() || part.equals(asked);
        }
    }

    private final Map<MigrationId, Success> successes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MigrationId, Success> eldest) {
            return size() > KEPT;
        }
    };

    @Override
    public synchronized void accept(MigrationStatus status) {
        if (status.ended()
                && status.intent() == ChangeRequest.Intent.APPLY
                && AS_WANTED.contains(status.state())
                && status.document().isEmpty()
                && status.bundleDigest().isPresent()) {
            successes.put(
                    status.id(), new Success(status.bundleDigest().get(), status.selector(), status.environment()));
        }
    }

    @Override
    public synchronized void forget(MigrationId id) {
        successes.remove(id);
    }

    @Override
    public synchronized TrackRecord of(Digest bundle, Optional<LabelSelector> selector) {
        var where = new TreeSet<String>();
        successes.values().stream()
                .filter(success -> success.bundle().equals(bundle) && success.proves(selector))
                .forEach(success -> where.add(success.environment()));
        return new TrackRecord(where, List.of());
    }
}
