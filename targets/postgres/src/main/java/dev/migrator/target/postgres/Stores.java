package dev.migrator.target.postgres;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stores of all kinds in one transaction. */
final class Stores {
    private final Map<String, EntryStore> byKind;

    Stores(Settings settings, Connection connection) {
        var target = settings.target();
        byKind = Map.of(
                Kinds.ROLE, new RoleStore(target, connection),
                Kinds.ROLE_MEMBER, new MemberStore(target, connection),
                Kinds.GRANT, new GrantStore(target, connection),
                Kinds.ROW, new RowStore(target, settings.tables(), connection));
    }

    EntryStore of(String kind) {
        var store = byKind.get(kind);
        if (store == null) {
            throw new IllegalArgumentException("PostgreSQL holds " + Kinds.ALL + ", found " + kind);
        }
        return store;
    }

    /** In key order; what is not there comes out as absent. */
    SortedMap<EntryKey, EntryState> states(Collection<EntryKey> keys) throws SQLException, TargetException {
        var byKind = new TreeMap<String, List<EntryKey>>();
        keys.forEach(key ->
                byKind.computeIfAbsent(key.kind(), _ -> new ArrayList<>()).add(key));
        var states = new TreeMap<EntryKey, EntryState>();
        keys.forEach(key -> states.put(key, EntryState.ABSENT));
        for (var kind : byKind.entrySet()) {
            states.putAll(of(kind.getKey()).look(kind.getValue(), false).states());
        }
        return states;
    }
}
