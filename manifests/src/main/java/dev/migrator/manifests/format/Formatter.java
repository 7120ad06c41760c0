package dev.migrator.manifests.format;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.ManifestSchemas;
import dev.migrator.manifests.yaml.YamlContent;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Puts the text of a manifest file into canonical layout: fields in the order of the JSON Schema of their kind, two spaces,
 * quotes only where YAML needs them. Documents, lists, blocks of text and comments stay, and so do the values, byte for byte in
 * canonical form. The result is proven before it is given: read again it has the same values and comments, and formatting
 * it again changes nothing.
 */
public final class Formatter {
    private Formatter() {}

    /**
     * @param bytes of the file
     * @param shownAs how findings name the file
     * @return never throws for what is in the bytes
     */
    public static Formatted format(byte[] bytes, String shownAs) {
        var content = YamlReader.standard().read(bytes, shownAs);
        if (!content.whole() || content.findings().stream().anyMatch(Finding::stops)) {
            return new Formatted.Refused(content.findings());
        }
        if (!isManifests(content)) {
            return new Formatted.NoManifests();
        }
        var text = normalized(bytes);
        var once = write(text, content);
        var again = once.text().flatMap(written -> proven(text, content, written));
        return again.<Formatted>map(Formatted.Canonical::new)
                .orElseGet(() -> new Formatted.Refused(List.of(cannot(once.obstacle(), shownAs))));
    }

    private record Written(Optional<String> text, String obstacle) {
        static Written stopped(String obstacle) {
            return new Written(Optional.empty(), obstacle);
        }
    }

    private static boolean isManifests(YamlContent content) {
        var said = content.documents().stream()
                .map(YamlDocument::value)
                .filter(value -> !value.isNull())
                .toList();
        return !said.isEmpty() && said.stream().allMatch(value -> kind(value).isPresent());
    }

    private static Optional<String> kind(Value value) {
        return value instanceof Value.Obj manifest && manifest.get("kind") instanceof Value.Text(var kind)
                ? ManifestSchemas.fileOf(kind)
                : Optional.empty();
    }

    private static String normalized(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                .replace("\r\n", "\n")
                .replace('\r', '\n');
    }

    private static Written write(String text, YamlContent content) {
        var layout = Layout.of(text);
        if (layout.obstacle().isPresent()) {
            return Written.stopped(layout.obstacle().get());
        }
        var nodes = nodes(text);
        var pieces = new Pieces(layout.lines());
        var comments = byDocument(Comments.in(layout), layout);
        var documents = new ArrayList<String>();
        for (int i = 0; i < content.documents().size(); i++) {
            var mine = Comments.of(layout, comments.get(i), layout.docs().get(i).entries());
            if (mine.obstacle().isPresent()) {
                return Written.stopped(mine.obstacle().get());
            }
            var value = content.documents().get(i).value();
            var piece = value.isNull() ? Optional.<Piece>empty() : Optional.of(pieces.of(nodes.get(i), value));
            var order = KeyOrder.of(value);
            documents.add(CanonicalText.of(piece, order, mine));
        }
        // an empty document says nothing
        documents.removeIf(String::isEmpty);
        return new Written(
                Optional.of(String.join("---\n", documents)), "a layout that would not be read back as it is");
    }

    private static List<Node> nodes(String text) {
        var settings = LoadSettings.builder()
                .setBufferSize(Math.max(1024, text.length() + 1))
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        var nodes = new ArrayList<Node>();
        new Compose(settings).composeAllFromString(text).forEach(nodes::add);
        return nodes;
    }

    /** The comments of each document, up to the mark of the next one. */
    private static List<List<Comment>> byDocument(List<Comment> comments, Layout layout) {
        var all = new ArrayList<List<Comment>>();
        layout.docs().forEach(_ -> all.add(new ArrayList<>()));
        int document = 0;
        for (var comment : comments) {
            while (document + 1 < all.size() && layout.docs().get(document + 1).line() <= comment.line()) {
                document++;
            }
            all.get(document).add(comment);
        }
        return all;
    }

    /** The text, when it says what the file said and is as canonical as can be. */
    private static Optional<String> proven(String before, YamlContent content, String after) {
        var read = YamlReader.standard().read(after.getBytes(StandardCharsets.UTF_8), "");
        if (!read.findings().isEmpty()
                || !values(read).equals(values(content))
                || !texts(after).equals(texts(before))) {
            return Optional.empty();
        }
        return write(after, read).text().filter(after::equals);
    }

    private static List<Value> values(YamlContent content) {
        return content.documents().stream()
                .map(YamlDocument::value)
                .filter(value -> !value.isNull())
                .toList();
    }

    private static List<String> texts(String text) {
        return Comments.in(Layout.of(text)).stream().map(Comment::text).sorted().collect(Collectors.toList());
    }

    private static Finding cannot(String found, String file) {
        return Finding.error(Problem.of("FMT-KEPT", "the file cannot be put into canonical layout; it stays as it is")
                        .about(file)
                        .expected("nothing that would get lost: no aliases, no comments between brackets")
                        .found(found)
                        .todo("write that part below each other, without brackets and aliases"))
                .at(file, 0);
    }
}
