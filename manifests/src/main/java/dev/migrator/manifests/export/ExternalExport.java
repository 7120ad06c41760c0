package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Entries of in-house systems, with every field that they have: which of them inherit something, nobody can tell here. */
final class ExternalExport {
    private ExternalExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present, Exporter.LeftOut leftOut) {
        var drafts = new ArrayList<Draft>();
        present.forEach((key, state) -> {
            if (key.kind().equals(ExternalKind.ENTRY)) {
                try {
                    drafts.add(draft(key, ExternalAddress.parse(key.address()), state));
                } catch (ProblemException e) {
                    leftOut.add(
                            key.toString(), e.problem().message(), e.problem().expected());
                }
            }
        });
        return drafts;
    }

    private static Draft draft(EntryKey key, ExternalAddress name, EntryState.Present state) {
        var spec = Value.object(
                ExternalKind.TYPE,
                Value.of(name.type()),
                "address",
                Value.of(name.address()),
                ExternalKind.FIELDS,
                state.content().toValue());
        return new Draft(ExternalKind.KIND, name.address(), key.toString(), spec, key.toString());
    }
}
