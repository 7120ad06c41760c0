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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code SchemaGroup}: a group of artifacts in a schema registry, with the rules that hold for all of them. */
public final class SchemaGroupKind implements KindRules {
    public static final String KIND = "SchemaGroup";
    public static final String ENTRY = "artifact-group";

    private static final PercentCode CODE = new PercentCode("/@");
    private static final String DEFAULT = "default";
    private static final Shape.Fields SHAPE = Shape.fields()
            .optional("group", Shape.anyText(512))
            .optional(RegistryFields.DESCRIPTION, RegistryFields.description())
            .optional("labels", RegistryFields.labels())
            .optional("rules", RegistryFields.rules());

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return SchemaKind.TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return SHAPE;
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return SHAPE;
    }

    /** Address of a group's entry. */
    public static String address(String group) {
        return CODE.encode(group);
    }

    /** @throws ProblemException with code {@code SCH-ADDRESS} if the text is not what {@link #address} gives */
    public static String group(String address) {
        try {
            return CODE.decode(address);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of("SCH-ADDRESS", "the text is not the address of a group")
                    .about(address)
                    .expected("the id of a group, with %, / and @ encoded")
                    .found(e.getMessage()));
        }
    }

    static EntryKey key(String target, String group) {
        return new EntryKey(target, ENTRY, address(group));
    }

    private static String groupOf(Resource resource) {
        return Specs.text(resource.spec(), "group").orElse(resource.name());
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        if (groupOf(resource).equals(DEFAULT)) {
            notes.error(
                    "/spec/group",
                    Problem.of("SCH-DEFAULT-GROUP", "the default group of a registry cannot be managed")
                            .expected("another group: the registry keeps nothing about this one")
                            .found(DEFAULT)
                            .todo("for rules that hold for every artifact write a RegistryRules manifest"));
        }
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var fields = new TreeMap<String, Value>();
        if (!resource.absent()) {
            RegistryFields.read(resource.spec(), fields);
            RegistryFields.readRules(resource.spec(), fields);
        }
        return List.of(DesiredEntry.of(key(target, groupOf(resource)), resource.uid(), resource, Content.of(fields)));
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return RegistryFields.placeOfRule(field).or(() -> RegistryFields.placeOf(field, "/spec"));
    }

    @Override
    public String ownedName(EntryKey key) {
        return group(key.address());
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        return List.of(Mappable.text(Mappable.ADDRESS, KIND, "group", groupOf(resource)));
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    /** No server deletes a group only while it is empty, so a group is never deleted, whatever the target can do. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create create -> {
                var retiring = new TreeSet<>(capabilities);
                retiring.remove(CAN_DELETE);
                yield Undoing.ofCreate(create, found, retiring, (_, _, _) -> false);
            }
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Undoing.ofRetire(capabilities);
        };
    }
}
