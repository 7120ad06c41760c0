package dev.migrator.core.snapshot;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When a target was read for a snapshot, and where it was then in the order of its own changes. A position is text in the
 * system's words, e.g. the end of its log: two of one system are the same or not, and nothing else follows.
 *
 * @param from when its reading began, from the snapshotter's clock
 * @param until when its reading had ended
 * @param before its position when its reading began; empty if it told none
 * @param after its position when its reading had ended; empty if it told none
 */
public record SourceReading(Instant from, Instant until, Optional<String> before, Optional<String> after) {
    /** Longest position, in characters. */
    public static final int MOST_POSITION = 300;

    /** @throws IllegalArgumentException for a text that is no position */
    public SourceReading {
        Objects.requireNonNull(from);
        Objects.requireNonNull(until);
        check(before);
        check(after);
    }

    private static void check(Optional<String> position) {
        if (!position.stream().allMatch(SourceReading::isPosition)) {
            throw new IllegalArgumentException("a position has 1 to " + MOST_POSITION + " characters, found "
                    + position.get().length());
        }
    }

    /** Whether a text is short enough, and not empty. */
    public static boolean isPosition(String text) {
        return !text.isBlank() && text.length() <= MOST_POSITION;
    }

    /** Whether the system has written something meanwhile, not necessarily what was read; empty if it is not known. */
    public Optional<Boolean> moved() {
        return before.flatMap(first -> after.map(last -> !first.equals(last)));
    }
}
