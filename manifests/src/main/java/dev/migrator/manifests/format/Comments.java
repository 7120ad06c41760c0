package dev.migrator.manifests.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The comments of one document and what each belongs to: one beside a value to its field, one above a field to that field,
 * one that is indented more than what follows to the block that ends there or, deeper still, to the field before it, and one
 * above all to the document. Blank lines between comments and above fields are kept, one of several.
 */
final class Comments {
    /** Stands for a blank line between comments. */
    static final String BLANK = "";

    private final List<String> header = new ArrayList<>();
    private final Map<String, List<String>> above = new HashMap<>();
    private final Map<String, List<String>> below = new HashMap<>();
    private final Map<String, List<String>> atEnd = new HashMap<>();
    private final Map<String, String> beside = new HashMap<>();
    private final Set<String> apart = new HashSet<>();
    private Optional<String> obstacle = Optional.empty();

    /** All comments of a text, in its order. */
    static List<Comment> in(Layout layout) {
        var comments = new ArrayList<Comment>();
        for (int i = 0; i < layout.lines().size(); i++) {
            var line = layout.lines().get(i);
            int at = start(layout, i, line);
            if (at >= 0) {
                var before = line.substring(0, at);
                // behind the mark of an item it stands above what is in the item
                boolean alone = before.chars().allMatch(c -> c == ' ' || c == '-' || c == '\t');
                int column = alone ? before.length() - before.stripLeading().length() : at;
                comments.add(new Comment(
                        i,
                        alone && !before.isBlank() ? column : line.codePointCount(0, at),
                        line.substring(at).stripTrailing(),
                        alone,
                        isBlank(layout, i - 1)));
            }
        }
        return comments;
    }

    private static boolean isBlank(Layout layout, int line) {
        return line >= 0 && layout.lines().get(line).isBlank();
    }

    private static int start(Layout layout, int number, String line) {
        for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
            boolean apart = at == 0 || line.charAt(at - 1) == ' ' || line.charAt(at - 1) == '\t';
            if (apart && !layout.isTaken(number, line.codePointCount(0, at))) {
                return at;
            }
        }
        return -1;
    }

    /**
     * @param comments those of the document, in the order of the text
     * @param entries its fields and items, in the order of the text
     */
    static Comments of(Layout layout, List<Comment> comments, List<Entry> entries) {
        var attached = new Comments();
        int next = 0;
        for (var comment : comments) {
            while (next < entries.size() && entries.get(next).line() < comment.line()) {
                next++;
            }
            if (layout.isInFlow(comment.line(), comment.column())) {
                attached.stop("a comment between brackets", comment);
            } else if (comment.alone()) {
                attached.alone(comment, entries, next);
            } else {
                attached.beside(comment, entries, next);
            }
        }
        attached.blanks(layout, entries);
        return attached;
    }

    /** A blank line right above an entry. */
    private void blanks(Layout layout, List<Entry> entries) {
        for (var entry : entries) {
            if (isBlank(layout, entry.line() - 1)) {
                var comments = above.get(entry.pointer());
                if (comments != null) {
                    comments.add(BLANK);
                } else {
                    apart.add(entry.pointer());
                }
            }
        }
        if (!header.isEmpty()
                && !entries.isEmpty()
                && isBlank(layout, entries.getFirst().line() - 1)) {
            header.add(BLANK);
        }
    }

    private void alone(Comment comment, List<Entry> entries, int next) {
        if (next == 0) {
            add(header, comment);
            return;
        }
        if (next < entries.size() && comment.column() <= entries.get(next).column()) {
            var pointer = entries.get(next).pointer();
            if (comment.afterBlank() && !above.containsKey(pointer)) {
                apart.add(pointer);
            }
            add(above.computeIfAbsent(pointer, _ -> new ArrayList<>()), comment);
            return;
        }
        var before = entries.subList(0, next).reversed().stream()
                .filter(entry -> entry.column() <= comment.column())
                .findFirst();
        if (before.isEmpty()) {
            add(atEnd.computeIfAbsent("", _ -> new ArrayList<>()), comment);
        } else if (before.get().column() == comment.column()) {
            addApart(atEnd.computeIfAbsent(parent(before.get().pointer()), _ -> new ArrayList<>()), comment);
        } else {
            add(below.computeIfAbsent(before.get().pointer(), _ -> new ArrayList<>()), comment);
        }
    }

    private static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private void beside(Comment comment, List<Entry> entries, int next) {
        int last = next;
        while (last < entries.size() && entries.get(last).line() == comment.line()) {
            last++;
        }
        if (last == 0) {
            // beside the mark of a document
            add(header, comment);
            return;
        }
        var pointer = entries.get(last - 1).pointer();
        if (beside.putIfAbsent(pointer, comment.text()) != null) {
            stop("two comments beside one value", comment);
        }
    }

    private static void add(List<String> to, Comment comment) {
        if (comment.afterBlank() && !to.isEmpty()) {
            to.add(BLANK);
        }
        to.add(comment.text());
    }

    /** Also a blank line between the block and the comment at its end is kept. */
    private static void addApart(List<String> to, Comment comment) {
        if (comment.afterBlank()) {
            to.add(BLANK);
        }
        to.add(comment.text());
    }

    private void stop(String what, Comment comment) {
        if (obstacle.isEmpty()) {
            obstacle = Optional.of(what + " in line " + (comment.line() + 1));
        }
    }

    /** What cannot be kept, for people; empty when everything can. */
    Optional<String> obstacle() {
        return obstacle;
    }

    List<String> header() {
        return header;
    }

    List<String> above(String pointer) {
        return above.getOrDefault(pointer, List.of());
    }

    /** Whether a blank line stands above the entry and its comments. */
    boolean isApart(String pointer) {
        return apart.contains(pointer);
    }

    /** Comments below an entry that are indented more than it. */
    List<String> below(String pointer) {
        return below.getOrDefault(pointer, List.of());
    }

    /** Comments at the end of a block, of the whole document for the empty pointer. */
    List<String> atEnd(String pointer) {
        return atEnd.getOrDefault(pointer, List.of());
    }

    Optional<String> beside(String pointer) {
        return Optional.ofNullable(beside.get(pointer));
    }
}
