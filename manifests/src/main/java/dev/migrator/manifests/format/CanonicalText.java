package dev.migrator.manifests.format;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Notes;
import dev.migrator.manifests.yaml.YamlScalars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes one document of a manifest file in the canonical layout. */
final class CanonicalText {
    /** What is written between brackets goes onto lines of its own when the line gets longer, in characters. */
    static final int LONGEST_LINE = 120;

    private final Comments comments;
    private final StringBuilder out = new StringBuilder();

    /** Blank lines after a block that keeps its line breaks would become a part of it. */
    private boolean keeps;

    private CanonicalText(Comments comments) {
        this.comments = comments;
    }

    /** @param content empty for a document of comments alone */
    static String of(Optional<Piece> content, KeyOrder order, Comments comments) {
        var text = new CanonicalText(comments);
        text.comments(comments.header(), 0);
        content.ifPresent(piece -> text.block(piece, order, "", 0, false));
        text.comments(comments.atEnd(""), 0);
        return text.out.toString();
    }

    private void comments(List<String> lines, int indent) {
        for (String line : lines) {
            if (line.equals(Comments.BLANK)) {
                blank();
            } else {
                out.repeat(' ', indent).append(line).append('\n');
                keeps = false;
            }
        }
    }

    private void blank() {
        if (!keeps && !out.isEmpty()) {
            out.append('\n');
        }
    }

