package dev.migrator.core.drift;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One managed entry that is not as it was last applied.
 *
 * @param fields what differs, ascending by name; of more than {@value #MAX_FIELDS} the first
 * @param fieldCount how many differ
 * @param found what stands for all that differs as it was found; another as soon as anything of it is another
 * @param lastApplied the migration that wrote or adopted the entry last
 * @param firstSeen when a check first reported the entry; kept for as long as it differs
 */
public record DriftFinding(
        String uid,
        String project,
        EntryKey key,
        List<Field> fields,
        int fieldCount,
        Digest found,
        String lastApplied,
        Instant firstSeen) {
    public static final int MAX_FIELDS = 20;

    /**
     * One thing that differs.
     *
     * @param name of a managed field; {@link dev.migrator.core.plan.Reason#EXISTENCE} or {@link
     *     dev.migrator.core.plan.Reason#INCARNATION}, which are about the entry as a whole
     * @param found what is there, for a person, bounded
     */
    public record Field(String name, String found) {
        public Field {
            Objects.requireNonNull(name);
            Objects.requireNonNull(found);
        }
    }

    public DriftFinding {
        Objects.requireNonNull(uid);
        Objects.requireNonNull(project);
        Objects.requireNonNull(key);
        fields = List.copyOf(fields);
        Objects.requireNonNull(found);
        Objects.requireNonNull(lastApplied);
        Objects.requireNonNull(firstSeen);
    }

    DriftFinding since(Instant time) {
        return new DriftFinding(uid, project, key, fields, fieldCount, found, lastApplied, time);
    }
}
