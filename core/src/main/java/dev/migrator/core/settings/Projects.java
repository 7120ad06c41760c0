package dev.migrator.core.settings;

import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The declared projects of a bundle, and which of them owns an address. */
public final class Projects {
    public static final Projects NONE = new Projects(List.of());

    /** Two projects that claim one address. */
    public record Overlap(Project first, Owned firstOwned, Project second, Owned secondOwned) {}

    private record Pattern(String targetType, String kind, String text, boolean prefix) {}

    private record Claim(Project project, Owned owned) {}

    private final SortedMap<String, Project> byName = new TreeMap<>();
    private final Map<Pattern, Claim> claims = new HashMap<>();
    private final NavigableSet<Integer> prefixLengths = new TreeSet<>();
    private final List<Overlap> overlaps = new ArrayList<>();

    public Projects(List<Project> projects) {
        projects.stream()
                .sorted(Comparator.comparing(Project::name))
                .forEach(project -> byName.putIfAbsent(project.name(), project));
        byName.values().forEach(project -> project.owns().forEach(owned -> claim(project, owned)));
        byName.values().forEach(project -> project.owns().forEach(owned -> overlap(project, owned)));
    }

    private void claim(Project project, Owned owned) {
        if (owned.prefix()) {
            prefixLengths.add(owned.text().length());
        }
        var same = claims.putIfAbsent(pattern(owned, owned.text(), owned.prefix()), new Claim(project, owned));
        if (same != null && !same.project().equals(project)) {
            overlaps.add(new Overlap(same.project(), same.owned(), project, owned));
        }
    }

    /** Patterns meet when one begins as all of the other does. */
    private void overlap(Project project, Owned owned) {
        for (int length : prefixLengths.headSet(owned.text().length(), true)) {
            if (length == owned.text().length() && owned.prefix()) {
                return; // the pattern itself
            }
            var wider = claims.get(pattern(owned, owned.text().substring(0, length), true));
            if (wider != null && !wider.project().equals(project)) {
                overlaps.add(new Overlap(wider.project(), wider.owned(), project, owned));
            }
        }
    }

    private static Pattern pattern(Owned owned, String text, boolean prefix) {
        return new Pattern(owned.targetType(), owned.kind(), text, prefix);
    }

    /** In the order of the projects' names. */
    public List<Overlap> overlaps() {
        return Collections.unmodifiableList(overlaps);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Ascending by name. */
    public List<Project> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Project> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Names of those whose entries are deleted once nothing asks for them any more, ascending. */
    public SortedSet<String> pruning() {
        return byName.values().stream()
                .filter(Project::pruning)
                .map(Project::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The project that owns an entry, of whatever kind. */
    public Optional<Project> ownerOf(Kinds kinds, EntryKey key) {
        var rules = kinds.ofEntry(key.kind());
        return ownerOf(rules.targetType(), rules.kind(), rules.ownedName(key));
    }

    /**
     * The project whose pattern covers an address; with overlapping claims, which are errors, one of them.
     *
     * @param targetType e.g. {@code kafka}
     * @param kind of resources, e.g. {@code Topic}
     * @param address a topic's name, {@code group/artifactId} of a schema, the principal of an ACL
     */
    public Optional<Project> ownerOf(String targetType, String kind, String address) {
        var exact = claims.get(new Pattern(targetType, kind, address, false));
        if (exact != null) {
            return Optional.of(exact.project());
        }
        for (int length : prefixLengths.headSet(address.length(), true).descendingSet()) {
            var wider = claims.get(new Pattern(targetType, kind, address.substring(0, length), true));
            if (wider != null) {
                return Optional.of(wider.project());
            }
        }
        return Optional.empty();
    }
}
