package dev.migrator.core.kinds;

import java.util.Locale;

/** How an action does what it does. Each needs a target of its own type, so that an environment says where actions may go. */
public enum ActionType {
    HTTP,
    SQL,
    KAFKA;

    /** As in manifests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Type of the target, as in {@code environments.yaml}. */
    public String targetType() {
        return word() + "-actions";
    }

    /** @throws IllegalArgumentException for another word */
    static ActionType of(String word) {
        for (var type : values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of action: " + word);
    }
}
