package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which manifests a patch is for: all that it says has to hold. Looks at manifests as they are written, so that no patch
 * changes what another one selects.
 *
 * @param name logical name, in which {@code *} stands for any text
 */
record Selection(Optional<String> kind, Optional<String> name, SortedMap<String, String> labels) {
    Selection {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    boolean isEmpty() {
        return kind.isEmpty() && name.isEmpty() && labels.isEmpty();
    }

    boolean hasExactName() {
        return name.filter(text -> !text.contains("*")).isPresent();
    }

    /** The name up to its first {@code *}. */
    String beginning() {
        return name.map(text -> text.contains("*") ? text.substring(0, text.indexOf('*')) : text)
                .orElse("");
    }

    boolean selectsKind(String other) {
        return kind.isEmpty() || kind.get().equals(other);
    }

    /** Without going back more than once for each {@code *}: the time is bounded by the product of both lengths. */
    boolean selectsName(String other) {
        if (name.isEmpty()) {
            return true;
        }
        var pattern = name.get();
        int p = 0;
        int o = 0;
        int star = -1;
        int mark = 0;
        while (o < other.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = o;
            } else if (p < pattern.length() && pattern.charAt(p) == other.charAt(o)) {
                p++;
                o++;
            } else if (star >= 0) {
                p = star + 1;
                o = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    boolean selectsLabels(Value written) {
        return labels.isEmpty()
                || written instanceof Value.Obj there
                        && labels.entrySet().stream()
                                .allMatch(label -> there.get(label.getKey()).equals(Value.of(label.getValue())));
    }

    /** As in an overlay, for people. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        kind.ifPresent(it -> text.append("kind ").append(it));
        name.ifPresent(
                it -> text.append(text.isEmpty() ? "" : ", ").append("name ").append(it));
        labels.forEach((label, value) -> text.append(text.isEmpty() ? "" : ", ")
                .append(label)
                .append('=')
                .append(value));
        return text.toString();
    }
}
