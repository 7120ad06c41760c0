package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** ACLs that differ only in the operation become one manifest. */
final class AclExport {
    private static final Map<String, String> RESOURCE_TYPES =
            Map.of("TOPIC", "topic", "GROUP", "group", "CLUSTER", "cluster", "TRANSACTIONAL_ID", "transactionalId");
    private static final Map<String, String> PATTERNS = Map.of("LITERAL", "literal", "PREFIXED", "prefixed");

    private AclExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present, Exporter.LeftOut leftOut) {
        var groups = new TreeMap<String, List<AclTuple>>();
        for (EntryKey key : present.keySet()) {
            if (key.kind().equals(AclKind.ENTRY)) {
                read(key, leftOut, groups);
            }
        }
        var drafts = new ArrayList<Draft>();
        groups.forEach((identity, tuples) -> drafts.add(draft(identity, tuples)));
        return drafts;
    }

    private static void read(EntryKey key, Exporter.LeftOut leftOut, Map<String, List<AclTuple>> groups) {
        try {
            var tuple = AclTuple.parse(key.address());
            if (tuple.marksRetiredTopic()) {
                leftOut.add(key.toString(), "it marks a retired topic", "a rule of one's own");
            } else if (!RESOURCE_TYPES.containsKey(tuple.resourceType())
                    || !PATTERNS.containsKey(tuple.patternType())) {
                leftOut.add(
                        key.toString(),
                        "its type of resource or pattern is not known",
                        String.join(
                                        ", ",
                                        RESOURCE_TYPES.values().stream()
                                                .sorted()
                                                .toList()) + "; literal or prefixed");
            } else {
                groups.computeIfAbsent(identity(key.target(), tuple), _ -> new ArrayList<>())
                        .add(tuple);
            }
        } catch (ProblemException e) {
            leftOut.add(key.toString(), e.problem().message(), e.problem().expected());
        }
    }

    private static String identity(String target, AclTuple tuple) {
        return target + " "
                + new AclTuple(
                                tuple.principal(),
                                tuple.host(),
                                "",
                                tuple.permission(),
                                tuple.resourceType(),
                                tuple.patternType(),
                                tuple.resourceName())
                        .address();
    }

    private static Draft draft(String identity, List<AclTuple> tuples) {
        var first = tuples.getFirst();
        var resource = new TreeMap<String, Value>();
        resource.put("type", Value.of(RESOURCE_TYPES.get(first.resourceType())));
        resource.put("name", Value.of(first.resourceName()));
        if (first.patternType().equals("PREFIXED")) {
            resource.put("pattern", Value.of("prefixed"));
        }
        var spec = new TreeMap<String, Value>();
        spec.put("principal", Value.of(first.principal()));
        if (!first.host().equals("*")) {
            spec.put("host", Value.of(first.host()));
        }
        if (first.permission().equals("DENY")) {
            spec.put("permission", Value.of("DENY"));
        }
        spec.put(
                "operations",
                Value.array(tuples.stream()
                        .map(AclTuple::operation)
                        .sorted()
                        .map(Value::of)
                        .toList()));
        spec.put("resource", Value.object(resource));
        return new Draft(AclKind.KIND, wish(first), identity, Value.object(spec), "acl " + identity);
    }

    /** {@code refund-service-topic-orders}: enough to find it; those that share it get a digest besides. */
    private static String wish(AclTuple tuple) {
        return tuple.principal().substring(tuple.principal().indexOf(':') + 1)
                + (tuple.permission().equals("DENY") ? "-deny" : "")
                + "-" + RESOURCE_TYPES.get(tuple.resourceType())
                + "-" + tuple.resourceName()
                + (tuple.patternType().equals("PREFIXED") ? "-prefixed" : "");
    }
}
