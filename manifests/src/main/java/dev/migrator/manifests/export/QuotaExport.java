package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.QuotaEntity;
import dev.migrator.core.kinds.QuotaKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Client quotas with the limits that manifests know. */
final class QuotaExport {
    private QuotaExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present, Exporter.LeftOut leftOut) {
        var drafts = new ArrayList<Draft>();
        present.forEach((key, state) -> {
            if (key.kind().equals(QuotaKind.ENTRY)) {
                read(key, state, leftOut).ifPresent(drafts::add);
            }
        });
        return drafts;
    }

    private static Optional<Draft> read(EntryKey key, EntryState.Present state, Exporter.LeftOut leftOut) {
        try {
            var entity = QuotaEntity.parse(key.address());
            var limits = new TreeMap<>(state.content().fields());
            limits.keySet().retainAll(QuotaKind.limits());
            limits.values().removeIf(Value::isNull);
            var spec = Value.object("entity", entity(entity), "limits", Value.object(limits));
            return Optional.of(new Draft(QuotaKind.KIND, wish(entity), key.toString(), spec, key.toString()));
        } catch (ProblemException e) {
            leftOut.add(key.toString(), e.problem().message(), e.problem().expected());
            return Optional.empty();
        }
    }

    private static Value.Obj entity(QuotaEntity entity) {
        var parts = new TreeMap<String, Value>();
        put(parts, "user", entity.user());
        put(parts, "clientId", entity.clientId());
        put(parts, "ip", entity.ip());
        return Value.object(parts);
    }

    private static void put(TreeMap<String, Value> parts, String part, Optional<QuotaEntity.Name> name) {
        name.ifPresent(one -> {
            switch (one) {
                case QuotaEntity.Name.Of(var text) -> parts.put(part, Value.of(text));
                case QuotaEntity.Name.Default _ -> parts.put(part + "Default", Value.of(true));
            }
        });
    }

    /** {@code refund-batch} for a user and a client id. */
    private static String wish(QuotaEntity entity) {
        var names = new ArrayList<String>();
        entity.user().ifPresent(name -> names.add(shown(name, "user")));
        entity.clientId().ifPresent(name -> names.add(shown(name, "client-id")));
        entity.ip().ifPresent(name -> names.add(shown(name, "ip")));
        return String.join("-", names);
    }

    private static String shown(QuotaEntity.Name name, String type) {
        return switch (name) {
            case QuotaEntity.Name.Of(var text) -> text;
            case QuotaEntity.Name.Default _ -> type + "-default";
        };
    }
}
