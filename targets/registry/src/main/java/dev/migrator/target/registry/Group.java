package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.httpclient.Json;
import java.util.Optional;

/**
 * A group of artifacts as the registry describes it.
 *
 * @param createdOn when this life of it began, to the second: the registry gives groups no id of their own
 */
record Group(String id, String createdOn, Words words) {
    /** Empty when a field is missing that every group has. */
    static Optional<Group> from(Value.Obj described) {
        var id = Json.text(described, "groupId");
        var createdOn = Json.text(described, "createdOn");
        return id.isEmpty() || createdOn.isEmpty()
                ? Optional.empty()
                : Optional.of(new Group(id.get(), createdOn.get(), Words.of(described)));
    }

    boolean retired() {
        return words.labels().containsKey(Labels.RETIRED);
    }
}
