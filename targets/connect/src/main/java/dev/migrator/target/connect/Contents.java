package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.kinds.ConnectorSecrets;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Connectors as entries: what is a secret is not shown, and what is ours is left out. */
final class Contents {
    private static final Set<String> OTHER_FIELDS = Set.of("name", "connector.class");

    private final DeclaredSecrets declared;

    Contents(ConnectApi api) {
        this.declared = new DeclaredSecrets(api);
    }

    EntryState state(Optional<Found> found, Optional<String> offsets) throws TargetException {
        if (found.isEmpty()) {
            return EntryState.ABSENT;
        }
        var content = content(found.get(), offsets);
        return found.get().isRetired() ? new EntryState.Retired(content, "") : new EntryState.Present(content, "");
    }

    private Content content(Found found, Optional<String> offsets) throws TargetException {
        var fields = new TreeMap<String, Value>();
        var secrets = declared.of(found.type());
        fields.put(ConnectorKind.CLASS, Value.of(found.type()));
        found.config().forEach((setting, value) -> {
            if (!OTHER_FIELDS.contains(setting) && !setting.startsWith(Marks.OWN)) {
                boolean hidden = ConnectorSecrets.givesAway(setting, value, secrets.contains(setting));
                fields.put(ConnectorKind.CONFIG + setting, Value.of(hidden ? ConnectorSecrets.HIDDEN : value));
            }
        });
        found.run().ifPresent(run -> fields.put(ConnectorKind.RUN, Value.of(run.name())));
        offsets.ifPresent(text -> fields.put(ConnectorKind.OFFSETS, Value.of(text)));
        return Content.of(fields);
    }

    /** What must not be told of a connector: the values that its content does not show. */
    Set<String> hidden(Found found) throws TargetException {
        var secrets = declared.of(found.type());
        var values = new TreeSet<String>();
        found.config().forEach((setting, value) -> {
            if (ConnectorSecrets.givesAway(setting, value, secrets.contains(setting))) {
                values.add(value);
            }
        });
        return values;
    }
}
