package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.KitUndo;
import dev.migrator.target.TargetException;
import java.util.Map;

/**
 * A person who undoes a migration by its kit while workers are stopped somewhere, and may be killed on the way: the receipt
 * first, as the command does it. Calls in flight have landed by then, as the command waits for that.
 */
final class KitNode {
    /** Later than any command of the lifecycle. */
    private static final int EPOCH = 1_000_000;

    private final World world;
    private final Map<MigrationId, MigrationStatus> statuses;

    KitNode(World world, Map<MigrationId, MigrationStatus> statuses) {
        this.world = world;
        this.statuses = statuses;
    }

    void undo() {
        var open = world.kits.keySet().stream()
                .filter(id -> !world.undone.contains(id) && world.oracle.hasWritten(id))
                .filter(id -> !statuses.get(id).ended())
                .filter(id -> world.kits.get(id).containsKey(planOf(id)))
                .sorted()
                .toList();
        if (open.isEmpty()) {
            return;
        }
        var picked = world.chance.pick(open);
        var kit = UndoKitCodec.read(world.kits.get(picked).get(planOf(picked)));
        world.trace(() -> "a person undoes " + kit.id() + " by its kit");
        world.undone.add(kit.id());
        world.oracle.undoingByKit(new WorkerCommand.RevertBatch(
                new WorkerCommand.Envelope(
                        kit.id(), kit.environment(), kit.commit(), new Position(EPOCH, 1), kit.planDigest(), ""),
                -1));
        boolean ends = world.chance.oneIn(2);
        try {
            var report = new KitUndo(_ -> world.target, EngineSettings.DEFAULT, world.pace)
                    .run(
                            kit,
                            () -> {
                                if (!ends && world.chance.oneIn(6)) {
                                    throw new TargetException.Fenced(Problem.of("TST-DEAD", "the undo is killed"));
                                }
                            },
                            KitUndo.Progress.NONE);
            world.trace(() -> "undone by kit: " + report.closed().answer());
        } catch (TargetException.Fenced _) {
            world.trace(() -> "the undo by kit is killed, and not run again");
        } catch (EngineUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    /** That of the checklist, which names the kit. */
    private Digest planOf(MigrationId id) {
        return statuses.get(id).planDigest().orElseThrow();
    }
}
