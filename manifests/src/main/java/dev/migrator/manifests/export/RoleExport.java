package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.GrantKind;
import dev.migrator.core.kinds.GrantTuple;
import dev.migrator.core.kinds.Membership;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.kinds.RoleMemberKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Roles without their passwords, memberships, and grants: those that differ only in the privilege become one manifest. */
final class RoleExport {
    private RoleExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present, Exporter.LeftOut leftOut) {
        var drafts = new ArrayList<Draft>();
        var grants = new TreeMap<String, List<GrantTuple>>();
        present.forEach((key, state) -> {
            try {
                switch (key.kind()) {
                    case RoleKind.ENTRY -> drafts.add(role(key, state));
                    case RoleMemberKind.ENTRY -> drafts.add(member(key, state));
                    case GrantKind.ENTRY ->
                        grants.computeIfAbsent(identity(key, state), _ -> new ArrayList<>())
                                .add(GrantTuple.parse(key.address()));
                    default -> {
                        // exported elsewhere
                    }
                }
            } catch (ProblemException e) {
                leftOut.add(key.toString(), e.problem().message(), e.problem().expected());
            }
        });
        grants.forEach((identity, tuples) -> drafts.add(grant(identity, tuples)));
        return drafts;
    }

    private static Draft role(EntryKey key, EntryState.Present state) {
        var spec = new TreeMap<>(state.content().fields());
        spec.put("address", Value.of(key.address()));
        return new Draft(RoleKind.KIND, key.address(), key.toString(), Value.object(spec), key.toString());
    }

    private static Draft member(EntryKey key, EntryState.Present state) {
        var pair = Membership.parse(key.address());
        var spec = new TreeMap<>(state.content().fields());
        spec.put("role", Value.of(pair.role()));
        spec.put("member", Value.of(pair.member()));
        return new Draft(
                RoleMemberKind.KIND,
                pair.member() + "-in-" + pair.role(),
                key.toString(),
                Value.object(spec),
                key.toString());
    }

    private static boolean isGrantable(EntryState.Present state) {
        return state.content().get(GrantKind.GRANTABLE).equals(new Value.Bool(true));
    }

    /** All but the privilege, and a mark for those that may be given on. */
    private static String identity(EntryKey key, EntryState.Present state) {
        var tuple = GrantTuple.parse(key.address());
        return key.target() + " " + (isGrantable(state) ? "+" : "-") + " "
                + new GrantTuple(tuple.grantee(), "", tuple.type(), tuple.schema(), tuple.object()).address();
    }

    private static Draft grant(String identity, List<GrantTuple> tuples) {
        var first = tuples.getFirst();
        boolean grantable = identity.substring(identity.indexOf(' ') + 1).startsWith("+");
        var object =
                new TreeMap<String, Value>(Map.of("type", Value.of(first.type()), "name", Value.of(first.object())));
        if (!first.schema().isEmpty() && !first.schema().equals("public")) {
            object.put("schema", Value.of(first.schema()));
        }
        var spec = new TreeMap<String, Value>();
        spec.put("grantee", Value.of(first.grantee()));
        spec.put(
                "privileges",
                Value.array(tuples.stream()
                        .map(GrantTuple::privilege)
                        .sorted()
                        .map(Value::of)
                        .toList()));
        spec.put("object", Value.object(object));
        if (grantable) {
            spec.put(GrantKind.GRANTABLE, Value.of(true));
        }
        return new Draft(
                GrantKind.KIND,
                first.grantee() + "-" + first.type() + "-" + first.object() + (grantable ? "-grantable" : ""),
                identity,
                Value.object(spec),
                "grant " + identity);
    }
}
