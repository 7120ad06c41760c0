package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;

/**
 * Names an entry of an in-house system: the kind that the system itself gives it, and its name among those.
 *
 * @param type as the system calls it, e.g. {@code bucket-policy}
 * @param address the entry's real name there, any text
 */
public record ExternalAddress(String type, String address) {
    private static final PercentCode PARTS = new PercentCode("/");

    /** The address of an entry's key: both parts, percent-encoded, with a slash between them. */
    public String text() {
        return PARTS.encode(type) + "/" + PARTS.encode(address);
    }

    /** @throws ProblemException with code {@code EXT-ADDRESS} for what {@link #text} never gives */
    public static ExternalAddress parse(String text) {
        int slash = text.indexOf('/');
        try {
            if (slash > 0 && slash < text.length() - 1) {
                return new ExternalAddress(
                        PARTS.decode(text.substring(0, slash)), PARTS.decode(text.substring(slash + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw bad(text, e.getMessage());
        }
        throw bad(text, text);
    }

    private static ProblemException bad(String text, String found) {
        return new ProblemException(Problem.of("EXT-ADDRESS", "this is no address of an entry of an in-house system")
                .about(text)
                .expected("type/address, percent-encoded")
                .found(found));
    }
}
