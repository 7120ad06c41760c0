package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.GrantKind;
import dev.migrator.core.kinds.GrantTuple;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Privileges on tables, sequences, schemas, functions and the database. */
final class GrantStore extends CatalogStore {
    private static final String PUBLIC = "PUBLIC";

    /** Keyword of each type in GRANT. */
    private static final Map<String, String> WORDS = Map.of(
            "table", "TABLE",
            "sequence", "SEQUENCE",
            "schema", "SCHEMA",
            "database", "DATABASE",
            "function", "ROUTINE");

    /** What privileges can be on, with the name as the server quotes it; rights that are not written down included. */
    private static final String OBJECTS = """
            WITH objects AS (
                SELECT 'table' AS type, n.nspname::text AS schema, c.relname::text AS object, c.relowner AS owner,
                       quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS quoted,
                       coalesce(c.relacl, acldefault('r', c.relowner)) AS acl, c.tableoid AS class, c.oid AS id
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                UNION ALL
                SELECT 'sequence', n.nspname, c.relname, c.relowner,
                       quote_ident(n.nspname) || '.' || quote_ident(c.relname),
                       coalesce(c.relacl, acldefault('s', c.relowner)), c.tableoid, c.oid
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S'
                UNION ALL
                SELECT 'schema', '', nspname, nspowner, quote_ident(nspname),
                       coalesce(nspacl, acldefault('n', nspowner)), tableoid, oid
                FROM pg_namespace
                UNION ALL
                SELECT 'database', '', datname, datdba, quote_ident(datname),
                       coalesce(datacl, acldefault('d', datdba)), tableoid, oid
                FROM pg_database WHERE datname = current_database()
                UNION ALL
                SELECT 'function', n.nspname,
                       p.proname || '(' || array_to_string(ARRAY(
                           SELECT format_type(a.type, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY AS a(type, place)
                           ORDER BY a.place), ',') || ')',
                       p.proowner, p.oid::regprocedure::text,
                       coalesce(p.proacl, acldefault('f', p.proowner)), p.tableoid, p.oid
                FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace)
            """;

    private static final String READ = OBJECTS + """
            SELECT o.type, o.schema, o.object, o.quoted,
                   CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE g.rolname::text END, a.privilege_type, bool_or(a.is_grantable)
            FROM objects o
            LEFT JOIN LATERAL aclexplode(o.acl) AS a ON true
            LEFT JOIN pg_roles g ON g.oid = a.grantee
            WHERE (o.type, o.schema, o.object) IN (SELECT k.c0, k.c1, k.c2 FROM %s)
            GROUP BY 1, 2, 3, 4, 5, 6
            """;
    /** Neither what owners have by being that, nor what belongs to the system or an extension. */
    private static final String LIST = OBJECTS + """
            SELECT DISTINCT o.type, o.schema, o.object, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE g.rolname::text END,
                   a.privilege_type
            FROM objects o
            CROSS JOIN LATERAL aclexplode(o.acl) AS a
            LEFT JOIN pg_roles g ON g.oid = a.grantee
            WHERE a.grantee <> o.owner AND (a.grantee = 0 OR g.rolname NOT LIKE 'pg\\_%%')
                  AND o.schema NOT LIKE 'pg\\_%%' AND o.schema <> 'information_schema'
                  AND NOT (o.type = 'schema' AND (o.object LIKE 'pg\\_%%' OR o.object = 'information_schema'))
                  AND NOT EXISTS (SELECT FROM pg_depend d
                                  WHERE d.classid = o.class AND d.objid = o.id AND d.deptype = 'e')
            LIMIT %d
            """;

    private record On(String type, String schema, String object) {
        static On of(GrantTuple tuple) {
            return new On(tuple.type(), tuple.schema(), tuple.object());
        }
    }

    /** Objects that are there, as the server quotes them. */
    private final Map<On, String> quoted = new HashMap<>();

    GrantStore(String target, Connection connection) {
        super(target, connection);
    }

    private EntryKey key(String grantee, String privilege, On on) {
        return new EntryKey(
                target, Kinds.GRANT, new GrantTuple(grantee, privilege, on.type(), on.schema(), on.object()).address());
    }

    /** Names of types are written in full only where nothing else is on the path. */
    private <R> R withoutPath(SqlWork<R> work) throws SQLException, TargetException {
        var path = Rows.text(connection, "SHOW search_path");
        Rows.run(connection, "SET LOCAL search_path = pg_catalog");
        var result = work.run();
        // after an error the transaction, or the part of it behind a savepoint, goes back and takes the setting along
        var _ = Rows.text(connection, "SELECT pg_catalog.set_config('search_path', ?, true)", path);
        return result;
    }

