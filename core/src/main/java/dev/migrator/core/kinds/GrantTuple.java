package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One privilege on one object of a database. The tuple is all there is to it: its {@link #address()} is both the entry's
 * name and its identity.
 *
 * @param grantee a role, or {@code PUBLIC} for everybody
 * @param privilege upper case as in PostgreSQL: {@code SELECT}, {@code USAGE}, …
 * @param type {@code table}, {@code sequence}, {@code schema}, {@code database} or {@code function}
 * @param schema of the object, empty for a schema or a database
 * @param object its name; of a function with the types of its arguments: {@code area(integer,text)}
 */
public record GrantTuple(String grantee, String privilege, String type, String schema, String object) {
    private static final PercentCode CODE = new PercentCode("|");

    public GrantTuple {
        for (var part : new String[] {grantee, privilege, type, schema, object}) {
            Objects.requireNonNull(part);
        }
    }

    /** The parts joined with {@code |}; {@code %} and {@code |} inside a part are percent-encoded. */
    public String address() {
        return Stream.of(grantee, privilege, type, schema, object)
                .map(CODE::encode)
                .collect(Collectors.joining("|"));
    }

    /**
     * Reads what {@link #address()} gives.
     *
     * @throws ProblemException with code {@code GRA-ADDRESS} if the text is none of that
     */
    public static GrantTuple parse(String address) {
        var parts = List.of(address.split("\\|", -1));
        if (parts.size() != 5) {
            throw malformed(address, parts.size() + " parts", null);
        }
        try {
            var read = parts.stream().map(CODE::decode).toList();
            return new GrantTuple(read.get(0), read.get(1), read.get(2), read.get(3), read.get(4));
        } catch (IllegalArgumentException e) {
            throw malformed(address, e.getMessage(), e);
        }
    }

    private static ProblemException malformed(String address, String found, IllegalArgumentException cause) {
        return new ProblemException(
                Problem.of("GRA-ADDRESS", "the text is not the address of a grant")
                        .about(address)
                        .expected("grantee|privilege|type|schema|object")
                        .found(found),
                cause);
    }
}
