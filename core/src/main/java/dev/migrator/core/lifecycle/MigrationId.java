package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.regex.Pattern;

/** Chosen by the requester, so that publishing a change twice starts one migration. {@code [A-Za-z0-9._-]{1,64}}. */
public record MigrationId(String value) implements Comparable<MigrationId> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws ProblemException with code {@code CHG-ID} if the text has another shape */
    public MigrationId {
        if (value == null || !SHAPE.matcher(value).matches()) {
            throw new ProblemException(Problem.of("CHG-ID", "a migration id has another shape")
                    .expected("1 to 64 of A-Z a-z 0-9 . _ -")
                    .found(String.valueOf(value)
                            .substring(0, Math.min(80, String.valueOf(value).length())))
                    .todo("choose an id of that shape and publish the change again"));
        }
    }

    @Override
    public int compareTo(MigrationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
