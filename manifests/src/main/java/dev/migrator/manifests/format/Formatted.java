package dev.migrator.manifests.format;

import dev.migrator.core.error.Finding;
import java.util.List;

/** What became of the text of one file. */
public sealed interface Formatted {
    /** @param text in canonical layout, the same as before when nothing had to change */
    record Canonical(String text) implements Formatted {}

    /** Not one of manifests, so it is none of our business. */
    record NoManifests() implements Formatted {}

    /** It stays as it is. */
    record Refused(List<Finding> findings) implements Formatted {}
}
