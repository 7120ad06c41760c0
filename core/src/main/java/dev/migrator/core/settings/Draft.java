package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A manifest on its way into one environment, which knows where each of its values was written. */
public final class Draft {
    private final Manifest manifest;
    private final Value.Obj value;
    private final List<Patch> patches;
    private final Map<String, Resource.Source> renamed;

    private Draft(Manifest manifest, Value.Obj value, List<Patch> patches, Map<String, Resource.Source> renamed) {
        this.manifest = manifest;
        this.value = value;
        this.patches = List.copyOf(patches);
        this.renamed = Map.copyOf(renamed);
    }

    static Draft of(Manifest manifest, List<Patch> patches) {
        var patched = manifest.value();
        for (var patch : patches) {
            patched = MergePatch.apply(patched, patch.merge());
        }
        return new Draft(manifest, patched, patches, Map.of());
    }

    Draft with(Value.Obj another) {
        return new Draft(manifest, another, patches, renamed);
    }

    Draft withSpec(Value.Obj spec, Map<String, Resource.Source> places) {
        return new Draft(manifest, MergePatch.with(value, "spec", spec), patches, places);
    }

    /** Something that is wrong with it, and the place to correct that. */
    public record Trouble(Problem problem, String pointer, Resource.Source place) {}

    Trouble trouble(String pointer, Problem problem) {
        return new Trouble(problem, pointer, placeOf(pointer));
    }

    public Value.Obj value() {
        return value;
    }

    /** As in its file: no patch, no variable, no rule touched it. */
    public boolean isAsWritten() {
        return value == manifest.value();
    }

    /** Where the value at a JSON pointer comes from: a mapping rule, the last patch that gave it, or the manifest. */
    public Resource.Source placeOf(String pointer) {
        var rule = renamed.get(pointer);
        if (rule != null) {
            return rule;
        }
        return patches.reversed().stream()
                .map(patch -> patch.placeOf(pointer))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> manifest.places().apply(pointer));
    }
}
