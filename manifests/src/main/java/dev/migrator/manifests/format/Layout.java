package dev.migrator.manifests.format;

import dev.migrator.core.kinds.Notes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where things stand in a YAML text that was read before without a finding: the fields and items of its blocks, and the
 * characters that belong to values and so begin no comment.
 */
final class Layout {
    /**
     * One document.
     *
     * @param entries in the order of the text
     * @param line where it begins, from 0
     */
    record Doc(List<Entry> entries, int line) {}

    private static final class Open {
        private final boolean mapping;
        private final boolean flow;
        private final String pointer;
        private final Mark start;
        private String key = "";
        private boolean wantsKey = true;
        private int items;

        Open(boolean mapping, boolean flow, String pointer, Mark start) {
            this.mapping = mapping;
            this.flow = flow;
            this.pointer = pointer;
            this.start = start;
        }
    }

    private final List<String> lines;
    private final List<BitSet> taken = new ArrayList<>();
    private final List<BitSet> flows = new ArrayList<>();
    private final List<Doc> docs = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private Optional<String> obstacle = Optional.empty();

    private Layout(List<String> lines) {
        this.lines = lines;
        lines.forEach(_ -> {
            taken.add(new BitSet());
            flows.add(new BitSet());
        });
    }

    /** @param text YAML without a byte order mark */
    static Layout of(String text) {
        var layout = new Layout(List.of(text.split("\n", -1)));
        var settings = LoadSettings.builder()
                .setBufferSize(Math.max(1024, text.length() + 1))
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        new Parse(settings).parseString(text).forEach(layout::accept);
        return layout;
    }

    List<String> lines() {
        return lines;
    }

    List<Doc> docs() {
        return docs;
    }

    /** What cannot be written again as it is, for people; empty when everything can. */
    Optional<String> obstacle() {
        return obstacle;
    }

    /** Whether the character is part of a value. */
    boolean isTaken(int line, int column) {
        return taken.get(line).get(column);
    }

    /** Whether the character stands between the brackets of a value. */
    boolean isInFlow(int line, int column) {
        return flows.get(line).get(column);
    }

    private void accept(Event event) {
        switch (event) {
            case DocumentStartEvent start -> {
                docs.add(new Doc(new ArrayList<>(), mark(start).getLine()));
                if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
                    stop("a directive", mark(start));
                }
            }
            case CollectionStartEvent start -> {
                anchor(start);
                begins(start);
                var pointer = pointer();
                open.push(new Open(start instanceof MappingStartEvent, start.isFlow(), pointer, mark(start)));
            }
            case MappingEndEvent end -> close(end);
            case SequenceEndEvent end -> close(end);
            case ScalarEvent scalar -> scalar(scalar);
            case AliasEvent alias -> stop("an alias", mark(alias));
            default -> {
                // stream marks and document ends hold nothing
            }
        }
    }

    private void scalar(ScalarEvent scalar) {
        anchor(scalar);
        // behind | or > a comment may stand, in the lines below none
        boolean block = scalar.isLiteral() || scalar.isFolded();
        take(taken, block ? new Place(mark(scalar).getLine() + 1, 0) : place(mark(scalar)), end(scalar));
        var within = open.peek();
        if (within != null && within.mapping && within.wantsKey) {
            within.key = scalar.getValue();
            within.wantsKey = false;
            if (!inFlow()) {
                entry(Notes.under(within.pointer, within.key), place(mark(scalar)));
            }
        } else {
            begins(scalar);
            done();
        }
    }

    /** A value begins: as an item it is an entry of its own. */
    private void begins(NodeEvent value) {
        var within = open.peek();
        if (within != null && !within.mapping && !inFlow()) {
            entry(Notes.under(within.pointer, String.valueOf(within.items)), dash(place(mark(value))));
        }
    }

    private Place dash(Place value) {
        var line = lines.get(value.line());
        int at = line.offsetByCodePoints(0, value.column()) - 1;
        while (at >= 0 && line.charAt(at) == ' ') {
            at--;
        }
        return at >= 0 && line.charAt(at) == '-' ? new Place(value.line(), line.codePointCount(0, at)) : value;
    }

    private String pointer() {
        var within = open.peek();
        if (within == null) {
            return "";
        }
        return Notes.under(within.pointer, within.mapping ? within.key : String.valueOf(within.items));
    }

    private void close(Event end) {
        var closed = open.pop();
        if (closed.flow) {
            take(flows, place(closed.start), place(end.getEndMark().orElseThrow()));
        }
        done();
    }

    private void done() {
        var within = open.peek();
        if (within != null) {
            within.items++;
            within.wantsKey = true;
        }
    }

    private boolean inFlow() {
        return open.stream().anyMatch(collection -> collection.flow);
    }

    private void entry(String pointer, Place place) {
        docs.getLast().entries().add(new Entry(pointer, place.line(), place.column()));
    }

    private void anchor(NodeEvent event) {
        event.getAnchor().ifPresent(_ -> stop("an anchor", mark(event)));
    }

    private void stop(String what, Mark mark) {
        if (obstacle.isEmpty()) {
            obstacle = Optional.of(what + " in line " + (mark.getLine() + 1));
        }
    }

    private record Place(int line, int column) {}

    private static Mark mark(Event event) {
        return event.getStartMark().orElseThrow();
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine(), mark.getColumn());
    }

    private static Place end(Event event) {
        return place(event.getEndMark().orElseThrow());
    }

    private void take(List<BitSet> bits, Place from, Place to) {
        for (int line = from.line(); line <= Math.min(to.line(), lines.size() - 1); line++) {
            int start = line == from.line() ? from.column() : 0;
            int stop = line == to.line() ? to.column() : lines.get(line).length() + 1;
            if (start < stop) {
                bits.get(line).set(start, stop);
            }
        }
    }
}
