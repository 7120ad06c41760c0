package dev.migrator.manifests.patch;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import dev.migrator.manifests.yaml.YamlScalars;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a YAML file that was read before without a finding. Each change is read back: what it gives says what it
 * should, or nothing is given.
 */
final class YamlText {
    private final String text;
    private final List<String> lines;

    YamlText(String text) {
        this.text = text;
        this.lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
    }

    String text() {
        return text;
    }

    /**
     * @param document from 0, empty ones counted
     * @return empty if the text cannot be changed so without touching anything else: aliases, blocks of text
     */
    Optional<YamlText> with(int document, Edit edit) {
        var before = values(text);
        if (document >= before.size() || !(before.get(document) instanceof Value.Obj object)) {
            return Optional.empty();
        }
        var wanted = new ArrayList<>(before);
        wanted.set(document, edit.of(object));
        if (wanted.equals(before)) {
            return Optional.of(this);
        }
        var root = nodes().get(document);
        var changed = switch (edit) {
            case Edit.Set(var pointer, var value) -> set(root, Edit.names(pointer), value);
            case Edit.Remove(var pointer) -> remove(root, Edit.names(pointer));
        };
        return changed.filter(after -> values(after).equals(wanted)).map(YamlText::new);
    }

    /**
     * Without one of its documents.
     *
     * @return an empty text if there is no other one
     */
    Optional<YamlText> without(int document) {
        var before = values(text);
        if (document >= before.size()) {
            return Optional.empty();
        }
        var wanted = new ArrayList<>(before);
        wanted.remove(document);
        if (wanted.stream().allMatch(Value::isNull)) {
            return Optional.of(new YamlText(""));
        }
        var marks = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("---") && lines.get(i).substring(3).isBlank()) {
                marks.add(i);
            }
        }
        // a mark above the first document belongs to it; one below, to the next
        boolean marked =
                !marks.isEmpty() && lines.subList(0, marks.getFirst()).stream().allMatch(YamlText::saysNothing);
        int ofFirst = marked ? 0 : -1;
        int from = document + ofFirst < 0 ? 0 : at(marks, document + ofFirst);
        int to = at(marks, document + ofFirst + 1);
        if (document == 0 && to < lines.size()) {
            to += marked ? 0 : 1;
        }
        var left = new ArrayList<>(lines.subList(0, from));
        left.addAll(lines.subList(to, lines.size()));
        return Optional.of(String.join("", left))
                .filter(after -> values(after).equals(wanted))
                .map(YamlText::new);
    }

    private int at(List<Integer> marks, int number) {
        return number < marks.size() ? marks.get(number) : lines.size();
    }

    private static boolean saysNothing(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    private Optional<String> set(Node root, List<String> names, Value value) {
        Node node = root;
        for (int depth = 0; depth < names.size(); depth++) {
            if (!(node instanceof MappingNode mapping)) {
                return Optional.empty();
            }
            var field = field(mapping, names.get(depth));
            if (field.isEmpty()) {
                return add(mapping, names.subList(depth, names.size()), value);
            }
            node = field.get().getValueNode();
        }
        if (!(node instanceof ScalarNode scalar)) {
            return Optional.empty();
        }
        var style = scalar.getScalarStyle();
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED || start(scalar) == end(scalar)) {
            return Optional.empty();
        }
        return Optional.of(text.substring(0, start(scalar))
                + written(value, isInFlow(root, scalar))
                + text.substring(end(scalar)));
    }

    private Optional<String> add(MappingNode mapping, List<String> names, Value value) {
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            var field = inline(names, value);
            if (mapping.getValue().isEmpty()) {
                int open = start(mapping) + 1;
                return Optional.of(text.substring(0, open) + field + text.substring(text.indexOf('}', open)));
            }
            int last = end(mapping.getValue().getLast().getValueNode());
            return Optional.of(text.substring(0, last) + ", " + field + text.substring(last));
        }
        var fields = mapping.getValue();
        var first = fields.getFirst().getKeyNode();
        int indent = mark(first).getColumn();
        int line = lastLine(fields.getLast());
        var before = String.join("", lines.subList(0, line + 1));
        return Optional.of((before.endsWith("\n") ? before : before + "\n")
                + block(names, value, indent)
                + String.join("", lines.subList(line + 1, lines.size())));
    }

    private static String inline(List<String> names, Value value) {
        var name = YamlScalars.inline(names.getFirst(), true) + ": ";
        return names.size() == 1
                ? name + written(value, true)
                : name + "{" + inline(names.subList(1, names.size()), value) + "}";
    }

    private static String block(List<String> names, Value value, int indent) {
        var name = " ".repeat(indent) + YamlScalars.inline(names.getFirst(), false) + ":";
        return names.size() == 1
                ? name + " " + written(value, false) + "\n"
                : name + "\n" + block(names.subList(1, names.size()), value, indent + 2);
    }

    private Optional<String> remove(Node root, List<String> names) {
        MappingNode holder = null;
        NodeTuple found = null;
        Node node = root;
        for (var name : names) {
            if (!(node instanceof MappingNode mapping)) {
                return Optional.empty();
            }
            var field = field(mapping, name);
            if (field.isEmpty()) {
                return Optional.empty();
            }
            // the last field of a mapping goes together with the mapping
            if (holder == null || mapping.getValue().size() > 1) {
                holder = mapping;
                found = field.get();
            }
            node = field.get().getValueNode();
        }
        return holder.getFlowStyle() == FlowStyle.FLOW ? removeInline(holder, found) : removeLines(holder, found);
    }

    private Optional<String> removeInline(MappingNode holder, NodeTuple field) {
        var fields = holder.getValue();
        int at = fields.indexOf(field);
        int from = start(field.getKeyNode());
        int to = end(field.getValueNode());
        if (at + 1 < fields.size()) {
            to = start(fields.get(at + 1).getKeyNode());
        } else if (at > 0) {
            from = end(fields.get(at - 1).getValueNode());
        }
        return Optional.of(text.substring(0, from) + text.substring(to));
    }

    private Optional<String> removeLines(MappingNode holder, NodeTuple field) {
        int from = mark(field.getKeyNode()).getLine();
        var before = lines.get(from).substring(0, start(field.getKeyNode()) - offset(from));
        if (!before.isBlank()) {
            return Optional.empty(); // behind the mark of an item
        }
        var left = new ArrayList<>(lines.subList(0, from));
        left.addAll(lines.subList(lastLine(field) + 1, lines.size()));
        return Optional.of(String.join("", left));
    }

    /** Where the last character of a field stands. */
    private int lastLine(NodeTuple field) {
        return Math.max(lastLine(field.getKeyNode()), lastLine(field.getValueNode()));
    }

    private int lastLine(Node node) {
        return switch (node) {
            case MappingNode mapping
            when mapping.getFlowStyle() != FlowStyle.FLOW && !mapping.getValue().isEmpty() ->
                lastLine(mapping.getValue().getLast());
            case SequenceNode items
            when items.getFlowStyle() != FlowStyle.FLOW && !items.getValue().isEmpty() ->
                lastLine(items.getValue().getLast());
            case ScalarNode scalar
            when scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED -> {
                int end = endMark(scalar).getLine();
                int last = endMark(scalar).getColumn() == 0 ? end - 1 : end;
                while (last > mark(scalar).getLine() && lines.get(last).isBlank()) {
                    last--;
                }
                yield last;
            }
            default -> endMark(node).getLine();
        };
    }

    private static Optional<NodeTuple> field(MappingNode mapping, String name) {
        return mapping.getValue().stream()
                .filter(field -> field.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name))
                .findFirst();
    }

    private boolean isInFlow(Node from, Node searched) {
        return switch (from) {
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .map(NodeTuple::getValueNode)
                        .anyMatch(inner -> inner == searched
                                ? mapping.getFlowStyle() == FlowStyle.FLOW
                                : isInFlow(inner, searched));
            case SequenceNode items ->
                items.getValue().stream()
                        .anyMatch(inner ->
                                inner == searched ? items.getFlowStyle() == FlowStyle.FLOW : isInFlow(inner, searched));
            default -> false;
        };
    }

    private static String written(Value value, boolean inFlow) {
        return switch (value) {
            case Value.Text(var text) -> YamlScalars.inline(text, inFlow);
            case Value.Num(var number) -> number.toPlainString();
            default -> CanonicalJson.text(value);
        };
    }

    private int start(Node node) {
        return offset(mark(node));
    }

    private int end(Node node) {
        return offset(endMark(node));
    }

    private static Mark mark(Node node) {
        return node.getStartMark().orElseThrow();
    }

    private static Mark endMark(Node node) {
        return node.getEndMark().orElseThrow();
    }

    private int offset(Mark mark) {
        if (mark.getLine() >= lines.size()) {
            return text.length();
        }
        return offset(mark.getLine()) + lines.get(mark.getLine()).offsetByCodePoints(0, mark.getColumn());
    }

    private int offset(int line) {
        return lines.subList(0, line).stream().mapToInt(String::length).sum();
    }

    private List<Node> nodes() {
        var settings = LoadSettings.builder()
                .setBufferSize(Math.max(1024, text.length() + 1))
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        var nodes = new ArrayList<Node>();
        new Compose(settings).composeAllFromString(text).forEach(nodes::add);
        return nodes;
    }

    /** Nothing of a text that is not fine. */
    private static List<Value> values(String text) {
        var content = YamlReader.standard().read(text.getBytes(StandardCharsets.UTF_8), "");
        return content.findings().isEmpty()
                ? content.documents().stream().map(YamlDocument::value).toList()
                : List.of();
    }
}
