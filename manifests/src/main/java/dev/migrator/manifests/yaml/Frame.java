package dev.migrator.manifests.yaml;

import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A mapping or sequence whose end has not been seen. */
sealed interface Frame {
    record Start(int line, Optional<String> anchor, long nodesBefore, long charsBefore) {}

    Start start();

    Lines lines();

    void add(Value value, Lines where);

    Value value();

    final class Mapping implements Frame {
        private final Start start;
        private final Lines lines;
        private final Map<String, Value> fields = new TreeMap<>();
        private final Map<String, Integer> keyLines = new HashMap<>();
        private Optional<String> key = Optional.empty();
        private int keyLine;

        Mapping(Start start) {
            this.start = start;
            this.lines = new Lines(start.line());
        }

        boolean wantsKey() {
            return key.isEmpty();
        }

        Optional<Integer> earlier(String name) {
            return Optional.ofNullable(keyLines.get(name));
        }

        void key(String name, int line) {
            key = Optional.of(name);
            keyLine = line;
        }

        @Override
        public Start start() {
            return start;
        }

        @Override
        public Lines lines() {
            return lines;
        }

        @Override
        public void add(Value value, Lines where) {
            var name = key.orElseThrow();
            fields.putIfAbsent(name, value);
            if (keyLines.putIfAbsent(name, keyLine) == null) {
                lines.put(name, where.movedTo(keyLine));
            }
            key = Optional.empty();
        }

        @Override
        public Value value() {
            return Value.object(fields);
        }
    }

    final class Sequence implements Frame {
        private final Start start;
        private final Lines lines;
        private final List<Value> items = new ArrayList<>();

        Sequence(Start start) {
            this.start = start;
            this.lines = new Lines(start.line());
        }

        @Override
        public Start start() {
            return start;
        }

        @Override
        public Lines lines() {
            return lines;
        }

        @Override
        public void add(Value value, Lines where) {
            lines.put(Integer.toString(items.size()), where);
            items.add(value);
        }

        @Override
        public Value value() {
            return Value.array(items);
        }
    }
}
