package dev.migrator.core.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which resources of a bundle: those that carry all of these labels. Written {@code tier=canary,team=shop}.
 *
 * @param labels from 1 to {@value #MAX_LABELS}
 */
public record LabelSelector(SortedMap<String, String> labels) {
    public static final int MAX_LABELS = 16;
    /** For people, where something else was found. */
    public static final String FORM = "labels, as in tier=canary,team=shop; at most " + MAX_LABELS;

    /** As labels of manifests; a comma would end the pair. */
    private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9._/-]{1,63})=([^,=\\p{Cntrl}]{1,63})");

    public LabelSelector {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        if (labels.isEmpty() || labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException(labels.size() + " labels");
        }
    }

    /** @throws IllegalArgumentException if the text is none of {@link #FORM}, or names a label twice */
    public static LabelSelector parse(String text) {
        var labels = new TreeMap<String, String>();
        for (var pair : text.split(",", -1)) {
            var parts = PAIR.matcher(pair.strip());
            if (!parts.matches() || labels.put(parts.group(1), parts.group(2)) != null) {
                throw new IllegalArgumentException(pair);
            }
        }
        return new LabelSelector(labels);
    }

    public boolean selects(Resource resource) {
        return resource.labels().entrySet().containsAll(labels.entrySet());
    }

    /** The form that {@link #parse} reads, ascending by label: the same selection is the same text. */
    @Override
    public String toString() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
