package dev.migrator.target.postgres;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.GrantTuple;
import dev.migrator.core.kinds.Membership;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who uses what changes: for a row, the tables that refer to its table; for rights, the roles that get them. */
final class Impacts {
    private static final String REFERRERS = """
            SELECT fn.nspname, fc.relname, f.conname
            FROM pg_catalog.pg_constraint f
            JOIN pg_catalog.pg_class fc ON fc.oid = f.conrelid
            JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
            JOIN pg_catalog.pg_class c ON c.oid = f.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE f.contype = 'f' AND f.conparentid = 0 AND n.nspname = ? AND c.relname = ?
            ORDER BY 1, 2, 3
            """;
    /** Members of a role, and their members. */
    private static final String MEMBERS = """
            WITH RECURSIVE reached AS (
                SELECT m.member FROM pg_catalog.pg_auth_members m
                JOIN pg_catalog.pg_roles r ON r.oid = m.roleid WHERE r.rolname = ?
                UNION
                SELECT m.member FROM pg_catalog.pg_auth_members m JOIN reached ON m.roleid = reached.member)
            SELECT u.rolname FROM reached JOIN pg_catalog.pg_roles u ON u.oid = reached.member ORDER BY 1
            """;

    private final Connection connection;
    private final Map<TableName, Impact> byTable = new HashMap<>();
    private final Map<String, List<String>> membersByRole = new HashMap<>();

    Impacts(Connection connection) {
        this.connection = connection;
    }

    /** One for each, in key order. */
    Map<EntryKey, Impact> of(Collection<? extends Operation> operations) throws SQLException {
        var impacts = new TreeMap<EntryKey, Impact>();
        for (var operation : operations) {
            impacts.put(operation.key(), of(operation.key()));
        }
        return impacts;
    }

    private Impact of(EntryKey key) throws SQLException {
        try {
            return switch (key.kind()) {
                case Kinds.ROW -> ofRow(RowAddress.parse(key.address()).table());
                case Kinds.ROLE ->
                    ofRights(key.address(), "MEMBER")
                            .without("who logs in with it", "the server keeps no list of that");
                case Kinds.ROLE_MEMBER ->
                    ofRights(Membership.parse(key.address()).member(), "MEMBER")
                            .without("what the rights are used for", "the server keeps no list of that");
                case Kinds.GRANT -> {
                    var tuple = GrantTuple.parse(key.address());
                    yield ofRights(tuple.grantee(), tuple.privilege())
                            .without("what the right is used for", "the server keeps no list of that");
                }
                default -> Impact.unknown("who uses it", "nothing here knows this kind");
            };
        } catch (ProblemException e) {
            return Impact.unknown("who uses it", e.problem().message());
        }
    }

    /** Who has a role's rights by being a member. */
    private Impact ofRights(String role, String right) throws SQLException {
        var members = membersByRole.get(role);
        if (members == null) {
            members = Rows.all(connection, MEMBERS, line -> line.getString(1), role);
            membersByRole.put(role, members);
        }
        return members.isEmpty()
                ? Impact.NONE
                : Impact.NONE.with(new Use.Access(
                        Some.of(members).map(member -> new Use.Permission(member, "*", false, List.of(right), role))));
    }

    private Impact ofRow(TableName table) throws SQLException {
        var known = byTable.get(table);
        if (known == null) {
            known = ofRowsIn(table);
            byTable.put(table, known);
        }
        return known;
    }

    private Impact ofRowsIn(TableName table) throws SQLException {
        var referrers = Rows.all(
                connection,
                REFERRERS,
                line -> new Use.Referrer(
                        new TableName(line.getString(1), line.getString(2)).text() + " (" + line.getString(3) + ")",
                        false),
                table.schema(),
                table.table());
        return Impact.NONE
                .with(new Use.Referrers(Some.of(referrers)))
                .without("who reads the row", "the database keeps no list of that");
    }
}
