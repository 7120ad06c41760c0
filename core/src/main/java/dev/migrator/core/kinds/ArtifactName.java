package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.Objects;
import java.util.Optional;

/**
 * Names an artifact of a schema registry, or one version of it.
 *
 * @param group group id, {@code default} unless written down
 * @param artifactId id within the group
 * @param version empty for the artifact itself
 */
public record ArtifactName(String group, String artifactId, Optional<String> version) {
    private static final PercentCode CODE = new PercentCode("/@");

    public ArtifactName {
        Objects.requireNonNull(group);
        Objects.requireNonNull(artifactId);
        Objects.requireNonNull(version);
    }

    public static ArtifactName artifact(String group, String artifactId) {
        return new ArtifactName(group, artifactId, Optional.empty());
    }

    public static ArtifactName version(String group, String artifactId, String version) {
        return new ArtifactName(group, artifactId, Optional.of(version));
    }

    /** The artifact that this is a version of, itself when it is none. */
    public ArtifactName withoutVersion() {
        return artifact(group, artifactId);
    }

    /** {@code group/artifactId} or {@code group/artifactId@version}; {@code %}, {@code /}, {@code @} are encoded. */
    public String address() {
        var artifact = CODE.encode(group) + "/" + CODE.encode(artifactId);
        return version.map(v -> artifact + "@" + CODE.encode(v)).orElse(artifact);
    }

    /** @throws ProblemException with code {@code SCH-ADDRESS} if the text is not what {@link #address()} gives */
    public static ArtifactName parse(String address) {
        int slash = address.indexOf('/');
        int at = address.indexOf('@');
        if (slash < 0 || (at >= 0 && at < slash)) {
            throw malformed(address, "no '/' after the group");
        }
        try {
            var group = CODE.decode(address.substring(0, slash));
            var artifactId = CODE.decode(at < 0 ? address.substring(slash + 1) : address.substring(slash + 1, at));
            var version = at < 0 ? Optional.<String>empty() : Optional.of(CODE.decode(address.substring(at + 1)));
            return new ArtifactName(group, artifactId, version);
        } catch (IllegalArgumentException e) {
            throw malformed(address, e.getMessage());
        }
    }

    private static ProblemException malformed(String address, String found) {
        return new ProblemException(Problem.of("SCH-ADDRESS", "the text is not the address of an artifact")
                .about(address)
                .expected("group/artifactId or group/artifactId@version")
                .found(found));
    }
}
