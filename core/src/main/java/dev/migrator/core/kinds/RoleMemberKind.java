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
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code RoleMember}: one role is a member of another, and has its rights. */
public final class RoleMemberKind implements KindRules {
    public static final String KIND = "RoleMember";
    public static final String ENTRY = "role-member";
    public static final String ADMIN = "admin";
    public static final String INHERIT = "inherit";
    public static final String SET = "set";

    private static final int MAX_NAME = 63;
    /** Their members can do whatever the server's operating system user can (PostgreSQL, "Predefined Roles"). */
    private static final Set<String> AS_GOOD_AS_ALL =
            Set.of("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files");

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

    @Override
    public Shape.Fields spec() {
        return Shape.fields()
                .required("role", Shape.anyText(MAX_NAME))
                .required("member", Shape.anyText(MAX_NAME))
                .optional(ADMIN, new Shape.Flag())
                .optional(INHERIT, new Shape.Flag())
                .optional(SET, new Shape.Flag());
    }

    /** A membership is its pair: to be gone, both have to be named. */
    @Override
    public Shape.Fields specWhenAbsent() {
        return spec();
    }

    static Membership of(Resource resource) {
        return new Membership(
                Specs.text(resource.spec(), "role").orElseThrow(),
                Specs.text(resource.spec(), "member").orElseThrow());
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var pair = of(resource);
        RoleKind.illegal(pair.member()).ifPresent(problem -> notes.error("/spec/member", problem));
        if (AS_GOOD_AS_ALL.contains(pair.role())) {
            notes.error(
                    "/spec/role",
                    Problem.of("ROL-NAME", "this is no name of a role that can be managed")
                            .expected("a role whose members do not get all rights of the server with it")
                            .found(pair.role()));
        } else if (!pair.role().startsWith("pg_")) {
            RoleKind.illegal(pair.role()).ifPresent(problem -> notes.error("/spec/role", problem));
        }
        if (pair.role().equals(pair.member())) {
            notes.error(
                    "/spec/member",
                    Problem.of("MEM-ITSELF", "a role cannot be a member of itself")
                            .expected("another role")
                            .found(pair.member()));
        }
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var address = of(resource).address();
        var fields = new TreeMap<String, Value>();
        if (!resource.absent()) {
            for (var name : List.of(ADMIN, INHERIT, SET)) {
                if (resource.spec().fields().containsKey(name)) {
                    fields.put(name, resource.spec().get(name));
                }
            }
        }
        return List.of(DesiredEntry.of(new EntryKey(target, ENTRY, address), address, resource, Content.of(fields)));
    }

    /** Rights belong to whom they are given to. */
    @Override
    public String ownedName(EntryKey key) {
        return Membership.parse(key.address()).member();
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
        var pair = of(resource);
        return List.of(
                Mappable.text(Mappable.ADDRESS, RoleKind.KIND, "role", pair.role()),
                Mappable.text(Mappable.ADDRESS, RoleKind.KIND, "member", pair.member()));
    }

    /** Both roles, where the bundle has them. */
    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        var pair = Membership.parse(entry.key().address());
        var roles = new TreeSet<EntryKey>();
        for (var name : List.of(pair.role(), pair.member())) {
            around.entry(new EntryKey(entry.key().target(), RoleKind.ENTRY, name))
                    .filter(role -> role.absent() == entry.absent())
                    .ifPresent(role -> roles.add(role.key()));
        }
        return roles;
    }

    @Override
    public SortedSet<EntryKey> dependenciesAmong(NavigableSet<EntryKey> going, EntryKey key, Content actual) {
        var pair = Membership.parse(key.address());
        var roles = new TreeSet<EntryKey>();
        for (var name : List.of(pair.role(), pair.member())) {
            var role = new EntryKey(key.target(), RoleKind.ENTRY, name);
            if (going.contains(role)) {
                roles.add(role);
            }
        }
        return roles;
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create _ -> Assessment.of(Risk.ADDITIVE, UndoClass.EXACT);
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }
}
