package dev.migrator.target.registry;

import dev.migrator.core.model.Content;
import dev.migrator.core.plan.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plan itself makes and changes, which the registry does not know yet when it is asked. */
final class PlannedSchemas {
    private final Map<String, Integer> created = new HashMap<>();
    /** By address of the artifact, its fields that the plan sets. */
    private final Map<String, Content> artifacts = new HashMap<>();

    private final Map<String, Integer> firstVersions = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();

    PlannedSchemas(List<Operation> operations) {
        for (int i = 0; i < operations.size(); i++) {
            add(operations.get(i), i);
        }
    }

    private void add(Operation operation, int place) {
        var address = operation.key().address();
        places.put(operation.key().kind() + " " + address, place);
        switch (operation) {
            case Operation.Create(var key, var after) -> {
                created.put(address, place);
                if (key.kind().equals(Fields.ARTIFACT)) {
                    artifacts.put(address, after);
                } else {
                    firstVersions.merge(artifactOf(address), place, Math::min);
                }
            }
            case Operation.Update(var _, var _, var after) -> artifacts.put(address, after);
            case Operation.Delete _ -> removed.add(address);
        }
    }

    private static String artifactOf(String version) {
        int at = version.indexOf('@');
        return at < 0 ? version : version.substring(0, at);
    }

    /** Whether that artifact or version is made before the given operation. */
    boolean makes(String address, Operation before) {
        return created.getOrDefault(address, Integer.MAX_VALUE) < place(before);
    }

    boolean removes(String address) {
        return removed.contains(address);
    }

    /** Whether another version of the same artifact is made before the given one. */
    boolean makesVersionBefore(Operation version) {
        return firstVersions.getOrDefault(artifactOf(version.key().address()), Integer.MAX_VALUE) < place(version);
    }

    /** What the plan sets of that artifact; empty if it leaves it alone. */
    Content fieldsOf(String artifact) {
        return artifacts.getOrDefault(artifact, Content.EMPTY);
    }

    private int place(Operation operation) {
        return places.getOrDefault(
                operation.key().kind() + " " + operation.key().address(), Integer.MAX_VALUE);
    }
}
