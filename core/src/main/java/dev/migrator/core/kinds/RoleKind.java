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
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** {@code Role}: a role of a PostgreSQL server, with a login or as a group of others. Never one with all rights. */
public final class RoleKind implements KindRules {
    public static final String KIND = "Role";
    public static final String ENTRY = "role";
    public static final String LOGIN = "login";
    public static final String INHERIT = "inherit";
    public static final String CREATE_DB = "createDb";
    public static final String CREATE_ROLE = "createRole";
    public static final String CONNECTION_LIMIT = "connectionLimit";
    public static final String VALID_UNTIL = "validUntil";
    /** Written, and never read back. */
    public static final String PASSWORD = Content.SECRET + "password";

    static final String TARGET_TYPE = TableRowsKind.TARGET_TYPE;
    static final String PUBLIC = "PUBLIC";

    private static final int MAX_BYTES = 63;
    /** Names that mean something else where a role is named (PostgreSQL, "GRANT", "CREATE ROLE"). */
    private static final Set<String> RESERVED =
            Set.of("public", "none", "current_user", "session_user", "current_role", PUBLIC);

    private static final List<String> FIELDS =
            List.of(LOGIN, INHERIT, CREATE_DB, CREATE_ROLE, CONNECTION_LIMIT, VALID_UNTIL);

    @Override
    public Optional<String> secretToMake(Content content) {
        return content.get(LOGIN).equals(new Value.Bool(true)) ? Optional.of(PASSWORD) : Optional.empty();
    }

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
                .optional("address", Shape.anyText(MAX_BYTES))
                .optional(LOGIN, new Shape.Flag())
                .optional(INHERIT, new Shape.Flag())
                .optional(CREATE_DB, new Shape.Flag())
                .optional(CREATE_ROLE, new Shape.Flag())
                .optional(CONNECTION_LIMIT, new Shape.Whole(-1, Integer.MAX_VALUE))
                .optional(
                        VALID_UNTIL,
                        new Shape.OrNull(Shape.text(
                                "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]{1,6})?\\+00:00",
                                "a time such as 2027-01-01T00:00:00+00:00, or null for ever")))
                .takingSecrets("password", Shape.text("\\$\\{secret:.*", "a secret reference: ${secret:NAME}"), false);
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return spec();
    }

    static String address(Resource resource) {
        return Specs.text(resource.spec(), "address").orElse(resource.name());
    }

    /** What is wrong with the name of a role that is to be changed, empty when nothing is. */
    static Optional<Problem> illegal(String name) {
        var wrong = Problem.of("ROL-NAME", "this is no name of a role that can be managed")
                .found(name);
        if (name.startsWith("pg_")) {
            return Optional.of(wrong.expected("a name that does not begin with pg_, as those of the server itself do"));
        }
        if (RESERVED.contains(name)) {
            return Optional.of(wrong.expected("a name that means nothing else to PostgreSQL"));
        }
        return name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES || name.indexOf('\0') >= 0
                ? Optional.of(wrong.expected("1 to " + MAX_BYTES + " bytes"))
                : Optional.empty();
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var place = resource.spec().fields().containsKey("address") ? "/spec/address" : "/metadata/name";
        illegal(address(resource)).ifPresent(problem -> notes.error(place, problem));
        if (!resource.absent()
                && resource.spec().get(LOGIN).equals(new Value.Bool(false))
                && resource.spec().fields().containsKey("password")) {
            notes.warning(
                    "/spec/password",
                    Problem.of("ROL-IDLE-PASSWORD", "a role that cannot log in has a password")
                            .expected("login: true, or no password")
                            .found("login: false"));
        }
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var key = new EntryKey(target, ENTRY, address(resource));
        var fields = new TreeMap<String, Value>();
        if (!resource.absent()) {
            for (var name : FIELDS) {
                if (resource.spec().fields().containsKey(name)) {
                    fields.put(name, resource.spec().get(name));
                }
            }
        }
        // also of a role that is to be gone: with it, it can be made again as it was
        if (resource.spec().fields().containsKey("password")) {
            fields.put(PASSWORD, resource.spec().get("password"));
        }
        return List.of(DesiredEntry.of(key, resource.uid(), resource, Content.of(fields)));
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return Optional.of(Notes.under("/spec", field.equals(PASSWORD) ? "password" : field));
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        return List.of(Mappable.text(Mappable.ADDRESS, KIND, "address", address(resource)));
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    /** A password cannot be read: a role that had one and goes comes back without, unless the manifest names it. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create create -> {
                var manages = create.after().get(CREATE_ROLE).equals(new Value.Bool(true));
                yield Assessment.of(manages ? Risk.MUTATING : Risk.ADDITIVE, UndoClass.EXACT);
            }
            // another password than the one before is found by the core, for every kind that has secrets
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete delete ->
                delete.before().get(LOGIN).equals(new Value.Bool(true))
                                && !(delete.before().get(PASSWORD) instanceof Value.Text)
                        ? new Assessment(
                                Risk.ONE_WAY,
                                UndoClass.NONE,
                                List.of(ENTRY + " " + delete.key().address()
                                        + ": its password cannot be read; made again, it has none"))
                        : Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }
}
