package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PlanCodec;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Snapshots as people and their tools are shown them. */
public final class SnapshotJson {
    private SnapshotJson() {}

    /** A manifest without its list of chunks. */
    public static Value.Obj summary(String id, Manifest manifest) {
        var fields = new TreeMap<>(ManifestCodec.toValue(manifest).fields());
        fields.keySet().removeAll(java.util.Set.of("format", "chunks"));
        fields.put("id", Value.of(id));
        fields.put("chunks", Value.of(manifest.contents().chunks().size()));
        fields.put("bytes", Value.of(manifest.contents().bytes()));
        fields.put("complete", Value.of(isComplete(manifest)));
        return Value.object(fields);
    }

    private static boolean isComplete(Manifest manifest) {
        return switch (manifest.covers()) {
            case Coverage.OfPlan _ -> true;
            case Coverage.OfTargets targets -> targets.isComplete();
        };
    }

    /** Of each target that both were read of, ascending: which system it was, and where it was when. */
    public static Value sources(Manifest before, Manifest after) {
        var targets = new TreeSet<>(before.sources().keySet());
        targets.retainAll(after.sources().keySet());
        return Value.array(targets.stream()
                .map(target -> Value.object(
                        "target", Value.of(target), "before", source(before, target), "after", source(after, target)))
                .toList());
    }

    private static Value.Obj source(Manifest manifest, String target) {
        return Value.object(
                "identity",
                Value.of(manifest.sources().get(target)),
                "reading",
                Optional.ofNullable(manifest.readings().get(target))
                        .<Value>map(ManifestCodec::reading)
                        .orElse(Value.NULL));
    }

    public static Value.Obj difference(EntryDifference difference) {
        return Value.object(
                "key", PlanCodec.key(difference.key()),
                "change", Value.of(difference.change().name()),
                "fields",
                        Value.array(difference.fields().stream().map(Value::of).toList()),
                "before", state(difference.before()),
                "after", state(difference.after()));
    }

    /** Null where nothing is known. */
    public static Value state(Optional<EntryState> state) {
        return state.<Value>map(EntryLines::state).orElse(Value.NULL);
    }

    /**
     * Whether an entry is one that somebody looks for.
     *
     * @param text anywhere in its line, in any case
     */
    public static boolean mentions(SnapshotEntry entry, String text) {
        return CanonicalJson.text(EntryLines.toValue(entry))
                .toLowerCase(Locale.ROOT)
                .contains(text.toLowerCase(Locale.ROOT));
    }
}
