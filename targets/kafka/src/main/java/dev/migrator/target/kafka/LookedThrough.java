package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * What is known of the newest records of keys, so that a search that takes longer than a call goes on where it was. Only for
 * as long as the process lives; without it a search begins again. Thread-safe, bounded: of more than {@link #MOST} the oldest
 * are forgotten.
 */
final class LookedThrough {
    private static final int MOST = 1_000;
    /** Offsets that are looked through once more rather than everything known be kept for them. */
    private static final long FEW = 10_000;

    /** @param topic its id: another topic of the same name is another place */
    record Place(Uuid topic, int partition, Digest key) {}

    /** @param value digest of it, empty for a tombstone */
    record Found(long offset, Optional<Digest> value) {
        boolean holds(byte[] wanted) {
            return value.filter(Digest.of(wanted)::equals).isPresent();
        }
    }

    /** From {@code low} on, and before {@code high}, no record of the key is newer than the one found, if any was. */
    record Known(long low, long high, Optional<Found> found) {
        static Known nothingBefore(long end) {
            return new Known(end, end, Optional.empty());
        }

        /** What was written at that offset is the newest, up to there. */
        static Known of(Found found) {
            return new Known(found.offset(), found.offset() + 1, Optional.of(found));
        }

        /** Not if the partition was cut since, at either end, nor if so much came since that a search from the end is nearer. */
        boolean helps(long begin, long end) {
            return high <= end
                    && found.map(one -> one.offset() >= begin).orElse(true)
                    && end - high <= Math.max(high - low, FEW);
        }

        Known forward(long to, Optional<Found> newer) {
            return new Known(low, to, newer.or(() -> found));
        }

        Known back(long from, Optional<Found> newest) {
            return new Known(from, high, newest);
        }
    }

    private final Map<Place, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Known> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Known> of(Place place) {
        return Optional.ofNullable(known.get(place));
    }

    synchronized void put(Place place, Known now) {
        if (!place.topic().equals(Uuid.ZERO_UUID)) { // told by brokers before 2.8
            known.remove(place); // so that it counts as the newest
            known.put(place, now);
        }
    }
}
