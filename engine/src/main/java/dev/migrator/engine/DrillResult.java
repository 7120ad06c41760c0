package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.rehearsal.Unproven;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a drill.
 *
 * @param hit what was being written when it went wrong; empty if nothing was, or if it did not go wrong
 * @param operations that were drilled, in the order of the plan; none if it did not come to the end of it
 * @param unproven what the drill cannot tell
 * @param took from the moment when the fault showed until the state had been read and found the same; zero if it did not
 *     come to that
 * @param before state hash of what the plan writes there, before it was applied; without what the plan says is one-way
 * @param after the same once it was undone; empty if it did not come to that
 * @param problem why it failed; empty if it passed
 * @param remains what could not be removed at the end, and why, a line each
 */
public record DrillResult(
        Optional<EntryKey> hit,
        List<DrilledOperation> operations,
        List<Unproven> unproven,
        Duration took,
        Optional<Digest> before,
        Optional<Digest> after,
        Optional<Problem> problem,
        List<String> remains) {
    public DrillResult {
        operations = List.copyOf(operations);
        unproven = List.copyOf(unproven);
        remains = List.copyOf(remains);
    }

    static DrillResult failed(List<Unproven> unproven, Problem why) {
        return new DrillResult(
                Optional.empty(),
                List.of(),
                unproven,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.of(why),
                List.of());
    }

    /** The same, with what its end could not remove. */
    DrillResult leaving(Map<EntryKey, Problem> refused) {
        return leaving(RehearsalResult.remains(refused));
    }

    DrillResult leaving(List<String> lines) {
        return new DrillResult(hit, operations, unproven, took, before, after, problem, lines);
    }

    /** Operations that were written, in whole or in part, and then undone. */
    public int undone() {
        return (int) operations.stream().filter(DrilledOperation::isUndone).count();
    }

    /**
     * As people read it.
     *
     * @param at when it ended, in whole milliseconds
     * @param uri and {@code digest} of where all of it is kept
     */
    public DrillReport report(Effect.DrillRequested asked, Instant at, String uri, Digest digest) {
        return new DrillReport(
                asked.environment(),
                asked.requestId(),
                asked.id(),
                asked.rehearsalEnvironment(),
                asked.fault(),
                hit.map(EntryKey::toString),
                operations.size(),
                undone(),
                Duration.ofMillis(took.toMillis()),
                before,
                after,
                problem,
                asked.by(),
                at,
                uri,
                Optional.of(digest));
    }
}
