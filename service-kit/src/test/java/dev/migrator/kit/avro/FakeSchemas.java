package dev.migrator.kit.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry in memory that can go away and come back. Held to the same tests as the real one by {@code WireTest}. */
public final class FakeSchemas implements SchemaSource {
    private final List<String> schemas = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean away;

    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    public int asked() {
        return asked.get();
    }

    @Override
    public synchronized int register(Schema schema) {
        answer("register");
        if (!schemas.contains(schema.toString())) {
            schemas.add(schema.toString());
        }
        return schemas.indexOf(schema.toString()) + 1;
    }

    @Override
    public synchronized Optional<String> find(int id) {
        answer("find");
        return id > 0 && id <= schemas.size() ? Optional.of(schemas.get(id - 1)) : Optional.empty();
    }

    private void answer(String doing) {
        asked.incrementAndGet();
        if (away) {
            throw new RegistryUnavailable(doing, "away", null);
        }
    }
}
