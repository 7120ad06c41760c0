package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.plan.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a plan itself makes and changes, which the registry does not know yet when it is asked. */
final class PlannedSchemas {
    private record Name(String kind, String address) {}

    private final Map<Name, Integer> created = new HashMap<>();
    /** Fields that the plan sets. */
    private final Map<Name, Content> fields = new HashMap<>();
    /** By address of the artifact. */
    private final Map<String, Integer> firstVersions = new HashMap<>();

    private final Set<Name> removed = new HashSet<>();
    private final Map<Name, Integer> places = new HashMap<>();

    PlannedSchemas(List<Operation> operations) {
        for (int i = 0; i < operations.size(); i++) {
            add(operations.get(i), i);
        }
    }

    private void add(Operation operation, int place) {
        var name = name(operation);
        places.put(name, place);
        switch (operation) {
            case Operation.Create(var key, var after) -> {
                created.put(name, place);
                fields.put(name, after);
                if (key.kind().equals(Fields.VERSION)) {
                    firstVersions.merge(artifactOf(key.address()), place, Math::min);
                }
            }
            case Operation.Update(var _, var _, var after) -> fields.put(name, after);
            case Operation.Delete _ -> removed.add(name);
        }
    }

    private static Name name(Operation operation) {
        return new Name(operation.key().kind(), operation.key().address());
    }

    private static String artifactOf(String version) {
        int at = version.indexOf('@');
        return at < 0 ? version : version.substring(0, at);
    }

    /** Whether that artifact is made before the given operation. */
    boolean makesArtifact(String address, Operation before) {
        return makes(new Name(Fields.ARTIFACT, address), before);
    }

    /** Whether that version is made before the given operation. */
    boolean makesVersion(String address, Operation before) {
        return makes(new Name(Fields.VERSION, address), before);
    }

    private boolean makes(Name name, Operation before) {
        return created.getOrDefault(name, Integer.MAX_VALUE) < place(before);
    }

    boolean removesVersion(String address) {
        return removed.contains(new Name(Fields.VERSION, address));
    }

    /** Whether another version of the same artifact is made before the given one. */
    boolean makesVersionBefore(Operation version) {
        return firstVersions.getOrDefault(artifactOf(version.key().address()), Integer.MAX_VALUE) < place(version);
    }

    /** What the plan sets of that artifact; empty if it leaves it alone. */
    Content ofArtifact(String address) {
        return fields.getOrDefault(new Name(Fields.ARTIFACT, address), Content.EMPTY);
    }

    /** What the plan sets of that group; empty if it leaves it alone. */
    Content ofGroup(String group) {
        return fields.getOrDefault(new Name(Fields.GROUP, SchemaGroupKind.address(group)), Content.EMPTY);
    }

    /** The value that a rule of the whole registry will have, given the one it has. */
    Optional<String> globalRule(String type, Optional<String> there) {
        var name = new Name(Fields.GLOBAL_RULE, type);
        if (removed.contains(name)) {
            return Optional.empty();
        }
        if (!fields.containsKey(name)) {
            return there;
        }
        return fields.get(name).get(Fields.CONFIG) instanceof Value.Text(var value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private int place(Operation operation) {
        return places.getOrDefault(name(operation), Integer.MAX_VALUE);
    }
}
