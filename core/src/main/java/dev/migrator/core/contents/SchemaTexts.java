package dev.migrator.core.contents;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.SchemaKind;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The texts of the schemas in a bundle, with what each refers to. */
final class SchemaTexts {
    /**
     * References of one schema, with theirs; one that goes past it is not judged. Parsers look at all that they know again
     * for each text: 900 in a chain take more than half a minute.
     */
    static final int MAX_REFERENCES = 100;

    private record Reference(String name, EntryKey key) {}

    private final Desired desired;

    SchemaTexts(Desired desired) {
        this.desired = desired;
    }

    /** Empty when something that it refers to is not in the bundle, or refers back to it. */
    Optional<SchemaText> of(EntryKey version) {
        var found = new LinkedHashMap<EntryKey, SchemaText.Named>();
        return collect(version, found, new TreeSet<>(Set.of(version)))
                ? content(version).map(text -> new SchemaText(text, List.copyOf(found.values())))
                : Optional.empty();
    }

    /** Depth first, so that what is referred to comes before what refers to it. */
    private boolean collect(EntryKey from, Map<EntryKey, SchemaText.Named> found, Set<EntryKey> path) {
        if (!allResolved(from)) {
            return false;
        }
        for (var reference : references(from)) {
            if (found.containsKey(reference.key())) {
                continue;
            }
            var text = content(reference.key());
            if (text.isEmpty() || found.size() >= MAX_REFERENCES || path.size() > MAX_REFERENCES) {
                return false;
            }
            if (!path.add(reference.key()) || !collect(reference.key(), found, path)) {
                return false;
            }
            path.remove(reference.key());
            found.put(reference.key(), new SchemaText.Named(reference.name(), text.get()));
        }
        return true;
    }

    /** A reference by a name that no schema of the bundle has is left out of the entry. */
    private boolean allResolved(EntryKey version) {
        var entry = desired.entries().get(version);
        return entry == null
                || !(entry.resource().spec().get(SchemaKind.REFERENCES) instanceof Value.Arr(var written))
                || written.size() == references(version).size();
    }

    private Optional<String> content(EntryKey version) {
        return Optional.ofNullable(desired.entries().get(version))
                .filter(entry -> !entry.absent())
                .flatMap(entry -> entry.content().get(SchemaKind.CONTENT) instanceof Value.Text(var text)
                        ? Optional.of(text)
                        : Optional.empty());
    }

    private List<Reference> references(EntryKey version) {
        var entry = desired.entries().get(version);
        var references = new ArrayList<Reference>();
        if (entry != null && entry.content().get(SchemaKind.REFERENCES) instanceof Value.Arr(var items)) {
            for (var item : items) {
                var reference = (Value.Obj) item;
                references.add(new Reference(
                        text(reference, "name"),
                        new EntryKey(
                                version.target(),
                                SchemaKind.VERSION,
                                ArtifactName.version(
                                                text(reference, "group"),
                                                text(reference, "artifactId"),
                                                text(reference, "version"))
                                        .address())));
            }
        }
        return references;
    }

    private static String text(Value.Obj object, String name) {
        return ((Value.Text) object.get(name)).value();
    }
}
