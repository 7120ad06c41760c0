package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Phase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When phases were really found good, and whether what comes after them waited for the end of their bake. */
final class Bakes {
    private record Judged(MigrationId id, Digest plan, int phase) {}

    private final World world;
    private final Map<Judged, Instant> first = new HashMap<>();
    private final Map<Judged, Instant> last = new HashMap<>();

    Bakes(World world) {
        this.world = world;
    }

    void judgedGood(Effect.VerifyPhase asked) {
        var judged = new Judged(asked.id(), asked.planDigest(), asked.phase());
        first.putIfAbsent(judged, world.now());
        last.put(judged, world.now());
    }

    boolean isJudgedGood(Effect.VerifyPhase asked) {
        return first.containsKey(new Judged(asked.id(), asked.planDigest(), asked.phase()));
    }

    /** All phases before a batch, and all of them before the end, have baked and were found good afterwards. */
    void requireOver(WorkerCommand command) {
        for (var phase : world.plan(command.envelope().planDigest()).phases()) {
            if (command instanceof WorkerCommand.ApplyBatch apply && has(phase, apply.batch())) {
                return;
            }
            if (!phase.bake().isNone()) {
                requireOver(command, phase);
            }
        }
    }

    private static boolean has(Phase phase, int batch) {
        return phase.batches().stream().anyMatch(one -> one.number() == batch);
    }

    private void requireOver(WorkerCommand command, Phase phase) {
        var judged = new Judged(command.envelope().id(), command.envelope().planDigest(), phase.number());
        if (!first.containsKey(judged)) {
            throw new Violation("verified-after-its-bake", Oracle.name(command) + " before " + phase.name() + " was");
        }
        var over = phase.bake().after(first.get(judged));
        if (world.now().isBefore(over)) {
            throw new Violation(
                    "nothing-is-written-while-it-bakes",
                    Oracle.name(command) + " while " + phase.name() + " bakes until " + over);
        }
        if (last.get(judged).isBefore(over)) {
            throw new Violation(
                    "verified-after-its-bake",
                    Oracle.name(command) + " though nobody looked at " + phase.name() + " after " + over);
        }
    }
}
