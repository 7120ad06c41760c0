package dev.migrator.engine.simulator;

import java.util.ArrayList;
import java.util.List;

/** Records of one topic and key, in order, and how far their one consumer is. */
final class Log<T> {
    private final List<T> records = new ArrayList<>();
    private int position;

    void append(T message) {
        records.add(message);
    }

    boolean hasNext() {
        return position < records.size();
    }

    T next() {
        return records.get(position);
    }

    void advance() {
        position++;
    }

    /** The consumer died before it committed how far it was. */
    void rewind(int by) {
        position = Math.max(0, position - by);
    }

    List<T> all() {
        return records;
    }
}