    /** @param begun whether the first line has its indentation already, behind the mark of an item */
    private void block(Piece piece, KeyOrder order, String pointer, int indent, boolean begun) {
        boolean first = true;
        switch (piece) {
            case Piece.Mapping mapping -> {
                for (Piece.Field field : sorted(mapping, order)) {
                    var at = Notes.under(pointer, field.name());
                    begin(at, indent, first, begun);
                    out.append(YamlScalars.inline(field.name(), false)).append(':');
                    value(
                            field.value(),
                            order.field(field.name()),
                            at,
                            indent,
                            indent + field.name().length() + 2);
                    first = false;
                }
            }
            case Piece.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    var at = Notes.under(pointer, String.valueOf(i));
                    begin(at, indent, first, begun);
                    item(items.items().get(i), order.item(), at, indent);
                    first = false;
                }
            }
            default -> throw new IllegalArgumentException("no block: " + piece);
        }
        if (!pointer.isEmpty()) {
            comments(comments.atEnd(pointer), indent);
        }
    }

    private void begin(String at, int indent, boolean first, boolean begun) {
        if (!first && comments.isApart(at)) {
            blank();
        }
        if (!(first && begun)) {
            comments(comments.above(at), indent);
            out.repeat(' ', indent);
        }
    }

    private void item(Piece item, KeyOrder order, String at, int indent) {
        out.append('-');
        if (isBlock(item, indent + 2)) {
            hoist(item, order, at, indent);
            out.append(' ');
            block(item, order, at, indent + 2, true);
            comments(comments.below(at), indent + 2);
        } else {
            value(item, order, at, indent, indent + 2);
        }
    }

    /** What stands above the first field of an item goes above the item: there is no place for it in between. */
    private void hoist(Piece item, KeyOrder order, String at, int indent) {
        var inside = new ArrayList<String>();
        var piece = item;
        var pointer = at;
        var place = order;
        int column = indent + 2;
        while (isBlock(piece, column)) {
            if (piece instanceof Piece.Mapping mapping) {
                var field = sorted(mapping, place).getFirst();
                pointer = Notes.under(pointer, field.name());
                inside.addAll(comments.above(pointer));
                break;
            }
            pointer = Notes.under(pointer, "0");
            inside.addAll(comments.above(pointer));
            piece = ((Piece.Items) piece).items().getFirst();
            place = place.item();
            column += 2;
        }
        if (!inside.isEmpty()) {
            out.setLength(out.length() - 1 - indent);
            comments(inside, indent);
            out.repeat(' ', indent).append('-');
        }
    }

    /** What follows a name or the mark of an item. */
    private void value(Piece value, KeyOrder order, String at, int indent, int column) {
        var beside = comments.beside(at).map(comment -> " " + comment).orElse("");
        keeps = false;
        switch (value) {
            case Piece.Literal(var text) -> {
                var written = YamlScalars.literal(text, indent + 2);
                int header = written.indexOf('\n');
                belowInstead(at, indent);
                out.append(' ').append(written, 0, header).append(beside);
                out.append(written, header, written.length()).append('\n');
                keeps = written.substring(0, header).endsWith("+");
            }
            case Piece.Folded(var header, var lines) -> {
                belowInstead(at, indent);
                out.append(' ').append(header).append(beside).append('\n');
                for (String line : lines) {
                    out.append(line.isEmpty() ? "" : " ".repeat(indent + 2) + line)
                            .append('\n');
                }
                keeps = header.contains("+");
            }
            default -> {
                if (isBlock(value, column)) {
                    out.append(beside).append('\n');
                    block(value, order, at, indent + 2, false);
                } else {
                    out.append(' ')
                            .append(inline(value, order, false))
                            .append(beside)
                            .append('\n');
                }
                comments(comments.below(at), indent + 2);
            }
        }
    }

    /** Below a block of text a comment would be read as its last line. */
    private void belowInstead(String at, int indent) {
        if (!comments.below(at).isEmpty()) {
            int line = out.lastIndexOf("\n") + 1;
            var begun = out.substring(line);
            out.setLength(line);
            comments(comments.below(at), indent);
            out.append(begun);
        }
    }

    private static boolean isBlock(Piece piece, int column) {
        return switch (piece) {
            case Piece.Mapping(var fields, var flow) -> !fields.isEmpty() && !(flow && fits(piece, column));
            case Piece.Items(var items, var flow) -> !items.isEmpty() && !(flow && fits(piece, column));
            default -> false;
        };
    }

    private static boolean fits(Piece piece, int column) {
        return isInline(piece) && column + inline(piece, KeyOrder.FREE, false).length() <= LONGEST_LINE;
    }

    /** A text of several lines that was written in quotes between brackets gets lines of its own. */
    private static boolean isInline(Piece piece) {
        return switch (piece) {
            case Piece.Mapping mapping -> mapping.fields().stream().allMatch(field -> isInline(field.value()));
            case Piece.Items list -> list.items().stream().allMatch(CanonicalText::isInline);
            case Piece.Literal _, Piece.Folded _ -> false;
            case Piece.Scalar _ -> true;
        };
    }

    private static String inline(Piece piece, KeyOrder order, boolean inFlow) {
        return switch (piece) {
            case Piece.Mapping mapping ->
                sorted(mapping, order).stream()
                        .map(field -> YamlScalars.inline(field.name(), true) + ": "
                                + inline(field.value(), order.field(field.name()), true))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Piece.Items list ->
                list.items().stream()
                        .map(item -> inline(item, order.item(), true))
                        .collect(Collectors.joining(", ", "[", "]"));
            case Piece.Scalar scalar -> scalar(scalar, inFlow);
            case Piece.Literal(var text) -> YamlScalars.inline(text, inFlow);
            case Piece.Folded _ -> throw new IllegalArgumentException("a block between brackets");
        };
    }

    private static String scalar(Piece.Scalar scalar, boolean inFlow) {
        return switch (scalar.value()) {
            case Value.Text(var text) -> YamlScalars.inline(text, inFlow);
            case Value.Num _ -> scalar.written();
            default -> CanonicalJson.text(scalar.value());
        };
    }

    private static List<Piece.Field> sorted(Piece.Mapping mapping, KeyOrder order) {
        if (order.isAsWritten()) {
            return mapping.fields();
        }
        var byName = new HashMap<String, Piece.Field>();
        mapping.fields().forEach(field -> byName.put(field.name(), field));
        return order.sorted(byName.keySet()).stream().map(byName::get).toList();
    }
}
