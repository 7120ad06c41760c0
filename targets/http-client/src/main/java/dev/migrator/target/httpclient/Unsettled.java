package dev.migrator.target.httpclient;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Acknowledged writes that no read has shown yet. A read shows a write when it no longer answers what was there before.
 * Bounded: of more than {@link #MOST} the oldest are forgotten, which the database under a registry shows before the
 * later ones. Thread-safe.
 */
public final class Unsettled implements Settling.Pending {
    public static final int MOST = 5_000;

    /**
     * A registry answers from one database; answering the same as before the write for that long, the entry has been
     * put back by somebody else, and waiting on would block every undoing.
     */
    public static final Duration LONGEST_LAG = Duration.ofSeconds(30);

    private record Write(Digest before, long acknowledgedNanos) {}

    private final Map<EntryKey, Write> writes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryKey, Write> eldest) {
            return size() > MOST;
        }
    };

    /** @param nanos now, by {@link System#nanoTime} */
    public synchronized void acknowledged(EntryKey key, EntryState before, long nanos) {
        writes.remove(key); // so that it counts as the newest
        writes.put(key, new Write(mark(before), nanos));
    }

    @Override
    public synchronized List<EntryKey> keys() {
        return new ArrayList<>(writes.keySet());
    }

    @Override
    public synchronized void read(Map<EntryKey, EntryState> states, long nanos) {
        states.forEach((key, state) -> {
            var write = writes.get(key);
            if (write != null
                    && (!write.before().equals(mark(state))
                            || nanos - write.acknowledgedNanos() > LONGEST_LAG.toNanos())) {
                writes.remove(key);
            }
        });
    }

    private static Digest mark(EntryState state) {
        return Digest.of(
                switch (state) {
                    case EntryState.Absent _ -> Value.of("absent");
                    case EntryState.Present(var content, var incarnation) ->
                        Value.object("in use", Value.of(incarnation), "content", content.toValue());
                    case EntryState.Retired(var content, var incarnation) ->
                        Value.object("retired", Value.of(incarnation), "content", content.toValue());
                });
    }
}
