package dev.migrator.core.bundle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.SchemaKind;
import dev.migrator.core.kinds.SecretPlaces;
import dev.migrator.core.kinds.Shape;
import dev.migrator.core.kinds.ShapeCheck;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.SettingsKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One manifest: shape first, then what its kind says about it. */
final class ManifestReader {
    /** A bundle puts three levels around a manifest and has to stay readable. */
    static final int MAX_DEPTH = 48;

    static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int UID_LENGTH = 20;

    private static final Shape.Fields METADATA = Shape.fields()
            .required("name", Shape.text("[A-Za-z0-9._-]{1,249}", "1 to 249 letters, digits, '.', '_' and '-'"))
            .optional("project", Shape.text("[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, '.', '_' and '-'"))
            .optional("uid", Shape.text("[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, '.', '_' and '-'"))
            .optional(
                    "labels",
                    new Shape.Dictionary(
                            Pattern.compile("[A-Za-z0-9._/-]{1,63}"),
                            "a label of 1 to 63 characters",
                            Shape.anyText(63),
                            64))
            .optional(
                    "dependsOn",
                    new Shape.Items(
                            Shape.text("[A-Za-z]{1,64}/[A-Za-z0-9._-]{1,249}", "Kind/name, e.g. Topic/orders"), 1, 100))
            .optional(
                    "target",
                    Shape.text(
                            "[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?",
                            "the logical name of a target, as in environments.yaml"))
            .optional("protected", new Shape.Flag())
            .optional(SuppressionReader.FIELD, SuppressionReader.SHAPE);

    private final Kinds kinds;

    ManifestReader(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * @param suppressed gets what the manifest does not want to hear of, {@code notes} all the rest
     * @return the resource, empty if {@code notes} has errors
     */
    Optional<Resource> read(Value.Obj manifest, Resource.Source source, Notes notes, Notes suppressed) {
        if (!hasBearableSize(manifest, notes)) {
            return Optional.empty();
        }
        var rules = text(manifest, "kind").flatMap(kinds::find);
        if (rules.isEmpty()) {
            unknownKind(manifest, notes);
            return Optional.empty();
        }
        shape(rules.get(), manifest, notes);
        if (notes.hasErrors()) {
            return Optional.empty();
        }
        var resource = resource(manifest, source, notes);
        secrets(rules.get(), resource, manifest, notes);
        var found = new Notes();
        rules.get().validate(resource.unmanaged() ? resource.asAbsent() : resource, found);
        found.all()
                .forEach(note ->
                        (resource.suppression(note.problem().code()).isPresent() ? suppressed : notes).add(note));
        return notes.hasErrors() ? Optional.empty() : Optional.of(resource);
    }

    /** Whether a document can be looked at without harm. */
    static boolean hasBearableSize(Value.Obj manifest, Notes notes) {
        if (isTooDeep(manifest)) {
            notes.error(
                    "",
                    Problem.of("MAN-TOO-DEEP", "a manifest is nested too deeply")
                            .expected("at most " + MAX_DEPTH + " levels"));
            return false;
        }
        int size = CanonicalJson.text(manifest).getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_BYTES) {
            notes.error(
                    "",
                    Problem.of("MAN-TOO-LARGE", "a manifest is too large")
                            .expected("at most " + MAX_BYTES + " bytes")
                            .found(size + " bytes"));
            return false;
        }
        return true;
    }

    private static void secrets(KindRules rules, Resource resource, Value.Obj manifest, Notes notes) {
        var places = new SecretPlaces(notes);
        places.check(
                resource.absent() || resource.unmanaged() ? rules.specWhenAbsent() : rules.spec(),
                resource.spec(),
                "/spec");
        places.check(METADATA, manifest.get("metadata"), "/metadata");
    }

    private void unknownKind(Value.Obj manifest, Notes notes) {
        var kind = manifest.get("kind");
        var names = new TreeSet<>(kinds.names());
        names.addAll(SettingsKind.names());
        var known = new Shape.Word(names);
        if (kind instanceof Value.Text(var written)) {
            var advice = new Notes();
            new ShapeCheck(advice).check(known, kind, "/kind");
            var problem = advice.all().getFirst().problem();
            notes.error(
                    "/kind",
                    Problem.of("MAN-UNKNOWN-KIND", "the kind of a manifest is not known")
                            .expected(problem.expected())
                            .found(written)
                            .todo(problem.todo()));
        } else if (kind.isNull() && !manifest.fields().containsKey("kind")) {
            notes.error(
                    "",
                    Problem.of("MAN-MISSING-FIELD", "a field is missing")
                            .expected("kind")
                            .found("nothing"));
        } else {
            new ShapeCheck(notes).check(known, kind, "/kind");
        }
    }

