package dev.migrator.cli.direct;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what targets hold, many entries a call. */
public final class LiveState {
    private static final int READ_AT_ONCE = 1_000;

    private LiveState() {}

    /** Everything that all targets of an environment hold, without internal and retired entries. */
    public static SortedMap<EntryKey, EntryState> of(DirectEnvironment source) throws TargetException {
        var states = new TreeMap<EntryKey, EntryState>();
        for (TargetConfig target : source.environment().targets()) {
            states.putAll(of(source, target));
        }
        return states;
    }

    /** The same of one target. */
    public static SortedMap<EntryKey, EntryState> of(DirectEnvironment source, TargetConfig target)
            throws TargetException {
        var states = new TreeMap<EntryKey, EntryState>();
        try (TargetReader reader = source.open(target)) {
            for (String kind : source.provider(target).kinds()) {
                try (var keys = reader.list(kind)) {
                    states.putAll(read(reader, keys.toList()));
                }
            }
        }
        return states;
    }

    /** State of each of the keys, absent and retired ones too. */
    static Map<EntryKey, EntryState> read(TargetReader reader, Collection<EntryKey> keys) throws TargetException {
        var states = new TreeMap<EntryKey, EntryState>();
        Set<EntryKey> some = new TreeSet<>();
        for (EntryKey key : keys) {
            some.add(key);
            if (some.size() == READ_AT_ONCE) {
                states.putAll(reader.readAll(some));
                some = new TreeSet<>();
            }
        }
        if (!some.isEmpty()) {
            states.putAll(reader.readAll(some));
        }
        return states;
    }
}
