package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code Schema}: one version of an artifact in a schema registry, and the artifact with its rules. */
public final class SchemaKind implements KindRules {
    public static final String KIND = "Schema";
    public static final String ARTIFACT = "artifact";
    public static final String VERSION = "artifact-version";
    public static final String TYPE = "type";
    public static final String RULE = RegistryFields.RULE;
    public static final String CONTENT = "content";
    public static final String REFERENCES = SchemaRegistryRules.REFERENCES;
    public static final String STATE = "state";

    static final String OF_ARTIFACT = "artifact";

    static final String TARGET_TYPE = "apicurio-registry";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ARTIFACT, VERSION);
    }

    @Override
    public Shape.Fields spec() {
        return SchemaSpec.SHAPE;
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return SchemaSpec.SHAPE_WHEN_ABSENT;
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        if (resource.absent()) {
            return;
        }
        var spec = new SchemaSpec(resource);
        if (spec.isJson()) {
            SchemaRegistryRules.requireJson(CONTENT, spec.type(), spec::content, notes);
        } else if (!spec.mayBeObject()) {
            SchemaRegistryRules.requireText(CONTENT, spec.type(), resource, notes);
        }
        SchemaRegistryRules.requireEachOnce(
                spec.references().stream().map(SchemaSpec.Reference::name).toList(), notes);
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var spec = new SchemaSpec(resource);
        var artifact = new TreeMap<String, Value>();
        var version = new TreeMap<String, Value>();
        if (!resource.absent()) {
            artifact.put(TYPE, Value.of(spec.type()));
            RegistryFields.readRules(resource.spec(), artifact);
            RegistryFields.read(Specs.object(resource.spec(), OF_ARTIFACT), artifact);
            RegistryFields.read(resource.spec(), version);
            Specs.text(resource.spec(), STATE).ifPresent(state -> version.put(STATE, Value.of(state)));
            version.put(CONTENT, Value.of(spec.content()));
            // the artifacts behind the logical names are filled in with the dependencies
            version.put(REFERENCES, Value.array(List.of()));
        }
        return List.of(
                DesiredEntry.of(
                        new EntryKey(target, ARTIFACT, spec.artifact().address()),
                        resource.uid(),
                        resource,
                        Content.of(artifact)),
                DesiredEntry.of(
                        new EntryKey(target, VERSION, spec.named().address()),
                        resource.uid(),
                        resource,
                        Content.of(version)));
    }

    @Override
    public Content resolve(DesiredEntry entry, Neighbours around) {
        if (!entry.key().kind().equals(VERSION) || entry.absent()) {
            return entry.content();
        }
        var references = new ArrayList<Value>();
        for (var reference : new SchemaSpec(entry.resource()).references()) {
            around.find(KIND, reference.schema(), entry.resource().project()).ifPresent(schema -> {
                var artifact = new SchemaSpec(schema).artifact();
                references.add(Value.object(
                        "name", Value.of(reference.name()),
                        "group", Value.of(artifact.group()),
                        "artifactId", Value.of(artifact.artifactId()),
                        "version", Value.of(reference.version())));
            });
        }
        return SchemaRegistryRules.withReferences(entry.content(), references);
    }

    /** What a version holds is published once and never changed; what is said about it may. */
    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        if (entryKind.equals(ARTIFACT)) {
            return RegistryFields.placeOfRule(field).or(() -> RegistryFields.placeOf(field, "/spec/" + OF_ARTIFACT));
        }
        return field.equals(STATE) ? Optional.of("/spec/" + STATE) : RegistryFields.placeOf(field, "/spec");
    }

    /** A version belongs to whom its artifact does. */
    @Override
    public String ownedName(EntryKey key) {
        return ArtifactName.parse(key.address()).withoutVersion().address();
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS);
    }

    /** {@code group/artifactId}; references follow, as they name the schema and not the artifact. */
    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        return List.of(new Mappable(
                Mappable.ADDRESS,
                KIND,
                "/spec/artifactId",
                new SchemaSpec(resource).artifact().address(),
                SchemaKind::renamed));
    }

    private static Value.Obj renamed(Value.Obj spec, String to) {
        try {
            var artifact = ArtifactName.parse(to);
            var grouped = Mappable.with(spec, "group", Value.of(artifact.group()));
            // what is no name of an artifact is blank, and refused as such
            var id = artifact.version().isPresent() ? "" : artifact.artifactId();
            return Mappable.with(grouped, "artifactId", Value.of(id));
        } catch (ProblemException _) {
            return Mappable.with(spec, "artifactId", Value.of(""));
        }
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        var target = entry.key().target();
        var spec = new SchemaSpec(entry.resource());
        if (!entry.key().kind().equals(VERSION)) {
            return group(entry, spec, around, notes);
        }
        var needed = new TreeSet<EntryKey>();
        needed.add(new EntryKey(target, ARTIFACT, spec.artifact().address()));
        earlierVersion(entry, spec, around).ifPresent(needed::add);
        if (entry.absent()) {
            return needed;
        }
        var references = spec.references();
        for (int i = 0; i < references.size(); i++) {
            reference(entry, references.get(i), SchemaRegistryRules.placeOfReference(i), around, notes)
                    .ifPresent(needed::add);
        }
        return needed;
    }

    /** The group, where the bundle speaks of it; else the registry makes it along with its first artifact. */
    private static SortedSet<EntryKey> group(DesiredEntry artifact, SchemaSpec spec, Neighbours around, Notes notes) {
        var group = around.entry(
                SchemaGroupKind.key(artifact.key().target(), spec.artifact().group()));
        if (group.isEmpty()) {
            return Collections.emptySortedSet();
        }
        if (group.get().absent() && !artifact.absent()) {
            notes.error(
                    "/spec/group",
                    Problem.of("BND-ABSENT-REFERENCE", "a schema stands in a group that the bundle asks to be gone")
                            .expected("a group that stays")
                            .found(group.get().resource().title() + " with state: absent"));
        }
        return new TreeSet<>(Set.of(group.get().key()));
    }

    /** A registry checks a version against those before it, so they are created in their order. */
    private static Optional<EntryKey> earlierVersion(DesiredEntry entry, SchemaSpec spec, Neighbours around) {
        var version = spec.named().version().orElseThrow();
        return around
                .startingWith(entry.key().target(), VERSION, spec.artifact().address() + "@")
                .stream()
                .filter(other -> other.absent() == entry.absent())
                .map(DesiredEntry::key)
                .filter(key -> VersionOrder.INSTANCE.compare(versionOf(key), version) < 0)
                .max((a, b) -> VersionOrder.INSTANCE.compare(versionOf(a), versionOf(b)));
    }

    private static String versionOf(EntryKey key) {
        return ArtifactName.parse(key.address()).version().orElse("");
    }

    private static Optional<EntryKey> reference(
            DesiredEntry entry, SchemaSpec.Reference reference, String place, Neighbours around, Notes notes) {
        return SchemaRegistryRules.referred(KIND, reference.schema(), entry, place, around, notes)
                .map(schema -> {
                    var artifact = new SchemaSpec(schema).artifact();
                    var key = new EntryKey(
                            entry.key().target(),
                            VERSION,
                            ArtifactName.version(artifact.group(), artifact.artifactId(), reference.version())
                                    .address());
                    SchemaRegistryRules.requireStaying(key, schema, reference.version(), place, around, notes);
                    return key;
                });
    }

    /** The next version of an artifact; the versions before it stay as they are. */
    @Override
    public boolean succeeds(EntryKey earlier, EntryKey now) {
        return earlier.kind().equals(VERSION)
                && now.kind().equals(VERSION)
                && ArtifactName.parse(earlier.address())
                        .withoutVersion()
                        .equals(ArtifactName.parse(now.address()).withoutVersion());
    }

    /** Its artifact, and the versions that it refers to: without them no registry takes it. */
    @Override
    public SortedSet<EntryKey> foundations(EntryKey key, Content content) {
        if (!key.kind().equals(VERSION)) {
            return Collections.emptySortedSet(); // a group is made along with its first artifact
        }
        var needed = new TreeSet<EntryKey>();
        var artifact = ArtifactName.parse(key.address()).withoutVersion();
        needed.add(new EntryKey(key.target(), ARTIFACT, artifact.address()));
        Specs.items(new Value.Obj(content.fields()), REFERENCES).stream()
                .map(Value.Obj.class::cast)
                .flatMap(reference -> referred(reference).stream())
                .forEach(name -> needed.add(new EntryKey(key.target(), VERSION, name.address())));
        return needed;
    }

    /** Empty where a registry holds a reference that names no version. */
    private static Optional<ArtifactName> referred(Value.Obj reference) {
        var group = Specs.text(reference, "group").orElse("default");
        return Specs.text(reference, "artifactId")
                .flatMap(id ->
                        Specs.text(reference, "version").map(version -> ArtifactName.version(group, id, version)));
    }

    @Override
    public SortedSet<EntryKey> dependenciesAmong(NavigableSet<EntryKey> going, EntryKey key, Content actual) {
        var needed = new TreeSet<EntryKey>();
        var artifact = ArtifactName.parse(key.address()).withoutVersion();
        if (!key.kind().equals(VERSION)) {
            needed.add(SchemaGroupKind.key(key.target(), artifact.group()));
            needed.retainAll(going);
            return needed;
        }
        needed.addAll(foundations(key, actual));
        earlierVersion(going, key).ifPresent(needed::add);
        needed.retainAll(going);
        return needed;
    }

    private static Optional<EntryKey> earlierVersion(NavigableSet<EntryKey> going, EntryKey key) {
        var artifact = ArtifactName.parse(key.address()).withoutVersion().address();
        var from = new EntryKey(key.target(), VERSION, artifact + "@");
        var to = new EntryKey(key.target(), VERSION, artifact + "@" + Character.MAX_VALUE);
        return going.subSet(from, true, to, true).stream()
                .filter(other -> VersionOrder.INSTANCE.compare(versionOf(other), versionOf(key)) < 0)
                .max((a, b) -> VersionOrder.INSTANCE.compare(versionOf(a), versionOf(b)));
    }

    @Override
    public Content asFound(Content desired, EntryState found) {
        return SchemaRegistryRules.inOrderOf(
                switch (found) {
                    case EntryState.Absent _ -> Content.EMPTY;
                    case EntryState.Present(var content, var _) -> content;
                    case EntryState.Retired(var content, var _) -> content;
                },
                desired);
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        if (desired.absent()) {
            return List.of();
        }
        return switch (found) {
            case EntryState.Absent _ -> List.of();
            case EntryState.Present(var content, var _) -> obstacles(desired, content);
            case EntryState.Retired(var content, var _) -> obstacles(desired, content);
        };
    }

    private static List<Problem> obstacles(DesiredEntry desired, Content actual) {
        if (desired.key().kind().equals(ARTIFACT)) {
            return !desired.content().fields().containsKey(TYPE)
                            || desired.content().get(TYPE).equals(actual.get(TYPE))
                    ? List.of()
                    : List.of(Problem.of("PLN-ARTIFACT-TYPE", "the type of an artifact is not changed")
                            .about(desired.key() + ", type")
                            .expected(Specs.shown(desired.content().get(TYPE)))
                            .found(Specs.shown(actual.get(TYPE)))
                            .todo("use another artifactId"));
        }
        return SchemaRegistryRules.changesOfPublished(desired, actual, CONTENT, REFERENCES);
    }

    @Override
    public boolean isPurgeable(String entryKind) {
        return true;
    }

    @Override
    public Set<String> mayHold(String entryKind) {
        return Set.of(VERSION);
    }

    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create create -> Undoing.ofCreate(create, found, capabilities, (_, _, _) -> false);
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Undoing.ofRetire(capabilities);
        };
    }
}
