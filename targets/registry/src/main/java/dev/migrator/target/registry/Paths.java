package dev.migrator.target.registry;

import dev.migrator.core.kinds.ArtifactName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Paths of the API, version 3, with every name encoded as one segment. */
final class Paths {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.";

    private Paths() {}

    static String artifacts(String group) {
        return "/groups/" + encoded(group) + "/artifacts";
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

    /**
     * One segment of a path, or the value of a query parameter.
     *
     * @throws IllegalArgumentException if it is empty: a call on an artifact would become one on all of its group
     */
    static String encoded(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name in a path is not empty");
        }
        boolean onlyDots = name.chars().allMatch(c -> c == '.');
        var out = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            // "." and ".." alone would be taken for steps within the path
            if (PLAIN.indexOf(c) >= 0 && !onlyDots) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }
}
