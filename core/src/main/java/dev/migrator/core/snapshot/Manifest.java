package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a snapshot is: everything but the entries.
 *
 * @param sources identity of each target that was read, e.g. a Kafka cluster's id; empty text where it has none
 * @param readings when each target was read and where it was then; a target that is missing was not told of
 * @param takenAt when the export began, from the snapshotter's clock; not part of the root
 * @param tool what took it, e.g. {@code 0.1.0}; not part of the root
 */
public record Manifest(
        String environment,
        Coverage covers,
        Contents contents,
        SortedMap<String, String> sources,
        SortedMap<String, SourceReading> readings,
        Instant takenAt,
        String tool) {
    public Manifest {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(covers);
        Objects.requireNonNull(contents);
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        readings = Collections.unmodifiableSortedMap(new TreeMap<>(readings));
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(tool);
    }

    public Digest root() {
        return contents.root();
    }
}
