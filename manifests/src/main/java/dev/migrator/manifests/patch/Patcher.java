package dev.migrator.manifests.patch;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredCheck;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import dev.migrator.manifests.patch.ManifestPatch.PatchedFile;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds the places of manifests that say something else than what is true, and changes these alone. A value that the
 * environment gets from somewhere else (a variable, an overlay, a mapping) is not guessed: it is named.
 */
public final class Patcher {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private record Name(String kind, String address) {
        static Name of(EntryKey key) {
            return new Name(key.kind(), key.address());
        }
    }

    private final Kinds kinds = Kinds.standard();
    private final Map<Name, List<DesiredEntry>> wanted = new java.util.HashMap<>();
    private final TreeMap<Path, String> before = new TreeMap<>();
    private final TreeMap<Path, YamlText> texts = new TreeMap<>();
    private final List<Finding> byHand = new ArrayList<>();
    private final Map<EntryKey, Truth> truths;
    /** A check of what is not there would never pass. */
    private final List<DesiredCheck> checks;

    private Patcher(List<Resource> resources, Map<EntryKey, Truth> truths) {
        this.truths = new TreeMap<>(truths);
        this.checks = Desired.inNoEnvironment(kinds, resources).checks();
        for (var resource : resources) {
            // each resource by itself, as several may share an entry
            Desired.inNoEnvironment(kinds, List.of(resource))
                    .entries()
                    .forEach((key, entry) -> wanted.computeIfAbsent(Name.of(key), _ -> new ArrayList<>())
                            .add(entry));
        }
    }

    /**
     * @param resources as one environment gets them, with where they come from
     * @param truths by entry; the name of the target makes no difference
     * @throws IOException if a file cannot be read
     */
    public static ManifestPatch patch(List<Resource> resources, Map<EntryKey, Truth> truths) throws IOException {
        return new Patcher(resources, truths).patch();
    }

    private ManifestPatch patch() throws IOException {
        for (var truth : truths.entrySet()) {
            var entries = wanted.getOrDefault(Name.of(truth.getKey()), List.of());
            if (entries.isEmpty()) {
                if (truth.getValue() instanceof Truth.There) {
                    byHand(
                            truth.getKey(),
                            "a manifest that says what is there",
                            "none that speaks of it",
                            Optional.empty());
                }
                continue;
            }
            for (var entry : entries) {
                switch (truth.getValue()) {
                    case Truth.There(var fields) -> there(truth.getKey(), entry, fields);
                    case Truth.Gone _ -> gone(truth.getKey(), entry);
                }
            }
        }
        for (var check : checks) {
            if (check.subject().filter(this::isGone).isPresent()) {
                takeAway(check.subject().get(), check.resource());
            }
        }
        var files = new ArrayList<PatchedFile>();
        texts.forEach((path, text) -> {
            if (!text.text().equals(before.get(path))) {
                files.add(new PatchedFile(path, before.get(path), text.text()));
            }
        });
        return new ManifestPatch(files, byHand.stream().distinct().sorted().toList());
    }

    private void there(EntryKey key, DesiredEntry entry, Map<String, Value> fields) throws IOException {
        var resource = entry.resource();
        if (resource.absent()) {
            edit(key, resource, new Edit.Remove("/state"), "no state: absent");
        }
        for (var field : fields.entrySet()) {
            var said = entry.content().get(field.getKey());
            if (said.equals(field.getValue())) {
                continue;
            }
            var place = kinds.ofEntry(key.kind()).placeOf(key.kind(), field.getKey());
            var expected = field.getKey() + ": " + shown(field.getValue());
            if (place.isEmpty()) {
                byHand(key, expected, "nothing that a single value says", Optional.of(resource));
            } else if (!comesFromHere(resource, place.get())) {
                byHand(key, expected, "a value from a variable, an overlay or a mapping", Optional.of(resource));
            } else {
                edit(
                        key,
                        resource,
                        field.getValue().isNull()
                                ? new Edit.Remove(place.get())
                                : new Edit.Set(
                                        place.get(), inItsStyle(field.getValue(), written(resource, place.get()))),
                        expected);
            }
        }
    }

