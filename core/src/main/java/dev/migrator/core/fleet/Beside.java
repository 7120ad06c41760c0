package dev.migrator.core.fleet;

/**
 * What else the host has in the same partition.
 *
 * @param runs other runs that have not ended
 * @param stops other orders to stop whose run has not come; they take no room from runs
 */
public record Beside(int runs, int stops) {
    public static final Beside NOTHING = new Beside(0, 0);
}
