package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import java.util.regex.Pattern;

/**
 * Of one run of a fleet; chosen by the requester, so that publishing a request twice starts one run. {@code
 * [A-Za-z0-9._-]{1,62}}: with a hyphen and an environment behind it, it is the id of a migration.
 */
public record FleetId(String value) implements Comparable<FleetId> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,62}");

    /** @throws ProblemException with code {@code FLT-ID} if the text has another shape */
    public FleetId {
        if (value == null || !SHAPE.matcher(value).matches()) {
            throw new ProblemException(Problem.of("FLT-ID", "the id of a run of a fleet has another shape")
                    .expected("1 to 62 of A-Z a-z 0-9 . _ -")
                    .found(String.valueOf(value)
                            .substring(0, Math.min(80, String.valueOf(value).length())))
                    .todo("choose an id of that shape and publish the request again"));
        }
    }

    /** Whether the id of that environment's migration is short enough. */
    boolean fits(String environment) {
        return childText(environment).length() <= 64;
    }

    /** @throws ProblemException {@code CHG-ID} unless it {@link #fits} */
    public MigrationId child(String environment) {
        return new MigrationId(childText(environment));
    }

    private String childText(String environment) {
        return value + "-" + environment;
    }

    @Override
    public int compareTo(FleetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
