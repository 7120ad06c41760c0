package dev.migrator.target.kafka;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Kafka tells no release, but the levels of metadata.version that a broker supports, and each release brought its own. */
final class Releases {
    static final String FEATURE = "metadata.version";

    /** Release by the first level that it brought (Kafka's {@code MetadataVersion}). */
    private static final NavigableMap<Integer, String> BY_FIRST_LEVEL = new TreeMap<>(Map.of(
            7, "3.3", 8, "3.4", 9, "3.5", 12, "3.6", 15, "3.7", 20, "3.8", 21, "3.9", 22, "4.0", 26, "4.1", 28, "4.2"));

    private static final int LAST_KNOWN_LEVEL = 29;

    private Releases() {}

    /** @param level highest one that the broker supports */
    static String ofLevel(int level) {
        var release = BY_FIRST_LEVEL.floorEntry(level);
        if (release == null) {
            return "before 3.3 (" + FEATURE + " " + level + ")";
        }
        return (level > LAST_KNOWN_LEVEL ? "4.2 or newer" : release.getValue()) + " (" + FEATURE + " " + level + ")";
    }
}
