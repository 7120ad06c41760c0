package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postgresql.util.PasswordUtil;

/** Roles of the server. Those that have all rights, and those of the server itself, are looked at and never changed. */
final class RoleStore extends CatalogStore {
    private static final String COLUMNS = """
            rolname, rolcanlogin, rolinherit, rolcreatedb, rolcreaterole, rolconnlimit,
            pg_catalog.to_jsonb(nullif(rolvaliduntil, 'infinity'))::text
            """;
    private static final String READ = "SELECT " + COLUMNS + " FROM pg_catalog.pg_roles WHERE rolname = ANY (?)";
    private static final String PROTECTED = """
            rolsuper OR rolreplication OR rolbypassrls OR rolname LIKE 'pg\\_%'
            """;
    private static final String LIST =
            "SELECT rolname FROM pg_catalog.pg_roles WHERE NOT (" + PROTECTED + ") LIMIT " + (MOST_LISTED + 1);
    private static final String NOT_TO_BE_CHANGED =
            "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (?) AND (" + PROTECTED + ")";
    /** What DROP ROLE would take along without a word. What whoever makes a role gets with it is nobody's decision. */
    private static final String IN_USE = """
            SELECT r.rolname,
                   CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_db_role_setting s WHERE s.setrole = r.oid)
                        THEN 'settings of its own (ALTER ROLE … SET)' ELSE 'memberships' END
            FROM pg_catalog.pg_roles r
            WHERE r.rolname = ANY (?) AND (
                EXISTS (SELECT FROM pg_catalog.pg_db_role_setting s WHERE s.setrole = r.oid)
                OR EXISTS (SELECT FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles u ON u.oid = m.member
                           WHERE m.member = r.oid OR (m.roleid = r.oid AND u.rolname <> current_user)))
            """;

    RoleStore(String target, Connection connection) {
        super(target, connection);
    }

    @Override
    public List<EntryKey> list() throws SQLException, TargetException {
        var names = Rows.all(connection, LIST, line -> new EntryKey(target, Kinds.ROLE, line.getString(1)));
        if (names.size() > MOST_LISTED) {
            throw tooMany("roles");
        }
        return names;
    }

    @Override
    public Looked look(Collection<EntryKey> keys, boolean forWriting) throws SQLException, TargetException {
        if (forWriting) {
            lock(connection, "pg_authid");
        }
        var looked = new Looked();
        var names = keys.stream().map(EntryKey::address).toList();
        for (var role : Rows.all(connection, READ, RoleStore::role, (Object) texts(names))) {
            keep(looked.states(), new EntryKey(target, Kinds.ROLE, role.name()), role.fields());
        }
        return looked;
    }

    private record Role(String name, TreeMap<String, Value> fields) {}

    private static Role role(ResultSet line) throws SQLException {
        var fields = new TreeMap<String, Value>();
        fields.put(RoleKind.LOGIN, Value.of(line.getBoolean(2)));
        fields.put(RoleKind.INHERIT, Value.of(line.getBoolean(3)));
        fields.put(RoleKind.CREATE_DB, Value.of(line.getBoolean(4)));
        fields.put(RoleKind.CREATE_ROLE, Value.of(line.getBoolean(5)));
        fields.put(RoleKind.CONNECTION_LIMIT, Value.of(line.getInt(6)));
        var until = line.getString(7);
        fields.put(RoleKind.VALID_UNTIL, until == null ? Value.NULL : Value.of(until.replace("\"", "")));
        return new Role(line.getString(1), fields);
    }

    @Override
    Map<EntryKey, Problem> refusals(List<Operation> operations) throws SQLException {
        var refusals = new HashMap<EntryKey, Problem>();
        var names =
                operations.stream().map(operation -> operation.key().address()).toList();
        names.stream()
                .filter(name -> name.startsWith("pg_") || name.indexOf('\0') >= 0)
                .forEach(name -> refusals.put(key(name), notToBeChanged(name)));
        Rows.all(connection, NOT_TO_BE_CHANGED, line -> line.getString(1), (Object) texts(names))
                .forEach(name -> refusals.put(key(name), notToBeChanged(name)));
        if (operations.getFirst() instanceof Operation.Delete) {
            Rows.all(
                    connection,
                    IN_USE,
                    line -> refusals.putIfAbsent(key(line.getString(1)), inUse(line.getString(2))),
                    (Object) texts(names));
        }
        return refusals;
    }

    private EntryKey key(String name) {
        return new EntryKey(target, Kinds.ROLE, name);
    }

    private static Problem notToBeChanged(String name) {
        return Problem.of("TGT-ROLE-PROTECTED", "this role is not changed")
                .expected("a role without SUPERUSER, REPLICATION and BYPASSRLS, whose name does not begin with pg_")
                .found(name)
                .todo("change it by hand");
    }

    private static Problem inUse(String what) {
        return Problem.of("TGT-ROLE-IN-USE", "more would go with this role than an undoing brings back")
                .expected("no memberships, no settings")
                .found(what)
                .todo("remove them first: memberships with RoleMember manifests and state: absent");
    }

    @Override
    List<String> statements(Operation operation) {
        var name = Sql.name(operation.key().address());
        return switch (operation) {
            case Operation.Create create -> List.of("CREATE ROLE " + name + options(create.after()));
            case Operation.Update update -> List.of("ALTER ROLE " + name + options(update.after()));
            case Operation.Delete _ -> List.of("DROP ROLE " + name);
        };
    }

    private static String options(Content content) {
        var options = new ArrayList<String>();
        content.fields().forEach((field, value) -> {
            switch (field) {
                case RoleKind.LOGIN -> options.add(flag(value, "LOGIN"));
                case RoleKind.INHERIT -> options.add(flag(value, "INHERIT"));
                case RoleKind.CREATE_DB -> options.add(flag(value, "CREATEDB"));
                case RoleKind.CREATE_ROLE -> options.add(flag(value, "CREATEROLE"));
                case RoleKind.CONNECTION_LIMIT ->
                    options.add("CONNECTION LIMIT "
                            + (value instanceof Value.Num(BigDecimal limit) ? limit.intValueExact() : -1));
                case RoleKind.VALID_UNTIL ->
                    options.add("VALID UNTIL " + Sql.text(value instanceof Value.Text(var until) ? until : "infinity"));
                case RoleKind.PASSWORD -> password(value).ifPresent(options::add);
                default -> {
                    // compared afterwards, and refused then
                }
            }
        });
        return options.isEmpty() ? "" : " " + String.join(" ", options);
    }

    private static String flag(Value value, String word) {
        return value.equals(new Value.Bool(true)) ? word : "NO" + word;
    }

    /**
     * What the server keeps of it, worked out here: the password itself reaches neither the server nor its log. Without one
     * the role keeps what it has: what it was before, nobody can be asked.
     */
    private static Optional<String> password(Value value) {
        return value instanceof Value.Text(var text)
                ? Optional.of("PASSWORD " + Sql.text(PasswordUtil.encodeScramSha256(text.toCharArray())))
                : Optional.empty();
    }
}
