package dev.migrator.engine.simulator;

import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One history: chaos for a while, then calm until everything has ended. */
final class History {
    private static final int MOST_CALM_STEPS = 20_000;

    private final World world;
    private final LifecycleNode lifecycle;
    private final PersonNode people;
    private final Outsider outsider;
    private final WorkerNode worker;
    private final PlannerNode planner;
    private final ReaderNodes readers;
    private final MonitoringNode monitoring;
    private final KitNode kits;
    private final DrillNode drills;
    private boolean oneByOne;

    History(long seed, Bug bug, boolean tracing) {
        this.world = new World(seed, bug, tracing);
        this.lifecycle = new LifecycleNode(world);
        this.people = new PersonNode(world, lifecycle);
        this.outsider = new Outsider(world);
        this.worker = new WorkerNode(world, outsider);
        this.planner = new PlannerNode(world);
        this.monitoring = new MonitoringNode(world, lifecycle.statuses());
        this.readers = new ReaderNodes(world, monitoring);
        this.kits = new KitNode(world, lifecycle.statuses());
        this.drills = new DrillNode(world, lifecycle::environment, lifecycle.statuses());
    }

    /**
     * One migration after the other, and nothing goes wrong but that one process dies once.
     *
     * @param cut where, as {@link Chance#onlyDieAt} counts
     */
    History cutAt(int cut) {
        oneByOne = true;
        world.chance.onlyDieAt(cut);
        return this;
    }

    World world() {
        return world;
    }

    Map<MigrationId, MigrationStatus> statuses() {
        return lifecycle.statuses();
    }

    /**
     * @return how many migrations ended in each state
     * @throws Violation if a promise was broken at any step
     */
    Map<MigrationState, Integer> run() {
        try {
            return runToTheEnd();
        } finally {
            worker.kill();
        }
    }

    private Map<MigrationState, Integer> runToTheEnd() {
        int chaos = oneByOne ? 0 : 100 + world.chance.below(400);
        for (int step = 0; step < chaos; step++) {
            step();
        }
        world.trace(() -> "calm from here");
        world.chance.calmDown();
        for (int step = 0; !isOver(); step++) {
            if (step > MOST_CALM_STEPS) {
                throw new Violation("every-migration-ends", "not ended: " + unended());
            }
            step();
        }
        world.oracle.over(lifecycle.environment());
        return ends();
    }

    List<String> trace() {
        return world.trace();
    }

    private void step() {
        monitoring.live();
        int choice = world.chance.below(100);
        if (people.hasToSubmit() && choice < 6 && (!oneByOne || unended().size() == people.toSubmit())) {
            people.submit();
        } else if (choice < 14) {
            people.act();
        } else if (choice < 24) {
            world.pass(Duration.ofMillis(1L << world.chance.below(18)));
            lifecycle.tickAll();
        } else if (choice < 27 && !world.chance.isCalm()) {
            outsider.meddle();
        } else if (choice < 29
                && world.chance.accident(1)
                && !world.broker.names().isEmpty()) {
            var name = world.chance.pick(world.broker.names());
            world.trace(() -> "the consumer of " + name + " goes back");
            world.broker.log(name).rewind(1 + world.chance.below(6));
        } else if (choice == 29 && world.chance.accident(4)) {
            kits.undo();
        } else if (choice < 35 && worker.hasStopped()) {
            if (world.chance.accident(3)) {
                worker.takeOver();
            } else {
                worker.continueOne();
            }
        } else if (choice < 39) {
            drills.order();
        } else {
            deliver();
        }
    }

    private void deliver() {
        var waiting = world.broker.waiting();
        if (waiting.isEmpty()) {
            return;
        }
        var name = world.chance.pick(waiting);
        var log = world.broker.log(name);
        var message = log.next();
        if (name.startsWith("batches/")) {
            worker.work(log);
            return;
        }
        // an array prints as its place in memory, which no seed decides
        world.trace(
                () -> "delivered from " + name + ": " + message.toString().replaceAll("\\[B@\\p{XDigit}+", "bytes"));
        switch (message) {
            case Fact.OfMigration fact -> {
                if (lifecycle.take(fact)) {
                    log.advance();
                }
            }
            case Effect.PlanRequested request -> {
                log.advance();
                if (!world.chance.death(60)) {
                    planner.plan(request);
                }
            }
            case Effect.DryRunRequested request -> {
                if (worker.dryRun(request)) {
                    log.advance();
                }
            }
            case Effect.RehearsalRequested request -> {
                if (worker.rehearse(request)) {
                    log.advance();
                }
            }
            case Effect.DrillRequested request -> {
                log.advance();
                drills.drill(request);
            }
            case Effect.SnapshotRequested request -> {
                log.advance();
                if (!world.chance.death(60)) {
                    readers.snapshot(request);
                }
            }
            case Effect.MonitoringRequested request -> {
                log.advance();
                if (!world.chance.death(20)) {
                    monitoring.listen(request);
                }
            }
            case Effect.VerifyPhase request -> {
                log.advance();
                if (!world.chance.death(20)) {
                    readers.verify(request);
                }
            }
            default -> throw new IllegalStateException("nobody reads " + message);
        }
    }

    private boolean isOver() {
        return !people.hasToSubmit()
                && !worker.hasStopped()
                && unended().isEmpty()
                && world.broker.waiting().isEmpty();
    }

    private List<String> unended() {
        var open = new ArrayList<String>();
        world.wanted.keySet().forEach(id -> {
            var status = lifecycle.statuses().get(id);
            if (status == null || !status.ended()) {
                open.add(id + " " + (status == null ? "unknown" : status.state() + " " + status.waitsFor()));
            }
        });
        return open;
    }

    private Map<MigrationState, Integer> ends() {
        var ends = new EnumMap<MigrationState, Integer>(MigrationState.class);
        lifecycle.statuses().values().forEach(status -> ends.merge(status.state(), 1, Integer::sum));
        return ends;
    }
}
