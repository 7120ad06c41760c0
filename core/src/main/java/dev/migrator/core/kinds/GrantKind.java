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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code Grant}: one role's privileges on one object of a database; each privilege is an entry of its own. */
public final class GrantKind implements KindRules {
    public static final String KIND = "Grant";
    public static final String ENTRY = "grant";
    /** Whether the grantee may give the privilege to others. */
    public static final String GRANTABLE = "grantable";

    private static final int MAX_NAME = 63;
    private static final int MAX_FUNCTION = 1_000;

    /** Privileges by type of object (PostgreSQL, "Privileges"). */
    private static final Map<String, Set<String>> PRIVILEGES = Map.of(
            "table", Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"),
            "sequence", Set.of("USAGE", "SELECT", "UPDATE"),
            "schema", Set.of("CREATE", "USAGE"),
            "database", Set.of("CREATE", "CONNECT", "TEMPORARY"),
            "function", Set.of("EXECUTE"));

    private static final Set<String> WITHOUT_SCHEMA = Set.of("schema", "database");

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return RoleKind.TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    /** Privileges that objects of a type have, none for a type that there is not. */
    public static Set<String> privileges(String type) {
        return PRIVILEGES.getOrDefault(type, Set.of());
    }

    private static String[] words() {
        return PRIVILEGES.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    @Override
    public Shape.Fields spec() {
        return Shape.fields()
                .required("grantee", Shape.anyText(MAX_NAME))
                .required("privileges", new Shape.Items(Shape.word(words()), 1, words().length))
                .optional(GRANTABLE, new Shape.Flag())
                .required(
                        "object",
                        Shape.fields()
                                .required("type", Shape.word(PRIVILEGES.keySet().toArray(String[]::new)))
                                .optional("schema", Shape.anyText(MAX_NAME))
                                .required("name", Shape.anyText(MAX_FUNCTION)));
    }

    /** A grant is its tuple: to be gone, it has to be named in full. */
    @Override
    public Shape.Fields specWhenAbsent() {
        return spec();
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var tuples = tuples(resource);
        for (int i = 0; i < tuples.size(); i++) {
            var place = Notes.under("/spec/privileges", String.valueOf(i));
            var tuple = tuples.get(i);
            if (tuples.subList(0, i).contains(tuple)) {
                notes.error(
                        place,
                        Problem.of("GRA-REPEATED", "a privilege is named twice")
                                .expected("each privilege once")
                                .found(tuple.privilege()));
            }
            if (!PRIVILEGES.get(tuple.type()).contains(tuple.privilege())) {
                notes.error(
                        place,
                        Problem.of("GRA-PRIVILEGE", "objects of this type have no such privilege")
                                .expected("one of " + String.join(", ", new TreeSet<>(PRIVILEGES.get(tuple.type()))))
                                .found(tuple.privilege() + " on a " + tuple.type()));
            }
        }
        var first = tuples.getFirst();
        if (!first.grantee().equals(RoleKind.PUBLIC)) {
            RoleKind.illegal(first.grantee()).ifPresent(problem -> notes.error("/spec/grantee", problem));
        } else if (resource.spec().get(GRANTABLE).equals(new Value.Bool(true))) {
            notes.error(
                    "/spec/" + GRANTABLE,
                    Problem.of("GRA-OBJECT", "no such privilege can be granted")
                            .expected("false for " + RoleKind.PUBLIC)
                            .found("true"));
        }
        object(resource, first, notes);
    }

    private static void object(Resource resource, GrantTuple tuple, Notes notes) {
        var on = Specs.object(resource.spec(), "object");
        if (WITHOUT_SCHEMA.contains(tuple.type()) && on.fields().containsKey("schema")) {
            notes.error(
                    "/spec/object/schema",
                    Problem.of("GRA-OBJECT", "no such privilege can be granted")
                            .expected("no schema for a " + tuple.type())
                            .found(tuple.schema()));
        }
        if (tuple.schema().startsWith("pg_") || tuple.schema().equals("information_schema")) {
            notes.error(
                    "/spec/object/schema",
                    Problem.of("GRA-OBJECT", "no such privilege can be granted")
                            .expected("an object that does not belong to the database system itself")
                            .found(tuple.schema()));
        }
        if (tuple.type().equals("function") && !tuple.object().matches("(?s).+\\(.*\\)")) {
            notes.error(
                    "/spec/object/name",
                    Problem.of("GRA-OBJECT", "no such privilege can be granted")
                            .expected("a function with the types of its arguments: area(integer,text), now()")
                            .found(tuple.object()));
        }
    }

    static List<GrantTuple> tuples(Resource resource) {
        var spec = resource.spec();
        var on = Specs.object(spec, "object");
        var type = Specs.text(on, "type").orElseThrow();
        var schema =
                WITHOUT_SCHEMA.contains(type) ? "" : Specs.text(on, "schema").orElse(TableName.DEFAULT_SCHEMA);
        var tuples = new ArrayList<GrantTuple>();
        for (var privilege : Specs.items(spec, "privileges")) {
            tuples.add(new GrantTuple(
                    Specs.text(spec, "grantee").orElseThrow(),
                    ((Value.Text) privilege).value(),
                    type,
                    schema,
                    Specs.text(on, "name").orElseThrow()));
        }
        return tuples;
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var grantable = resource.spec().fields().containsKey(GRANTABLE)
                ? resource.spec().get(GRANTABLE)
                : new Value.Bool(false);
        var content = resource.absent() ? Content.EMPTY : Content.of(GRANTABLE, grantable);
        return tuples(resource).stream()
                .map(GrantTuple::address)
                .map(address -> DesiredEntry.of(new EntryKey(target, ENTRY, address), address, resource, content))
                .toList();
    }

    /** Rights belong to whom they are given to. */
    @Override
    public String ownedName(EntryKey key) {
        return GrantTuple.parse(key.address()).grantee();
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return Optional.of(Notes.under("/spec", field));
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        var tuple = tuples(resource).getFirst();
        return tuple.grantee().equals(RoleKind.PUBLIC)
                ? List.of()
                : List.of(Mappable.text(Mappable.ADDRESS, RoleKind.KIND, "grantee", tuple.grantee()));
    }

    /** The role, where the bundle has it. */
    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        var role = role(entry.key());
        return around.entry(role)
                        .filter(found -> found.absent() == entry.absent())
                        .isPresent()
                ? new TreeSet<>(Set.of(role))
                : Collections.emptySortedSet();
    }

    @Override
    public SortedSet<EntryKey> dependenciesAmong(NavigableSet<EntryKey> going, EntryKey key, Content actual) {
        var role = role(key);
        return going.contains(role) ? new TreeSet<>(Set.of(role)) : Collections.emptySortedSet();
    }

    private static EntryKey role(EntryKey grant) {
        return new EntryKey(
                grant.target(),
                RoleKind.ENTRY,
                GrantTuple.parse(grant.address()).grantee());
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    /** A privilege holds no data, and can always be given and taken again. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create _ -> Assessment.of(Risk.ADDITIVE, UndoClass.EXACT);
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }
}
