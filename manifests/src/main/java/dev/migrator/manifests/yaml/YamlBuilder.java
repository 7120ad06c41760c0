package dev.migrator.manifests.yaml;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Builds values from parser events with a stack of its own, so that neither depth nor aliases can take more than the
 * limits allow. An alias shares the value it names and is charged as if it were written out.
 */
final class YamlBuilder {
    private static final String TEXT_TAG = "tag:yaml.org,2002:str";
    private static final Set<String> COLLECTION_TAGS = Set.of("!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq");

    private final YamlLimits limits;
    private final List<YamlDocument> documents = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Deque<Frame> open = new ArrayDeque<>();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private long nodes;
    private long chars;
    private int findingsBefore;

    YamlBuilder(YamlLimits limits) {
        this.limits = limits;
    }

    List<YamlDocument> documents() {
        return documents;
    }

    List<Finding> findings() {
        return findings;
    }

    void accept(Event event) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        switch (event) {
            case DocumentStartEvent _ -> startDocument(line);
            case MappingStartEvent start -> open(new Frame.Mapping(start(start, line)), start.getTag(), line);
            case SequenceStartEvent start -> open(new Frame.Sequence(start(start, line)), start.getTag(), line);
            case MappingEndEvent _ -> close();
            case SequenceEndEvent _ -> close();
            case ScalarEvent scalar -> scalar(scalar, line);
            case AliasEvent alias -> alias(alias, line);
            default -> {
                // stream marks and document ends carry nothing
            }
        }
    }

    private void startDocument(int line) {
        if (documents.size() == limits.documents()) {
            throw new YamlStop(
                    limit("documents in one file", limits.documents(), "more").at("", line));
        }
        anchors.clear();
        findingsBefore = findings.size();
    }

    private Frame.Start start(NodeEvent event, int line) {
        charge(1, 0, line);
        var anchor = event.getAnchor().map(a -> a.getValue());
        anchor.ifPresent(name -> anchors.put(name, Anchored.UNFINISHED));
        return new Frame.Start(line, anchor, nodes - 1, chars);
    }

    private void open(Frame frame, Optional<String> tag, int line) {
        if (open.size() == limits.depth()) {
            throw new YamlStop(
                    limit("levels of nesting", limits.depth(), "more").at("", line));
        }
        tag.filter(t -> !COLLECTION_TAGS.contains(t)).ifPresent(t -> refuseTag(t, line));
        open.push(frame);
    }

    private void close() {
        var frame = open.pop();
        var start = frame.start();
        finish(frame.value(), frame.lines(), start);
    }

    private void scalar(ScalarEvent event, int line) {
        var text = event.getValue();
        if (text.length() > limits.scalarChars()) {
            throw new YamlStop(limit("characters in one value", limits.scalarChars(), Integer.toString(text.length()))
                    .at("", line));
        }
        var start = start(event, line);
        charge(0, text.length(), line);
        if (open.peek() instanceof Frame.Mapping mapping && mapping.wantsKey()) {
            key(mapping, event, line);
            start.anchor().ifPresent(name -> anchors.put(name, new Anchored(Value.of(text), 1, text.length())));
            return;
        }
        finish(resolve(event, line), new Lines(line), start);
    }

    private void key(Frame.Mapping mapping, ScalarEvent event, int line) {
        var name = event.getValue();
        if (name.length() > limits.keyChars()) {
            throw new YamlStop(limit("characters in one key", limits.keyChars(), Integer.toString(name.length()))
                    .at("", line));
        }
        if (event.isPlain() && CoreScalars.resolve(name).equals(Optional.of(Value.NULL))) {
            refuseKey("nothing", line);
        }
        mapping.earlier(name)
                .ifPresent(first -> find(
                        Problem.of("YML-DUPLICATE-KEY", "a key stands twice in one mapping")
                                .about(name)
                                .expected("each key once")
                                .found("'" + name + "' in line " + first + " and again here")
                                .todo("remove one of them"),
                        line));
        mapping.key(name, line);
    }

    private void alias(AliasEvent event, int line) {
        var name = event.getAlias().getValue();
        if (open.peek() instanceof Frame.Mapping mapping && mapping.wantsKey()) {
            refuseKey("an alias", line);
            mapping.key("*" + name, line);
            return;
        }
        var anchored = anchors.get(name);
        if (anchored == null || anchored == Anchored.UNFINISHED) {
            throw new YamlStop(Finding.error(Problem.of(
                                    "YML-SYNTAX",
                                    anchored == null
                                            ? "an alias names an anchor that is not there"
                                            : "an alias stands inside the value that it names")
                            .about("*" + name)
                            .expected("an anchor &" + name + " whose value ends before the alias"))
                    .at("", line));
        }
        charge(anchored.nodes(), anchored.chars(), line);
        add(anchored.value(), new Lines(line));
    }

    private void finish(Value value, Lines lines, Frame.Start start) {
        start.anchor()
                .ifPresent(name -> anchors.put(
                        name, new Anchored(value, nodes - start.nodesBefore(), chars - start.charsBefore())));
        add(value, lines);
    }

    private void add(Value value, Lines lines) {
        switch (open.peek()) {
            case null -> documents.add(new YamlDocument(value, lines, findings.size() == findingsBefore));
            case Frame.Mapping mapping
            when mapping.wantsKey() -> {
                refuseKey("a mapping or sequence", lines.line());
                mapping.key("?", lines.line());
            }
            case Frame frame -> frame.add(value, lines);
        }
    }

    private Value resolve(ScalarEvent event, int line) {
        var tag = event.getTag().filter(t -> !t.equals("!") && !t.equals(TEXT_TAG));
        tag.ifPresent(t -> refuseTag(t, line));
        if (!event.isPlain() || event.getTag().isPresent()) {
            return Value.of(event.getValue());
        }
        return CoreScalars.resolve(event.getValue()).orElseGet(() -> {
            find(
                    Problem.of("YML-NUMBER", "a number has no exact decimal form that can be kept")
                            .about(shortened(event.getValue()))
                            .expected("a finite number of at most " + CoreScalars.MAX_NUMBER_CHARS
                                    + " characters with an exponent of at most two digits")
                            .found(shortened(event.getValue()))
                            .todo("write a plain number, or put it in quotes if it is text"),
                    line);
            return Value.NULL;
        });
    }

    private void charge(long moreNodes, long moreChars, int line) {
        nodes += moreNodes;
        chars += moreChars;
        if (nodes > limits.nodes()) {
            throw new YamlStop(limit("values in one file, aliases written out", limits.nodes(), "more")
                    .at("", line));
        }
        if (chars > limits.chars()) {
            throw new YamlStop(limit("characters in one file, aliases written out", limits.chars(), "more")
                    .at("", line));
        }
    }

    private void refuseTag(String tag, int line) {
        find(
                Problem.of("YML-TAG", "a tag asks for a type that manifests do not have")
                        .about(shortened(tag))
                        .expected("no tag, or !!str")
                        .found(shortened(tag))
                        .todo("remove the tag"),
                line);
    }

    private void refuseKey(String found, int line) {
        find(
                Problem.of("YML-KEY", "a key is not a text")
                        .expected("a text as key")
                        .found(found)
                        .todo("write the key out, in quotes if need be"),
                line);
    }

    private void find(Problem problem, int line) {
        if (findings.size() == limits.findings()) {
            throw new YamlStop(
                    limit("findings in one file", limits.findings(), "more").at("", line));
        }
        findings.add(Finding.error(problem).at("", line));
    }

    private static Finding limit(String what, long atMost, String found) {
        return Finding.error(Problem.of("YML-LIMIT", "the file goes past a limit")
                .about(what)
                .expected("at most " + atMost + " " + what)
                .found(found)
                .todo("split it into several files, or write it without aliases"));
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private record Anchored(Value value, long nodes, long chars) {
        static final Anchored UNFINISHED = new Anchored(Value.NULL, 0, 0);
    }
}
