package dev.migrator.core.drill;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody wants to see whether a plan can be undone when something goes wrong.
 *
 * @param environment that the plan is for; it is drilled where its plans are rehearsed
 * @param request chosen by whoever asks: ordered twice under one, it is done once; 1 to 64 of A-Z a-z 0-9 . _ -. Draws what is
 *     left to chance
 * @param migration whose plan it is, with the snapshot that was taken for it
 * @param fault empty for one by chance
 * @param by who asks
 */
public record DrillOrder(
        String environment, String request, MigrationId migration, Optional<DrillFault> fault, String by, Instant at) {
    private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws ProblemException {@code DRL-REQUEST} for a request id that cannot be */
    public DrillOrder {
        if (!REQUEST.matcher(request).matches()) {
            throw new ProblemException(Problem.of("DRL-REQUEST", "a drill cannot be ordered under this id")
                    .about("environment " + environment)
                    .expected("1 to 64 of A-Z a-z 0-9 . _ -")
                    .found(request.isEmpty() ? "nothing" : request.length() + " characters, others among them")
                    .todo("choose another id"));
        }
    }
}
