package dev.migrator.manifests.format;

import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.yaml.YamlScalars;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Brings together what was written and what it means. */
final class Pieces {
    private final List<String> lines;

    /** @param lines of the whole file */
    Pieces(List<String> lines) {
        this.lines = lines;
    }

    /**
     * @param node as it was written, without anchors and aliases
     * @param value what {@link dev.migrator.manifests.yaml.YamlReader} read there without a finding
     */
    Piece of(Node node, Value value) {
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, (Value.Obj) value);
            case SequenceNode sequence -> items(sequence, (Value.Arr) value);
            case ScalarNode scalar -> scalar(scalar, value);
            default -> throw new IllegalArgumentException("unknown: " + node.getNodeType());
        };
    }

    private Piece mapping(MappingNode node, Value.Obj value) {
        var fields = new ArrayList<Piece.Field>();
        for (NodeTuple field : node.getValue()) {
            var name = ((ScalarNode) field.getKeyNode()).getValue();
            fields.add(new Piece.Field(name, of(field.getValueNode(), value.get(name))));
        }
        return new Piece.Mapping(fields, node.getFlowStyle() == FlowStyle.FLOW);
    }

    private Piece items(SequenceNode node, Value.Arr value) {
        var items = new ArrayList<Piece>();
        for (Node item : node.getValue()) {
            items.add(of(item, value.items().get(items.size())));
        }
        return new Piece.Items(items, node.getFlowStyle() == FlowStyle.FLOW);
    }

    private Piece scalar(ScalarNode node, Value value) {
        var style = node.getScalarStyle();
        if (value instanceof Value.Text(var text)) {
            if (style == ScalarStyle.FOLDED && YamlScalars.isBlock(text)) {
                return folded(node);
            }
            boolean block = style == ScalarStyle.LITERAL && YamlScalars.isBlock(text);
            return block || YamlScalars.isLiteral(text)
                    ? new Piece.Literal(text)
                    : new Piece.Scalar(value, node.getValue());
        }
        return new Piece.Scalar(value, node.getValue());
    }

    private Piece folded(ScalarNode node) {
        var start = node.getStartMark().orElseThrow();
        var header = header(start);
        var below = new ArrayList<String>();
        int end = node.getEndMark().orElseThrow().getLine();
        for (int line = start.getLine() + 1; line < Math.max(end, start.getLine() + 1); line++) {
            below.add(lines.get(line));
        }
        if (end < lines.size() && node.getEndMark().orElseThrow().getColumn() > 0 && isLast(end)) {
            below.add(lines.get(end));
        }
        if (!header.contains("+")) {
            while (!below.isEmpty() && below.getLast().isBlank()) {
                below.removeLast();
            }
        }
        int indent = below.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .findFirst()
                .orElse(0);
        return new Piece.Folded(
                header,
                below.stream()
                        .map(line -> line.length() <= indent ? "" : line.substring(indent))
                        .toList());
    }

    /** The text may end with the file, without a line break. */
    private boolean isLast(int line) {
        return line == lines.size() - 1;
    }

    private String header(Mark start) {
        var line = lines.get(start.getLine());
        var rest = line.substring(line.offsetByCodePoints(0, start.getColumn()));
        int comment = rest.indexOf(" #");
        return (comment < 0 ? rest : rest.substring(0, comment)).strip();
    }
}
