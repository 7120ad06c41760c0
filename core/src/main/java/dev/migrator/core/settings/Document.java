package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Resource;
import java.util.function.Function;

/**
 * A settings document of the right shape, and where its parts stand.
 *
 * @param places file and line by JSON pointer; a part that is missing stands where the nearest part around it does
 */
public record Document(Value.Obj manifest, Function<String, Resource.Source> places) {
    String kind() {
        return ((Value.Text) manifest.get("kind")).value();
    }

    String name() {
        return ((Value.Text) ((Value.Obj) manifest.get("metadata")).get("name")).value();
    }

    String title() {
        return kind() + "/" + name();
    }

    Value.Obj spec() {
        return (Value.Obj) manifest.get("spec");
    }

    Resource.Source place(String pointer) {
        return places.apply(pointer);
    }

    /** The problem at that place; it is about the document's part unless it says what it is about. */
    Finding error(String pointer, Problem problem) {
        var about = problem.thing().isEmpty()
                ? problem.about(pointer.isEmpty() ? title() : title() + ", " + Notes.path(pointer))
                : problem;
        var place = place(pointer);
        return new Finding(Severity.ERROR, about, place.file(), place.line());
    }
}
