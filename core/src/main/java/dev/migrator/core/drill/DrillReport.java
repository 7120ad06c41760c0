package dev.migrator.core.drill;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a drill.
 *
 * @param environment that the plan is for
 * @param request of its order
 * @param migration whose plan was drilled
 * @param place environment that it was done in
 * @param fault what went wrong in it
 * @param hit what was being written when it went wrong; empty if nothing was, as with {@link DrillFault#ANOMALY}
 * @param operations of the plan that were drilled; the others can be done in no such place
 * @param undone those that were applied, in whole or in part, and then undone
 * @param took from the moment when the fault was noticed until the state had been read and found the same, in whole milliseconds;
 *     zero if it did not come to that
 * @param before state hash of what the plan writes, before it was applied; empty if it did not come to that
 * @param after the same once it was undone
 * @param problem why it failed; empty if the state is the same again
 * @param by who ordered it
 * @param at when it ended, in whole milliseconds
 * @param uri where all of it lies in the bucket; may be empty only with a problem
 * @param digest of the bytes that lie there
 */
public record DrillReport(
        String environment,
        String request,
        MigrationId migration,
        String place,
        DrillFault fault,
        Optional<String> hit,
        int operations,
        int undone,
        Duration took,
        Optional<Digest> before,
        Optional<Digest> after,
        Optional<Problem> problem,
        String by,
        Instant at,
        String uri,
        Optional<Digest> digest) {
    /** The order could not be carried out, as there is no place for it, or no plan. */
    public static final String NOT_POSSIBLE = "DRL-NOT-POSSIBLE";
    /** The plan holds nothing that can be drilled in that place. */
    public static final String NOTHING = "DRL-NOTHING";
    /** With this fault at this operation nothing went wrong, or nothing was to be undone; with another one it may. */
    public static final String NO_EFFECT = "DRL-NO-EFFECT";

    private static final Set<String> SAY_NOTHING = Set.of(NOT_POSSIBLE, NOTHING, NO_EFFECT);

    /** One that was not even begun. */
    public static DrillReport refused(
            String environment,
            String request,
            MigrationId migration,
            String place,
            DrillFault fault,
            Problem why,
            String by,
            Instant at) {
        return new DrillReport(
                environment,
                request,
                migration,
                place,
                fault,
                Optional.empty(),
                0,
                0,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.of(why),
                by,
                at,
                "",
                Optional.empty());
    }

    public boolean isPassed() {
        return problem.isEmpty();
    }

    /** Whether it shows that things can be undone, or that they cannot; one in which nothing was done shows neither. */
    public boolean isTelling() {
        return problem.filter(why -> SAY_NOTHING.contains(why.code())).isEmpty();
    }

    /** What came of it, in a line. */
    public String evidence() {
        var line = new StringBuilder();
        line.append("drill of ")
                .append(migration)
                .append(" in ")
                .append(place)
                .append(", ")
                .append(at);
        line.append(": ").append(fault.label());
        hit.ifPresent(entry -> line.append(" at ").append(entry));
        if (isPassed()) {
            line.append(", ").append(undone).append(" of ").append(operations);
            line.append(" operations undone to the same state in ")
                    .append(took.toMillis())
                    .append(" ms");
        }
        digest.ifPresent(bytes -> line.append("; ").append(bytes).append(" at ").append(uri));
        return line.toString();
    }
}
