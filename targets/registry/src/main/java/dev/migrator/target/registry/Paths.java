package dev.migrator.target.registry;

import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.target.httpclient.PathSegment;

/** Paths of the API, version 3, with every name encoded as one segment. */
final class Paths {
    static final String GROUPS = "/groups";
    static final String GLOBAL_RULES = "/admin/rules";

    private Paths() {}

    static String group(String group) {
        return GROUPS + "/" + encoded(group);
    }

    static String groupRules(String group) {
        return group(group) + "/rules";
    }

    static String artifacts(String group) {
        return group(group) + "/artifacts";
    }

    static String artifact(ArtifactName name) {
        return artifacts(name.group()) + "/" + encoded(name.artifactId());
    }

    static String rules(ArtifactName name) {
        return artifact(name) + "/rules";
    }

    static String versions(ArtifactName name) {
        return artifact(name) + "/versions";
    }

    /** @throws IllegalArgumentException if the name has no version */
    static String version(ArtifactName name) {
        return versions(name)
                + "/"
                + encoded(name.version().orElseThrow(() -> new IllegalArgumentException(name + " has no version")));
    }

    /** @throws IllegalArgumentException if it is empty: a call on an artifact would become one on all of its group */
    static String encoded(String name) {
        return PathSegment.encoded(name);
    }
}
