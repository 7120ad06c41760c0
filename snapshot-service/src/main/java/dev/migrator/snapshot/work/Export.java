package dev.migrator.snapshot.work;

import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.target.TargetException;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Reads entries out of targets, slice by slice. */
@FunctionalInterface
interface Export {
    /** Takes what is read. */
    interface Sink extends Consumer<SnapshotEntry> {
        /** Names a target that is read, by the identity that the system gives itself. */
        void source(String target, String identity);
    }

    /**
     * @param sink takes every entry, ascending by key
     * @return what was covered
     * @throws TargetException as the targets throw it; what was handed out so far is of no use then
     */
    Coverage into(Sink sink) throws TargetException;

    /** Collects sources; hands entries on. */
    record To(Consumer<SnapshotEntry> entries, SortedMap<String, String> sources) implements Sink {
        @Override
        public void accept(SnapshotEntry entry) {
            entries.accept(entry);
        }

        @Override
        public void source(String target, String identity) {
            sources.put(target, identity);
        }
    }
}
