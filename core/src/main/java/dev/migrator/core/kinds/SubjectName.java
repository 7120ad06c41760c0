package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.Objects;
import java.util.Optional;

/**
 * Names a subject of a registry that speaks the Confluent API, or one version of it.
 *
 * @param version from 1, empty for the subject itself
 */
public record SubjectName(String subject, Optional<Integer> version) {
    private static final PercentCode CODE = new PercentCode("@");

    public SubjectName {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(version);
    }

    public static SubjectName subject(String subject) {
        return new SubjectName(subject, Optional.empty());
    }

    public static SubjectName version(String subject, int version) {
        return new SubjectName(subject, Optional.of(version));
    }

    /** {@code subject} or {@code subject@version}; {@code %} and {@code @} in the subject are encoded. */
    public String address() {
        var encoded = CODE.encode(subject);
        return version.map(number -> encoded + "@" + number).orElse(encoded);
    }

    /** @throws ProblemException with code {@code SCH-ADDRESS} if the text is not what {@link #address()} gives */
    public static SubjectName parse(String address) {
        int at = address.indexOf('@');
        try {
            var name = at < 0
                    ? subject(CODE.decode(address))
                    : version(CODE.decode(address.substring(0, at)), Integer.parseInt(address.substring(at + 1)));
            if (name.address().equals(address) && name.version().orElse(1) > 0) {
                return name;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new ProblemException(Problem.of("SCH-ADDRESS", "the text is not the address of a subject")
                .about(address)
                .expected("subject or subject@version, the version a whole number from 1")
                .found(address));
    }
}
