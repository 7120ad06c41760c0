package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code Subject}: one version of a subject in a registry that speaks the Confluent API, and the subject's own level of
 * compatibility.
 */
public final class SubjectKind implements KindRules {
    public static final String KIND = "Subject";
    /** The subject's own level of compatibility; there only where it has one. */
    public static final String SUBJECT = "subject";

    public static final String VERSION = "subject-version";
    public static final String COMPATIBILITY = "compatibility";
    public static final String TYPE = "schemaType";
    public static final String SCHEMA = "schema";
    public static final String REFERENCES = SchemaRegistryRules.REFERENCES;

    static final String TARGET_TYPE = "confluent-registry";

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
        return List.of(SUBJECT, VERSION);
    }

    @Override
    public Shape.Fields spec() {
        return SubjectSpec.SHAPE;
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return SubjectSpec.SHAPE_WHEN_ABSENT;
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        if (resource.absent()) {
            return;
        }
        var spec = new SubjectSpec(resource);
        if (spec.isJson()) {
            SchemaRegistryRules.requireJson(SCHEMA, spec.type(), spec::schema, notes);
        } else {
            SchemaRegistryRules.requireText(SCHEMA, spec.type(), resource, notes);
        }
        SchemaRegistryRules.requireEachOnce(
                spec.references().stream().map(SubjectSpec.Reference::name).toList(), notes);
    }

    private static EntryKey key(String target, SubjectName name) {
        return new EntryKey(target, name.version().isPresent() ? VERSION : SUBJECT, name.address());
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var spec = new SubjectSpec(resource);
        var entries = new ArrayList<DesiredEntry>();
        spec.compatibility()
                .ifPresent(level -> entries.add(DesiredEntry.of(
                        key(target, SubjectName.subject(spec.subject())),
                        resource.uid(),
                        resource,
                        resource.absent() ? Content.EMPTY : Content.of(COMPATIBILITY, Value.of(level)))));
        var fields = new TreeMap<String, Value>();
        if (!resource.absent()) {
            fields.put(TYPE, Value.of(spec.type()));
            fields.put(SCHEMA, Value.of(spec.schema()));
            // the subjects behind the logical names are filled in with the dependencies
            fields.put(REFERENCES, Value.array(List.of()));
        }
        entries.add(DesiredEntry.of(
                key(target, SubjectName.version(spec.subject(), spec.version())),
                resource.uid(),
                resource,
                Content.of(fields)));
        return entries;
    }

    @Override
    public Content resolve(DesiredEntry entry, Neighbours around) {
        if (!entry.key().kind().equals(VERSION) || entry.absent()) {
            return entry.content();
        }
        var references = new ArrayList<Value>();
        for (var reference : new SubjectSpec(entry.resource()).references()) {
            around.find(KIND, reference.subject(), entry.resource().project())
                    .ifPresent(to -> references.add(Value.object(
                            "name", Value.of(reference.name()),
                            "subject", Value.of(new SubjectSpec(to).subject()),
                            "version", Value.of(reference.version()))));
        }
        return SchemaRegistryRules.withReferences(entry.content(), references);
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return entryKind.equals(SUBJECT) ? Optional.of("/spec/" + COMPATIBILITY) : Optional.empty();
    }

    /** A version belongs to whom its subject does. */
    @Override
    public String ownedName(EntryKey key) {
        return SubjectName.parse(key.address()).subject();
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        return List.of(Mappable.text(Mappable.ADDRESS, KIND, "subject", new SubjectSpec(resource).subject()));
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        if (!entry.key().kind().equals(VERSION)) {
            return Collections.emptySortedSet();
        }
        var target = entry.key().target();
        var spec = new SubjectSpec(entry.resource());
        var needed = new TreeSet<EntryKey>();
        // what it has to be compatible with is said first
        var level = key(target, SubjectName.subject(spec.subject()));
        around.entry(level).ifPresent(_ -> needed.add(level));
        var versions =
                around
                        .startingWith(
                                target,
                                VERSION,
                                SubjectName.subject(spec.subject()).address() + "@")
                        .stream()
                        .filter(other -> other.absent() == entry.absent())
                        .map(DesiredEntry::key)
                        .toList();
        earlier(versions, spec.version()).ifPresent(needed::add);
        if (entry.absent()) {
            return needed;
        }
        for (int i = 0; i < spec.references().size(); i++) {
            reference(entry, spec.references().get(i), SchemaRegistryRules.placeOfReference(i), around, notes)
                    .ifPresent(needed::add);
        }
        return needed;
    }

    /** A registry numbers versions as they come, so they are created in their order. */
    private static Optional<EntryKey> earlier(Collection<EntryKey> versions, int version) {
        return versions.stream()
                .filter(key -> versionOf(key) < version)
                .max(Comparator.comparingInt(SubjectKind::versionOf));
    }

    private static int versionOf(EntryKey key) {
        return SubjectName.parse(key.address()).version().orElse(0);
    }

    private static Optional<EntryKey> reference(
            DesiredEntry entry, SubjectSpec.Reference reference, String place, Neighbours around, Notes notes) {
        return SchemaRegistryRules.referred(KIND, reference.subject(), entry, place, around, notes)
                .map(to -> {
                    var key = key(
                            entry.key().target(),
                            SubjectName.version(new SubjectSpec(to).subject(), reference.version()));
                    SchemaRegistryRules.requireStaying(
                            key, to, String.valueOf(reference.version()), place, around, notes);
                    return key;
                });
    }

    /** The next version of a subject; the versions before it stay as they are. */
    @Override
    public boolean succeeds(EntryKey earlier, EntryKey now) {
        return earlier.kind().equals(VERSION)
                && now.kind().equals(VERSION)
                && SubjectName.parse(earlier.address())
                        .subject()
                        .equals(SubjectName.parse(now.address()).subject());
    }

    /**
     * What it has to be compatible with, the version before it, as a registry gives numbers one after the other, and the
     * versions that it refers to.
     */
    @Override
    public SortedSet<EntryKey> foundations(EntryKey key, Content content) {
        if (!key.kind().equals(VERSION)) {
            return Collections.emptySortedSet();
        }
        var name = SubjectName.parse(key.address());
        var needed = referred(key.target(), content);
        needed.add(key(key.target(), SubjectName.subject(name.subject())));
        name.version()
                .filter(version -> version > 1)
                .ifPresent(version -> needed.add(key(key.target(), SubjectName.version(name.subject(), version - 1))));
        return needed;
    }

    private static TreeSet<EntryKey> referred(String target, Content content) {
        var referred = new TreeSet<EntryKey>();
        Specs.items(new Value.Obj(content.fields()), REFERENCES).stream()
                .map(Value.Obj.class::cast)
                .flatMap(reference -> referred(reference).stream())
                .forEach(to -> referred.add(key(target, to)));
        return referred;
    }

    /** Empty where a registry holds a reference that names no version. */
    private static Optional<SubjectName> referred(Value.Obj reference) {
        return reference.get("version") instanceof Value.Num(var number) && number.signum() > 0
                ? Specs.text(reference, "subject").map(subject -> SubjectName.version(subject, number.intValue()))
                : Optional.empty();
    }

    @Override
    public SortedSet<EntryKey> dependenciesAmong(NavigableSet<EntryKey> going, EntryKey key, Content actual) {
        if (!key.kind().equals(VERSION)) {
            return Collections.emptySortedSet();
        }
        var name = SubjectName.parse(key.address());
        var needed = referred(key.target(), actual);
        needed.add(key(key.target(), SubjectName.subject(name.subject())));
        var prefix = SubjectName.subject(name.subject()).address() + "@";
        var versions = going.subSet(
                new EntryKey(key.target(), VERSION, prefix),
                true,
                new EntryKey(key.target(), VERSION, prefix + Character.MAX_VALUE),
                true);
        earlier(versions, name.version().orElse(0)).ifPresent(needed::add);
        needed.retainAll(going);
        return needed;
    }

    @Override
    public Content asFound(Content desired, EntryState found) {
        return SchemaRegistryRules.inOrderOf(found.contentIfPresent().orElse(Content.EMPTY), desired);
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        if (desired.absent() || !desired.key().kind().equals(VERSION)) {
            return List.of();
        }
        return switch (found) {
            case EntryState.Absent _ -> List.of();
            case EntryState.Retired _ ->
                List.of(Problem.of("PLN-VERSION-DELETED", "a deleted version does not come back under its number")
                        .about(desired.key().toString())
                        .expected("a number that was never given")
                        .found("a version that was deleted and is kept")
                        .todo("give the schema a new version"));
            case EntryState.Present(var content, var _) ->
                SchemaRegistryRules.changesOfPublished(desired, content, TYPE, SCHEMA, REFERENCES);
        };
    }

    /** A version comes back under a new number only, so that taking one out of use cannot be undone. */
    @Override
    public boolean isPurgeable(String entryKind) {
        return entryKind.equals(VERSION);
    }

    @Override
    public Set<String> mayHold(String entryKind) {
        return Set.of(VERSION);
    }

    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        if (operation.key().kind().equals(SUBJECT)) {
            return Assessment.of(
                    operation instanceof Operation.Delete ? Risk.DESTRUCTIVE : Risk.MUTATING, UndoClass.EXACT);
        }
        return switch (operation) {
            case Operation.Create create -> Undoing.ofCreate(create, found, capabilities, (_, _, _) -> false);
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Assessment.of(Risk.ONE_WAY, UndoClass.NONE);
        };
    }
}
