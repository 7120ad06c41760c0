package dev.migrator.core.kinds;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What else is in the bundle, for finding what a resource refers to. */
public final class Neighbours {
    private record Name(String kind, String name) {}

    private final Map<Name, List<Resource>> byName = new HashMap<>();
    private final NavigableMap<EntryKey, DesiredEntry> entries = new TreeMap<>();
    private final TargetNames targetNames;

    Neighbours(Collection<Resource> resources, Collection<DesiredEntry> desired, TargetNames targetNames) {
        resources.forEach(
                resource -> byName.computeIfAbsent(new Name(resource.kind(), resource.name()), _ -> new ArrayList<>(1))
                        .add(resource));
        desired.forEach(entry -> entries.put(entry.key(), entry));
        this.targetNames = targetNames;
    }

    /** Resources by name alone, without the entries that they become. */
    public static Neighbours named(Collection<Resource> resources) {
        return new Neighbours(resources, List.of(), (_, _) -> Optional.empty());
    }

    /** The resource of that logical name: the project's own, else the only one among the other projects. */
    public Optional<Resource> find(String kind, String name, String project) {
        var found = byName.getOrDefault(new Name(kind, name), List.of());
        return found.stream()
                .filter(resource -> resource.project().equals(project))
                .findFirst()
                .or(() -> found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty());
    }

    /** Logical names of a kind, ascending. */
    public List<String> names(String kind) {
        return byName.keySet().stream()
                .filter(name -> name.kind().equals(kind))
                .map(Name::name)
                .sorted()
                .toList();
    }

    public Optional<DesiredEntry> entry(EntryKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Desired entries of one target and kind whose address starts with {@code prefix}, ascending. */
    public Collection<DesiredEntry> startingWith(String target, String kind, String prefix) {
        var from = new EntryKey(target, kind, prefix);
        var to = new EntryKey(target, kind, prefix + Character.MAX_VALUE);
        return entries.subMap(from, true, to, true).values();
    }

    /** The only target of that type, empty where there are none or several. */
    Optional<String> target(String type) {
        return targetNames.of(type, Optional.empty());
    }

    /** The target of that type on which a resource is looked at. */
    Optional<String> target(String type, Resource resource) {
        return targetNames.of(type, resource.target());
    }
}
