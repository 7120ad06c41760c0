package dev.migrator.snapshot.work;

import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.core.snapshot.SourceReading;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Reads entries out of targets, slice by slice. */
@FunctionalInterface
interface Export {
    /** Takes what is read. */
    interface Sink extends Consumer<SnapshotEntry> {
        /** Names a target that is read, by the identity that the system gives itself. */
        void source(String target, String identity);

        /** From now on a target is read. @param position where it is; empty if it does not tell */
        void begins(String target, Optional<String> position);

        /** It was read. @param position as for {@link #begins}, which was called before */
        void ended(String target, Optional<String> position);
    }

    /**
     * @param sink takes every entry, ascending by key
     * @return what was covered
     * @throws TargetException as the targets throw it; what was handed out so far is of no use then
     */
    Coverage into(Sink sink) throws TargetException;

    /** Collects what is told of the sources; hands entries on. For one thread. */
    record To(
            Consumer<SnapshotEntry> entries,
            SortedMap<String, String> sources,
            SortedMap<String, SourceReading> readings,
            Clock clock)
            implements Sink {
        @Override
        public void accept(SnapshotEntry entry) {
            entries.accept(entry);
        }

        @Override
        public void source(String target, String identity) {
            sources.put(target, identity);
        }

        @Override
        public void begins(String target, Optional<String> position) {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            readings.put(target, new SourceReading(now, now, position, Optional.empty()));
        }

        @Override
        public void ended(String target, Optional<String> position) {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            readings.computeIfPresent(
                    target, (_, begun) -> new SourceReading(begun.from(), now, begun.before(), position));
        }
    }
}
