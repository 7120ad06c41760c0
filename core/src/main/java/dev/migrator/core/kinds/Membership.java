package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.List;
import java.util.Objects;

/**
 * That one role is a member of another. The pair is all there is to it: its {@link #address()} is both the entry's name
 * and its identity.
 */
public record Membership(String role, String member) {
    private static final PercentCode CODE = new PercentCode("|");

    public Membership {
        Objects.requireNonNull(role);
        Objects.requireNonNull(member);
    }

    /** {@code role|member}. */
    public String address() {
        return CODE.encode(role) + "|" + CODE.encode(member);
    }

    /**
     * Reads what {@link #address()} gives.
     *
     * @throws ProblemException with code {@code MEM-ADDRESS} if the text is none of that
     */
    public static Membership parse(String address) {
        var parts = List.of(address.split("\\|", -1));
        try {
            if (parts.size() == 2) {
                return new Membership(CODE.decode(parts.getFirst()), CODE.decode(parts.getLast()));
            }
        } catch (IllegalArgumentException e) {
            throw malformed(address, e);
        }
        throw malformed(address, null);
    }

    private static ProblemException malformed(String address, IllegalArgumentException cause) {
        return new ProblemException(
                Problem.of("MEM-ADDRESS", "the text is not the address of a membership")
                        .about(address)
                        .expected("role|member")
                        .found(cause == null ? address : cause.getMessage()),
                cause);
    }
}
