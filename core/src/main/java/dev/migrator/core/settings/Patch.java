package dev.migrator.core.settings;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Resource;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A change to the manifests that it selects.
 *
 * @param merge JSON merge patch of a whole manifest; speaks of {@code spec}, {@code state} and labels alone
 * @param size characters of the change in canonical form
 * @param document the overlay it stands in
 * @param pointer of the patch in the overlay
 */
record Patch(Selection select, Value.Obj merge, int size, Document document, String pointer) {
    /** @param written {@code spec}, {@code labels} and {@code state} as the overlay has them */
    static Patch of(Selection select, Value.Obj written, Document document, String pointer) {
        var merge = new TreeMap<>(written.fields());
        var labels = merge.remove("labels");
        if (labels != null) {
            merge.put("metadata", Value.object("labels", labels));
        }
        var whole = Value.object(merge);
        return new Patch(select, whole, CanonicalJson.text(whole).length(), document, pointer);
    }

    /** Where the overlay gives the manifest's part its value; empty when it does not. */
    Optional<Resource.Source> placeOf(String manifestPointer) {
        Value at = merge;
        for (var step :
                manifestPointer.substring(Math.min(1, manifestPointer.length())).split("/", -1)) {
            if (!(at instanceof Value.Obj(var fields))) {
                break;
            }
            at = fields.get(step.replace("~1", "/").replace("~0", "~"));
            if (at == null) {
                return Optional.empty();
            }
        }
        // an object is only partly given by the patch: what is wrong with it as a whole stands in the manifest
        return at instanceof Value.Obj
                ? Optional.empty()
                : Optional.of(document.place(
                        Notes.under(pointer, "patch") + manifestPointer.replaceFirst("^/metadata/labels", "/labels")));
    }
}
