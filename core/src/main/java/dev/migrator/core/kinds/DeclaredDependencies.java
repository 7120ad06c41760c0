package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What resources say that they depend on: {@code metadata.dependsOn}, for what no kind can find by itself. */
final class DeclaredDependencies {
    private static final String PLACE = "/metadata/dependsOn";

    private final Map<Resource, List<EntryKey>> keys = new HashMap<>();

    DeclaredDependencies(Collection<DesiredEntry> entries) {
        entries.forEach(entry ->
                keys.computeIfAbsent(entry.resource(), _ -> new ArrayList<>(1)).add(entry.key()));
    }

    /** All entries of the resources that it names. Notes names that stand for nothing. */
    SortedSet<EntryKey> of(Resource resource, Neighbours around, Notes notes) {
        var needed = new TreeSet<EntryKey>();
        var titles = resource.dependsOn();
        for (int i = 0; i < titles.size(); i++) {
            var title = titles.get(i);
            var place = Notes.under(PLACE, String.valueOf(i));
            find(title, resource, around)
                    .ifPresentOrElse(
                            other -> needed.addAll(keysOf(other, resource, place, notes)),
                            () -> notes.error(place, missing(title, around)));
        }
        return needed;
    }

    private static Optional<Resource> find(String title, Resource from, Neighbours around) {
        int slash = title.indexOf('/');
        return around.find(title.substring(0, slash), title.substring(slash + 1), from.project());
    }

    private List<EntryKey> keysOf(Resource other, Resource from, String place, Notes notes) {
        if (other.absent() && !from.absent()) {
            notes.error(
                    place,
                    Problem.of("BND-DEPENDS-ON-ABSENT", "a resource depends on one that the bundle asks to be gone")
                            .expected("a resource that stays")
                            .found(other.title() + " with state: absent"));
            return List.of();
        }
        return keys.getOrDefault(other, List.of());
    }

    private static Problem missing(String title, Neighbours around) {
        var kind = title.substring(0, title.indexOf('/'));
        return Problem.of("BND-DEPENDS-ON", "a resource depends on one that is not in the bundle")
                .expected("Kind/name of a resource of the bundle")
                .found(title)
                .todo(Nearest.advice(title.substring(kind.length() + 1), around.names(kind)));
    }
}