    private interface SqlWork<R> {
        R run() throws SQLException, TargetException;
    }

    @Override
    public List<EntryKey> list() throws SQLException, TargetException {
        var keys = withoutPath(() -> Rows.all(
                connection,
                LIST.formatted(MOST_LISTED + 1),
                line -> key(
                        line.getString(4),
                        line.getString(5),
                        new On(line.getString(1), line.getString(2), line.getString(3)))));
        if (keys.size() > MOST_LISTED) {
            throw tooMany("grants");
        }
        return keys;
    }

    @Override
    public Looked look(Collection<EntryKey> keys, boolean forWriting) throws SQLException, TargetException {
        var looked = new Looked();
        var asked = new LinkedHashMap<EntryKey, GrantTuple>();
        for (var key : keys) {
            try {
                asked.put(key, GrantTuple.parse(key.address()));
            } catch (ProblemException e) {
                looked.refused().put(key, e.problem().about(key.toString()));
            }
        }
        var objects = new HashSet<On>();
        asked.values().forEach(tuple -> objects.add(On.of(tuple)));
        var lines = new Lines(
                List.of("text", "text", "text"),
                objects.stream()
                        .map(on -> List.<Value>of(Value.of(on.type()), Value.of(on.schema()), Value.of(on.object())))
                        .toList());
        withoutPath(() -> Rows.all(
                connection,
                READ.formatted(lines.from()),
                line -> {
                    var on = new On(line.getString(1), line.getString(2), line.getString(3));
                    quoted.put(on, line.getString(4));
                    if (line.getString(5) != null) {
                        var key = key(line.getString(5), line.getString(6), on);
                        if (asked.containsKey(key)) {
                            var fields = new TreeMap<String, Value>();
                            fields.put(GrantKind.GRANTABLE, Value.of(line.getBoolean(7)));
                            keep(looked.states(), key, fields);
                        }
                    }
                    return on;
                },
                lines.parameter()));
        asked.forEach((key, tuple) -> {
            if (!quoted.containsKey(On.of(tuple))) {
                looked.refused().put(key, missing(key, tuple));
            }
        });
        return looked;
    }

    private static Problem missing(EntryKey key, GrantTuple tuple) {
        return Problem.of("TGT-NO-OBJECT", "there is no such object that privileges could be on")
                .about(key.toString())
                .expected("a " + tuple.type() + " of that name"
                        + (tuple.type().equals("function")
                                ? ", with the types of its arguments as PostgreSQL writes them: integer, not int"
                                : ""))
                .found("none")
                .todo("make it with the tool that changes the structure of the database, or correct the name");
    }

    @Override
    Map<EntryKey, Problem> refusals(List<Operation> operations) {
        var refusals = new HashMap<EntryKey, Problem>();
        for (var operation : operations) {
            var tuple = GrantTuple.parse(operation.key().address());
            if (tuple.grantee().startsWith("pg_")) {
                refusals.put(
                        operation.key(),
                        Problem.of("TGT-ROLE-PROTECTED", "this role is not changed")
                                .expected("a grantee whose name does not begin with pg_"));
            } else if (!GrantKind.privileges(tuple.type()).contains(tuple.privilege())) {
                refusals.put(
                        operation.key(),
                        Problem.of("TGT-FIELD", "the entry has no such field")
                                .expected("a privilege of a " + tuple.type())
                                .found(tuple.privilege()));
            }
        }
        return refusals;
    }

    @Override
    List<String> statements(Operation operation) {
        var tuple = GrantTuple.parse(operation.key().address());
        // one of the words that refusals() knows, so it can stand in a statement
        var what = tuple.privilege() + " ON " + WORDS.get(tuple.type()) + " " + quoted.get(On.of(tuple));
        var who = tuple.grantee().equals(PUBLIC) ? PUBLIC : Sql.name(tuple.grantee());
        return switch (operation) {
            case Operation.Create create ->
                List.of("GRANT " + what + " TO " + who + (isGrantable(create.after()) ? " WITH GRANT OPTION" : ""));
            case Operation.Update update ->
                List.of(
                        isGrantable(update.after())
                                ? "GRANT " + what + " TO " + who + " WITH GRANT OPTION"
                                : "REVOKE GRANT OPTION FOR " + what + " FROM " + who);
            case Operation.Delete _ -> List.of("REVOKE " + what + " FROM " + who);
        };
    }

    private static boolean isGrantable(dev.migrator.core.model.Content content) {
        return content.get(GrantKind.GRANTABLE).equals(new Value.Bool(true));
    }
}
