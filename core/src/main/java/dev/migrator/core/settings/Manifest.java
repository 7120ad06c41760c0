package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Resource;
import java.util.function.Function;

/**
 * A resource's manifest as written, before any environment.
 *
 * @param kind empty when it is none
 * @param name empty when it is none
 * @param places file and line by JSON pointer
 * @param plain whether no text in it stands for something else
 */
public record Manifest(
        Value.Obj value, String kind, String name, Function<String, Resource.Source> places, boolean plain) {
    Value labels() {
        return value.get("metadata") instanceof Value.Obj metadata ? metadata.get("labels") : Value.NULL;
    }
}