    private static void shape(KindRules rules, Value.Obj manifest, Notes notes) {
        boolean contentNeeded = !is(manifest, "absent") && !is(manifest, "unmanaged");
        var spec = contentNeeded ? rules.spec() : rules.specWhenAbsent();
        boolean needed = contentNeeded
                || rules.specWhenAbsent().fields().values().stream().anyMatch(Shape.Field::required);
        var whole = Shape.fields()
                .required("apiVersion", Shape.word(Bundle.API_VERSION))
                .required("kind", Shape.word(rules.kind()))
                .required("metadata", METADATA)
                .optional("state", Shape.word("absent", "unmanaged"));
        whole = needed ? whole.required("spec", spec) : whole.optional("spec", spec);
        new ShapeCheck(notes).check(whole, withoutFile(manifest, notes), "");
    }

    private static boolean is(Value.Obj manifest, String state) {
        return manifest.get("state").equals(Value.of(state));
    }

    /** A schema's content may be named as a file beside the manifest; by now its text has to be here instead. */
    private static Value.Obj withoutFile(Value.Obj manifest, Notes notes) {
        if (!(manifest.get("spec") instanceof Value.Obj spec)
                || !manifest.get("kind").equals(Value.of(SchemaKind.KIND))
                || !spec.fields().containsKey("file")) {
            return manifest;
        }
        notes.error(
                "/spec/file",
                Problem.of("BND-FILE", "a file that a manifest names is not part of the bundle")
                        .expected("its text as spec.content")
                        .found("spec.file")
                        .todo("package the manifests with the migrator command, which puts files in"));
        var inlined = new TreeMap<>(spec.fields());
        inlined.remove("file");
        inlined.putIfAbsent(SchemaKind.CONTENT, Value.of(""));
        var whole = new TreeMap<>(manifest.fields());
        whole.put("spec", Value.object(inlined));
        return Value.object(whole);
    }

    private static Resource resource(Value.Obj manifest, Resource.Source source, Notes notes) {
        var metadata = (Value.Obj) manifest.get("metadata");
        var kind = text(manifest, "kind").orElseThrow();
        var name = text(metadata, "name").orElseThrow();
        var project = text(metadata, "project").orElse("default");
        var labels = new TreeMap<String, String>();
        if (metadata.get("labels") instanceof Value.Obj(var written)) {
            written.forEach((label, value) -> labels.put(label, ((Value.Text) value).value()));
        }
        return new Resource(
                kind,
                text(metadata, "uid").orElseGet(() -> derivedUid(project, kind, name)),
                name,
                project,
                labels,
                is(manifest, "absent"),
                is(manifest, "unmanaged"),
                metadata.get("protected") instanceof Value.Bool(var on) ? Optional.of(on) : Optional.empty(),
                manifest.get("spec") instanceof Value.Obj spec ? spec : Value.object(),
                metadata.get("target") instanceof Value.Text(var target) ? Optional.of(target) : Optional.empty(),
                dependsOn(metadata),
                SuppressionReader.read(metadata, notes),
                source);
    }

    private static List<String> dependsOn(Value.Obj metadata) {
        return metadata.get("dependsOn") instanceof Value.Arr(var titles)
                ? titles.stream().map(title -> ((Value.Text) title).value()).toList()
                : List.of();
    }

    /** 80 bits of a SHA-256: no two of a hundred thousand resources meet by chance. */
    static String derivedUid(String project, String kind, String name) {
        return Digest.of(Value.object("project", Value.of(project), "kind", Value.of(kind), "name", Value.of(name)))
                .hex()
                .substring(0, UID_LENGTH);
    }

    static boolean isTooDeep(Value value) {
        return isTooDeep(value, 0);
    }

    private static boolean isTooDeep(Value value, int depth) {
        if (depth > MAX_DEPTH) {
            return true;
        }
        return switch (value) {
            case Value.Arr(var items) -> items.stream().anyMatch(item -> isTooDeep(item, depth + 1));
            case Value.Obj(var fields) -> fields.values().stream().anyMatch(field -> isTooDeep(field, depth + 1));
            default -> false;
        };
    }

    static Optional<String> text(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }
}
