package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what a patch selects without looking at every manifest: by kind and name, else by the rarest label. */
final class SelectionIndex {
    private record Label(String name, String value) {}

    private final List<Manifest> manifests;
    private final Map<String, NavigableMap<String, List<Integer>>> byKind = new TreeMap<>();
    private final Map<Label, List<Integer>> byLabel = new HashMap<>();
    private long looks;

    SelectionIndex(List<Manifest> manifests) {
        this.manifests = manifests;
        for (int i = 0; i < manifests.size(); i++) {
            var manifest = manifests.get(i);
            int index = i;
            byKind.computeIfAbsent(manifest.kind(), _ -> new TreeMap<>())
                    .computeIfAbsent(manifest.name(), _ -> new ArrayList<>(1))
                    .add(index);
            if (manifest.labels() instanceof Value.Obj(var labels)) {
                labels.forEach((name, value) -> byLabel.computeIfAbsent(
                                new Label(name, Scalars.text(value)), _ -> new ArrayList<>())
                        .add(index));
            }
        }
    }

    /** Manifests looked at so far, selected or not. */
    long looks() {
        return looks;
    }

    /** Places in the list of manifests, ascending. */
    List<Integer> find(Selection selection) {
        var found = new TreeSet<Integer>();
        candidates(selection).forEach(index -> {
            looks++;
            var manifest = manifests.get(index);
            if (selection.selectsKind(manifest.kind())
                    && selection.selectsName(manifest.name())
                    && selection.selectsLabels(manifest.labels())) {
                found.add(index);
            }
        });
        return List.copyOf(found);
    }

    private Stream<Integer> candidates(Selection selection) {
        var rarest = selection.labels().entrySet().stream()
                .map(label -> byLabel.getOrDefault(new Label(label.getKey(), label.getValue()), List.of()))
                .min(Comparator.comparingInt(List::size));
        if (rarest.isPresent() && !selection.hasExactName()) {
            return rarest.get().stream();
        }
        var kinds = selection
                .kind()
                .map(kind -> Stream.of(byKind.getOrDefault(kind, new TreeMap<>())))
                .orElseGet(() -> byKind.values().stream());
        return kinds.flatMap(names -> (selection.hasExactName()
                        ? Stream.of(names.getOrDefault(selection.beginning(), List.of()))
                        : startingWith(names, selection.beginning()))
                .flatMap(List::stream));
    }

    private static Stream<List<Integer>> startingWith(NavigableMap<String, List<Integer>> names, String beginning) {
        return names.subMap(beginning, true, beginning + Character.MAX_VALUE, true).values().stream();
    }
}