    /** A resource of which nothing is there says nothing; one of which something is there is for a person. */
    private void gone(EntryKey key, DesiredEntry entry) throws IOException {
        var resource = entry.resource();
        if (resource.absent()) {
            return;
        }
        var others = Desired.inNoEnvironment(kinds, List.of(resource)).entries().keySet().stream()
                .filter(other -> !isGone(other))
                .filter(other -> wanted.get(Name.of(other)).size() == 1)
                .toList();
        if (!others.isEmpty()) {
            byHand(
                    key,
                    "no such entry",
                    "a manifest that asks for " + others.getFirst() + " as well",
                    Optional.of(resource));
            return;
        }
        takeAway(key, resource);
    }

    private void takeAway(EntryKey key, Resource resource) throws IOException {
        var file = Path.of(resource.source().file());
        var document = document(resource);
        var without = document.flatMap(number -> texts.get(file).without(number));
        if (without.isPresent()) {
            texts.put(file, without.get());
        } else if (document.isPresent()) {
            byHand(key, "no such manifest", "a file from which it cannot be taken", Optional.of(resource));
        }
    }

    private boolean isGone(EntryKey key) {
        return truths.entrySet().stream()
                .anyMatch(truth ->
                        Name.of(truth.getKey()).equals(Name.of(key)) && truth.getValue() instanceof Truth.Gone);
    }

    /** Whether what the environment gets is what stands in the file. */
    private boolean comesFromHere(Resource resource, String pointer) throws IOException {
        return written(resource, pointer).equals(at(Value.object("spec", resource.spec()), pointer));
    }

    private Value written(Resource resource, String pointer) throws IOException {
        var document = document(resource);
        return document.isEmpty()
                ? Value.NULL
                : at(
                        documents(Path.of(resource.source().file()))
                                .get(document.get())
                                .value(),
                        pointer);
    }

    /** A setting is a text that may be written as a number or a flag: it stays what its author made of it. */
    private static Value inItsStyle(Value value, Value written) {
        if (value instanceof Value.Text(var text)) {
            if (written instanceof Value.Num && WHOLE.matcher(text).matches()) {
                return new Value.Num(new BigDecimal(text));
            }
            if (written instanceof Value.Bool && (text.equals("true") || text.equals("false"))) {
                return Value.of(Boolean.parseBoolean(text));
            }
        }
        return value;
    }

    private static Value at(Value from, String pointer) {
        var value = from;
        for (var name : Edit.names(pointer)) {
            value = value instanceof Value.Obj object ? object.get(name) : Value.NULL;
        }
        return value;
    }

    private void edit(EntryKey key, Resource resource, Edit edit, String expected) throws IOException {
        var file = Path.of(resource.source().file());
        var document = document(resource);
        var after = document.flatMap(number -> texts.get(file).with(number, edit));
        if (after.isPresent()) {
            texts.put(file, after.get());
        } else {
            byHand(key, expected, "a place that cannot be changed by itself", Optional.of(resource));
        }
    }

    /** Which document of its file the manifest is, by its name: its line moves with every change. */
    private Optional<Integer> document(Resource resource) throws IOException {
        var file = Path.of(resource.source().file());
        if (!texts.containsKey(file)) {
            var text = Files.readString(file);
            before.put(file, text);
            texts.put(file, new YamlText(text));
        }
        var documents = documents(file);
        for (int i = 0; i < documents.size(); i++) {
            if (documents.get(i).value() instanceof Value.Obj manifest
                    && manifest.get("kind").equals(Value.of(resource.kind()))
                    && manifest.get("metadata") instanceof Value.Obj metadata
                    && metadata.get("name").equals(Value.of(resource.name()))
                    && projectOf(metadata).equals(resource.project())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static String projectOf(Value.Obj metadata) {
        return metadata.get("project") instanceof Value.Text(var project) ? project : "default";
    }

    private List<YamlDocument> documents(Path file) {
        return YamlReader.standard()
                .read(texts.get(file).text().getBytes(StandardCharsets.UTF_8), file.toString())
                .documents();
    }

    private void byHand(EntryKey key, String expected, String found, Optional<Resource> resource) {
        var problem = Problem.of("PAT-BY-HAND", "this is not changed; a person has to")
                .about(key.toString())
                .expected(expected)
                .found(found)
                .todo("correct the manifest, or what its value comes from, and look again");
        byHand.add(Finding.warning(problem)
                .at(
                        resource.map(it -> it.source().file()).orElse(""),
                        resource.map(it -> it.source().line()).orElse(0)));
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Nil _ -> "(not set)";
            case Value.Text(var text) -> text;
            default -> CanonicalJson.text(value);
        };
    }
}
