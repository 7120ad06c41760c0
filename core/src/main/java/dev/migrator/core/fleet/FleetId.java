package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import java.util.regex.Pattern;

/**
 * Of one run of a fleet; chosen by the requester, so that publishing a request twice starts one run. {@code
 * [A-Za-z0-9_-]{1,62}}: with a dot and an environment behind it, it is the id of a migration. It has no dot itself, so the
 * first one ends it, and no two environments of any runs share an id.
 */
public record FleetId(String value) implements Comparable<FleetId> {
    private static final String BETWEEN = ".";
    private static final int MOST_OF_A_CHILD = 64;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,62}");

    /** @throws ProblemException with code {@code FLT-ID} if the text has another shape */
    public FleetId {
        if (value == null || !isOne(value)) {
            throw new ProblemException(Problem.of("FLT-ID", "the id of a run of a fleet has another shape")
                    .expected("1 to 62 of A-Z a-z 0-9 _ -, and no dot")
                    .found(String.valueOf(value)
                            .substring(0, Math.min(80, String.valueOf(value).length())))
                    .todo("choose an id of that shape and publish the request again"));
        }
    }

    /** Whether a text has the shape of one; the id of a run's migration has not. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** Whether the id of that environment's migration is short enough. */
    boolean fits(String environment) {
        return value.length() <= most(environment);
    }

    /** Characters of a run's id that leave room for this environment behind it. */
    static int most(String environment) {
        return MOST_OF_A_CHILD - BETWEEN.length() - environment.length();
    }

    /** @throws ProblemException {@code CHG-ID} unless it {@link #fits} */
    public MigrationId child(String environment) {
        return new MigrationId(childText(environment));
    }

    /** As {@link #child}, also where it is too long for an id. */
    public String childText(String environment) {
        return value + BETWEEN + environment;
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
