package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Membership;
import dev.migrator.core.kinds.RoleMemberKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which role is a member of which. Since PostgreSQL 16, which gave memberships their options. */
final class MemberStore extends CatalogStore {
    private static final int SINCE = 160_000;

    private static final String MEMBERSHIPS = """
            SELECT r.rolname, u.rolname, bool_or(m.admin_option), bool_or(m.inherit_option), bool_or(m.set_option),
                   array_agg(g.rolname::text ORDER BY g.rolname)
            FROM pg_catalog.pg_auth_members m
            JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
            JOIN pg_catalog.pg_roles u ON u.oid = m.member
            JOIN pg_catalog.pg_roles g ON g.oid = m.grantor
            WHERE
            """;
    private static final String EACH_ONCE = " GROUP BY 1, 2";
    private static final String ASKED_FOR = "r.rolname = ANY (?) AND u.rolname = ANY (?)";
    /** Whoever makes a role without having all rights gets this with it. */
    private static final String DECIDED_BY_SOMEBODY =
            "u.rolname NOT LIKE 'pg\\_%' AND NOT (u.rolname = current_user AND m.admin_option"
                    + " AND NOT m.inherit_option AND NOT m.set_option)";

    private final Map<EntryKey, List<String>> grantors = new HashMap<>();

    MemberStore(String target, Connection connection) {
        super(target, connection);
    }

    private record Line(EntryKey key, TreeMap<String, Value> fields, List<String> grantors) {}

    private List<Line> read(String where, Object... parameters) throws SQLException {
        return Rows.all(
                connection,
                MEMBERSHIPS + " " + where + EACH_ONCE,
                line -> {
                    var fields = new TreeMap<String, Value>();
                    fields.put(RoleMemberKind.ADMIN, Value.of(line.getBoolean(3)));
                    fields.put(RoleMemberKind.INHERIT, Value.of(line.getBoolean(4)));
                    fields.put(RoleMemberKind.SET, Value.of(line.getBoolean(5)));
                    var pair = new Membership(line.getString(1), line.getString(2));
                    return new Line(
                            new EntryKey(target, Kinds.ROLE_MEMBER, pair.address()), fields, Rows.texts(line, 6));
                },
                parameters);
    }

    private boolean hasOptions() throws SQLException {
        return Integer.parseInt(Rows.text(connection, "SHOW server_version_num")) >= SINCE;
    }

    @Override
    public List<EntryKey> list() throws SQLException, TargetException {
        if (!hasOptions()) {
            return List.of();
        }
        var keys = read(DECIDED_BY_SOMEBODY).stream().map(Line::key).toList();
        if (keys.size() > MOST_LISTED) {
            throw tooMany("memberships");
        }
        return keys;
    }

    @Override
    public Looked look(Collection<EntryKey> keys, boolean forWriting) throws SQLException, TargetException {
        var looked = new Looked();
        if (!hasOptions()) {
            var problem = Problem.of("TGT-UNSUPPORTED", "the target does not support the request")
                    .expected("PostgreSQL 16 or later, for memberships");
            keys.forEach(key -> looked.refused().put(key, problem.about(key.toString())));
            return looked;
        }
        if (forWriting) {
            lock(connection, "pg_auth_members");
        }
        var roles = new ArrayList<String>();
        var members = new ArrayList<String>();
        for (var key : keys) {
            try {
                var pair = Membership.parse(key.address());
                roles.add(pair.role());
                members.add(pair.member());
            } catch (ProblemException e) {
                looked.refused().put(key, e.problem().about(key.toString()));
            }
        }
        var asked = java.util.Set.copyOf(keys);
        for (var line : read(ASKED_FOR, texts(roles), texts(members))) {
            if (asked.contains(line.key())) {
                keep(looked.states(), line.key(), line.fields());
                grantors.put(line.key(), line.grantors());
            }
        }
        return looked;
    }

    @Override
    Map<EntryKey, Problem> refusals(List<Operation> operations) {
        var refusals = new HashMap<EntryKey, Problem>();
        for (var operation : operations) {
            if (Membership.parse(operation.key().address()).member().startsWith("pg_")) {
                refusals.put(
                        operation.key(),
                        Problem.of("TGT-ROLE-PROTECTED", "this role is not changed")
                                .expected("a member whose name does not begin with pg_"));
            }
        }
        return refusals;
    }

    @Override
    List<String> statements(Operation operation) {
        var pair = Membership.parse(operation.key().address());
        var role = Sql.name(pair.role());
        var member = Sql.name(pair.member());
        return switch (operation) {
            case Operation.Create create -> List.of("GRANT " + role + " TO " + member + options(create.after()));
            case Operation.Update update -> List.of("GRANT " + role + " TO " + member + options(update.after()));
            case Operation.Delete delete ->
                grantors.getOrDefault(delete.key(), List.of()).stream()
                        .map(grantor -> "REVOKE " + role + " FROM " + member + " GRANTED BY " + Sql.name(grantor))
                        .toList();
        };
    }

    private static String options(Content content) {
        var options = new ArrayList<String>();
        content.fields().forEach((field, value) -> {
            var word = value.equals(new Value.Bool(true)) ? " TRUE" : " FALSE";
            switch (field) {
                case RoleMemberKind.ADMIN -> options.add("ADMIN" + word);
                case RoleMemberKind.INHERIT -> options.add("INHERIT" + word);
                case RoleMemberKind.SET -> options.add("SET" + word);
                default -> {
                    // compared afterwards, and refused then
                }
            }
        });
        return options.isEmpty() ? "" : " WITH " + String.join(", ", options);
    }
}
