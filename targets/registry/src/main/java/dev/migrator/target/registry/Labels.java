package dev.migrator.target.registry;

import java.util.Map;
import java.util.TreeMap;

/** What we write down in the registry itself, beside the labels of others. */
final class Labels {
    /** On a group, artifact or version: it is out of use, or its creation has not been completed. */
    static final String RETIRED = "migrator-retired";

    /** Value of {@link #RETIRED} until a creation that takes several calls is complete. */
    static final String INCOMPLETE = "incomplete";

    /**
     * On an artifact or version: it had been out of use before, so it may be known to somebody and is never deleted
     * when the migration that took it into use again is undone.
     */
    static final String REUSED = "migrator-reused";

    /** On a version that is out of use: the state it had, when that was another than {@code ENABLED}. */
    static final String RETIRED_FROM = "migrator-retired-from";

    private Labels() {}

    /** The creation of what has these labels was never completed. */
    static boolean neverInUse(Map<String, String> labels) {
        return INCOMPLETE.equals(labels.get(RETIRED));
    }

    /** As they are once it is in use again. */
    static TreeMap<String, String> inUse(Map<String, String> labels) {
        var used = without(labels, RETIRED);
        if (!neverInUse(labels)) {
            used.put(REUSED, "true");
        }
        return used;
    }

    static TreeMap<String, String> with(Map<String, String> labels, String name, String value) {
        var changed = new TreeMap<>(labels);
        changed.put(name, value);
        return changed;
    }

    static TreeMap<String, String> without(Map<String, String> labels, String name) {
        var changed = new TreeMap<>(labels);
        changed.remove(name);
        return changed;
    }
}
