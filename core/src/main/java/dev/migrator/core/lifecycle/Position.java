package dev.migrator.core.lifecycle;

/**
 * Place of a worker command in its migration.
 *
 * @param epoch from 1; goes up when the direction changes (apply, roll back), the plan is made anew or a phase begins to bake
 * @param seq strictly increasing over the whole migration, from 1
 */
public record Position(int epoch, long seq) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
        return epoch != other.epoch ? Integer.compare(epoch, other.epoch) : Long.compare(seq, other.seq);
    }
}
