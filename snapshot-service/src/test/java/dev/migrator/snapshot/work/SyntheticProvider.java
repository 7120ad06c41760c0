package dev.migrator.snapshot.work;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.Capability;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes up entries as they are asked for, and holds none.
 *
 * @param slice entries that one call may ask for
 * @param content of the entry with that address
 */
record SyntheticProvider(int entries, int slice, Function<String, Content> content) implements TargetProvider {
    static final String TYPE = "synthetic";

    static String address(int number) {
        return String.format("topic-%07d", number);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> kinds() {
        return List.of("topic");
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        return new Reader(config.name());
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        throw new UnsupportedOperationException("a snapshot writes no target");
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        throw new UnsupportedOperationException("a snapshot checks no target");
    }

    private final class Reader implements TargetReader {
        private final String target;

        Reader(String target) {
            this.target = target;
        }

        @Override
        public String identity() {
            return TYPE;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Stream<EntryKey> list(String kind) {
            return IntStream.range(0, entries).mapToObj(number -> new EntryKey(target, kind, address(number)));
        }

        @Override
        public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) {
            if (keys.size() > slice) {
                throw new AssertionError("a slice has at most " + slice + " entries, found " + keys.size());
            }
            var states = new TreeMap<EntryKey, EntryState>();
            keys.forEach(key -> states.put(key, new EntryState.Present(content.apply(key.address()), "")));
            return states;
        }

        @Override
        public SystemFacts facts() {
            return new SystemFacts(new TreeMap<>(), Optional.empty(), List.of());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
