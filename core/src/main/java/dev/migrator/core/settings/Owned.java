package dev.migrator.core.settings;

/**
 * Addresses of one kind.
 *
 * @param targetType type of the target that holds them, e.g. {@code kafka}
 * @param kind kind of the resources, e.g. {@code Topic}
 * @param text an address, or the beginning of some
 * @param prefix whether every address that begins so is meant
 */
public record Owned(String targetType, String kind, String text, boolean prefix) {
    static Owned of(String targetType, String kind, String pattern) {
        return pattern.endsWith("*")
                ? new Owned(targetType, kind, pattern.substring(0, pattern.length() - 1), true)
                : new Owned(targetType, kind, pattern, false);
    }

    public boolean covers(String address) {
        return prefix ? address.startsWith(text) : address.equals(text);
    }

    /** As in manifests: {@code orders.*} or {@code orders.events}. */
    public String pattern() {
        return prefix ? text + "*" : text;
    }

    @Override
    public String toString() {
        return kind + " " + pattern() + " in " + targetType;
    }
}
