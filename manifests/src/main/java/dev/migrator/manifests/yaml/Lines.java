package dev.migrator.manifests.yaml;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Where each part of a YAML document stands: a tree beside the value, as deep as the value. */
public final class Lines {
    private static final int LONGEST_NAME = 200;

    private final int line;
    private Map<String, Lines> children = Map.of();

    /** @param line from 1 */
    Lines(int line) {
        this.line = line;
    }

    void put(String name, Lines child) {
        if (children.isEmpty()) {
            children = new HashMap<>();
        }
        children.put(name, child);
    }

    /** The same parts, with the start in another line. */
    Lines movedTo(int otherLine) {
        var moved = new Lines(otherLine);
        moved.children = children;
        return moved;
    }

    /** Line of the start, from 1. */
    public int line() {
        return line;
    }

    /**
     * The line, from 1, of what a JSON pointer (RFC 6901) names: for a field its key, for an item its start. Where the
     * value has no such part, the line of the nearest part around it.
     */
    public int lineOf(String pointer) {
        var at = this;
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            var next = at.children.get(step.replace("~1", "/").replace("~0", "~"));
            if (next == null) {
                break;
            }
            at = next;
        }
        return at.line;
    }

    /**
     * Lines by JSON pointer, the whole value's under the empty one. Parts deeper than {@code depth}, or with names that
     * no manifest has, are left out: they count as the part around them.
     */
    public Map<String, Integer> byPointer(int depth) {
        var all = new HashMap<String, Integer>();
        collect("", depth, all);
        return Collections.unmodifiableMap(all);
    }

    private void collect(String pointer, int depth, Map<String, Integer> all) {
        all.put(pointer, line);
        if (depth > 0) {
            children.forEach((name, child) -> {
                if (name.length() <= LONGEST_NAME) {
                    child.collect(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), depth - 1, all);
                }
            });
        }
    }
}
