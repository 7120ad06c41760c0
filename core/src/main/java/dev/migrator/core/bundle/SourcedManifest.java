package dev.migrator.core.bundle;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Resource;
import java.util.Map;

/**
 * A manifest as read, with where it stands.
 *
 * @param file path as given, empty when it is no file
 * @param line where the manifest begins, from 1; 0 when unknown
 * @param linesByJsonPointer line of a place in it, by RFC 6901 pointer; places that are missing count as the nearest
 *     place around them
 */
public record SourcedManifest(Value.Obj manifest, String file, int line, Map<String, Integer> linesByJsonPointer) {
    public SourcedManifest {
        linesByJsonPointer = Map.copyOf(linesByJsonPointer);
    }

    public static SourcedManifest unknown(Value.Obj manifest) {
        return new SourcedManifest(manifest, "", 0, Map.of());
    }

    /** File and line of a place. */
    Resource.Source place(String pointer) {
        return new Resource.Source(file, lineOf(pointer));
    }

    int lineOf(String pointer) {
        for (var place = pointer; !place.isEmpty(); place = place.substring(0, place.lastIndexOf('/'))) {
            var found = linesByJsonPointer.get(place);
            if (found != null) {
                return found;
            }
        }
        return linesByJsonPointer.getOrDefault("", line);
    }
}
