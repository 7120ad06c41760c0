package dev.migrator.target.testkit;

/**
 * How long reads go on answering the old state after an acknowledged write; {@code settle()} always ends it.
 *
 * @param reads calls that read the key before the write is seen, 0 for none
 */
public record StaleReads(int reads) {
    public static final StaleReads NONE = new StaleReads(0);
    public static final StaleReads UNTIL_SETTLED = new StaleReads(Integer.MAX_VALUE);

    public StaleReads {
        if (reads < 0) {
            throw new IllegalArgumentException("reads is 0 or more, found " + reads);
        }
    }

    public static StaleReads forReads(int reads) {
        return new StaleReads(reads);
    }
}
