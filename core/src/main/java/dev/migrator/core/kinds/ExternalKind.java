package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Placeholders;
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

/**
 * {@code External}: an entry of an in-house system that serves the HTTP protocol for targets. What its fields mean is
 * known to that system alone, so they are compared as values and sent as they are written.
 */
public final class ExternalKind implements KindRules {
    public static final String KIND = "External";
    public static final String ENTRY = "external";
    public static final String TYPE = "type";
    public static final String FIELDS = "fields";

    static final String TARGET_TYPE = "http";
    private static final String ADDRESS = "address";
    private static final int MAX_FIELDS = 200;
    private static final int LONGEST_FIELD = 200;

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
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return Shape.fields()
                .required(
                        TYPE,
                        Shape.text(
                                "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                                "1 to 63 lower-case letters, digits and hyphens, as the system names its kinds"))
                .optional(ADDRESS, Shape.anyText(1_024))
                .takingSecrets(FIELDS, new Shape.AnyFields(), true);
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return spec().allOptional().required(TYPE, spec().fields().get(TYPE).shape());
    }

    private static String address(Resource resource) {
        return Specs.text(resource.spec(), ADDRESS).orElse(resource.name());
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        if (resource.spec().get(FIELDS) instanceof Value.Text) {
            notes.error("/spec/fields", misplaced("the whole of spec.fields"));
            return;
        }
        var fields = Specs.object(resource.spec(), FIELDS).fields();
        if (fields.size() > MAX_FIELDS) {
            notes.error(
                    "/spec/fields",
                    Problem.of("EXT-FIELDS", "an entry has too many fields")
                            .expected("at most " + MAX_FIELDS)
                            .found(String.valueOf(fields.size()))
                            .todo("put what belongs together into one field"));
            return;
        }
        fields.keySet().stream()
                .filter(ExternalKind::isNotAllowed)
                .forEach(name -> notes.error(
                        Notes.under("/spec/fields", name),
                        Problem.of("EXT-FIELD-NAME", "a field cannot have this name")
                                .expected("1 to " + LONGEST_FIELD + " characters without control characters, not "
                                        + "beginning with " + Content.SECRET)
                                .found(name)));
        fields.forEach((name, value) -> {
            if (!isSecret(value) && hasSecret(value)) {
                notes.error(Notes.under("/spec/fields", name), misplaced("a part of a value"));
            }
        });
    }

    private static Problem misplaced(String found) {
        return Problem.of("EXT-SECRET", "a secret stands where none can stand")
                .expected("a secret reference as the whole value of a field")
                .found("one as " + found)
                .todo("give the secret a field of its own, next to the others");
    }

    private static boolean isSecret(Value value) {
        return value instanceof Value.Text(var text) && Placeholders.isSecret(text);
    }

    private static boolean hasSecret(Value value) {
        return switch (value) {
            case Value.Text(var text) -> Placeholders.secretsIn(text) > 0;
            case Value.Arr(var items) -> items.stream().anyMatch(ExternalKind::hasSecret);
            case Value.Obj(var fields) -> fields.values().stream().anyMatch(ExternalKind::hasSecret);
            default -> false;
        };
    }

    private static boolean isNotAllowed(String name) {
        return name.isBlank()
                || name.length() > LONGEST_FIELD
                || Content.isSecret(name)
                || name.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var type = Specs.text(resource.spec(), TYPE).orElse("");
        var key = new EntryKey(target, ENTRY, new ExternalAddress(type, address(resource)).text());
        var fields = new TreeMap<String, Value>();
        Specs.object(resource.spec(), FIELDS).fields().forEach((name, value) -> {
            if (isSecret(value)) {
                fields.put(Content.SECRET + name, value);
            } else if (!resource.absent()) {
                fields.put(name, value);
            }
        });
        return List.of(DesiredEntry.of(key, resource.uid(), resource, Content.of(fields)));
    }

    /** The address without the type: the one that mapping rules see. */
    @Override
    public String ownedName(EntryKey key) {
        return ExternalAddress.parse(key.address()).address();
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        return List.of(Mappable.text(Mappable.ADDRESS, KIND, ADDRESS, address(resource)));
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return Optional.of(Notes.under(
                "/spec/fields", Content.isSecret(field) ? field.substring(Content.SECRET.length()) : field));
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    @Override
    public boolean isPurgeable(String entryKind) {
        return true;
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
