package dev.migrator.kit.testkit;

import dev.migrator.kit.avro.RegistryUnavailable;
import dev.migrator.kit.avro.SchemaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A schema registry in memory that can go away and come back. */
public final class MemorySchemas implements SchemaSource {
    private final List<String> schemas = new ArrayList<>();
    private boolean away;

    public synchronized void goAway() {
        away = true;
    }

    public synchronized void comeBack() {
        away = false;
    }

    @Override
    public synchronized int register(Schema schema) {
        answer("register");
        var text = schema.toString();
        if (!schemas.contains(text)) {
            schemas.add(text);
        }
        return schemas.indexOf(text) + 1;
    }

    @Override
    public synchronized Optional<String> find(int id) {
        answer("find");
        return id > 0 && id <= schemas.size() ? Optional.of(schemas.get(id - 1)) : Optional.empty();
    }

    private void answer(String doing) {
        if (away) {
            throw new RegistryUnavailable(doing, "away", null);
        }
    }
}
