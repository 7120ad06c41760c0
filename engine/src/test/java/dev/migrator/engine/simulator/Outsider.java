package dev.migrator.engine.simulator;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;

/** Somebody who knows nothing of migrations and edits the target directly. */
final class Outsider {
    private final World world;

    Outsider(World world) {
        this.world = world;
    }

    void meddle() {
        var key = world.chance.pick(World.keys());
        boolean there = world.target.truth(key) instanceof EntryState.Present;
        switch (world.chance.below(9)) {
            case 0 -> world.target.outsiderSets(key, world.randomContent(key));
            case 1 -> world.target.outsiderRemoves(key);
            case 2 -> {
                if (world.target.truth(key) instanceof EntryState.Present(var content, var _)) {
                    // the same again, in another life
                    world.target.outsiderRemoves(key);
                    world.target.outsiderSets(key, content);
                }
            }
            case 3, 4 -> {
                if (there && key.kind().equals("topic")) {
                    if (world.bug != Bug.DATA_REMOVED) {
                        world.target.putData(key);
                    }
                    world.oracle.dataPut(key);
                }
            }
            case 5 ->
                world.target.outsiderSets(new EntryKey(World.TARGET, "topic", "nobody-manages"), world.unmanaged(key));
            default -> {
                if (there) {
                    world.target.outsiderSets(key, world.unmanaged(key));
                }
            }
        }
    }
}
