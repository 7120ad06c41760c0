package dev.migrator.kit.avro;

import java.util.Optional;
import org.apache.avro.Schema;

/** Where schemas get their ids. Thread-safe; every call blocks and is bounded. */
public interface SchemaSource {
    /**
     * The id of that schema, registered under its full name if it is not yet.
     *
     * @throws RegistryUnavailable if there is no answer
     */
    int register(Schema schema);

    /**
     * The text of the schema with that id, empty if the registry answers that it has none.
     *
     * @throws RegistryUnavailable if there is no answer
     */
    Optional<String> find(int id);
}
