package dev.migrator.core.environment;

import java.util.List;
import java.util.Objects;

/**
 * Environments that get the same bundle one after the other, in waves.
 *
 * @param waves names of environments, each at most once; those of one wave run side by side. None is empty
 * @param bake how long a wave that succeeded is left to itself before the next one begins
 */
public record Fleet(String name, List<List<String>> waves, Grace bake) {
    public static final int MOST_WAVES = 50;
    public static final int MOST_ENVIRONMENTS = 500;

    /** The next wave begins as soon as the one before has succeeded. */
    public static final Grace NO_BAKE = new Grace(0, Grace.Unit.SECONDS);

    public Fleet {
        Objects.requireNonNull(name);
        Objects.requireNonNull(bake);
        waves = waves.stream().map(List::copyOf).toList();
    }

    /** All of them, in order of their waves. */
    public List<String> environments() {
        return waves.stream().flatMap(List::stream).toList();
    }
}
