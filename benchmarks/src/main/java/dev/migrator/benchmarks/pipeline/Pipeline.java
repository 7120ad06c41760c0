package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.lifecycle.MigrationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The whole life of some topics and ACLs, step by step, each beside the floor. */
final class Pipeline {
    private final Product product;
    private final Floor floor;
    private final Consumer<String> progress;

    /** @param progress is told each line of the table as it comes */
    Pipeline(Product product, Floor floor, Consumer<String> progress) {
        this.product = product;
        this.floor = floor;
        this.progress = progress;
    }

    /** So that neither side pays for classes that the other has already loaded. */
    void warmUp() {
        steps(new Load("warm-up.", 20), new ArrayList<>());
    }

    /** @param pairs topics, and as many ACLs */
    List<Row> run(int pairs) {
        var rows = new ArrayList<Row>();
        steps(new Load("load." + pairs + ".", pairs), rows);
        return rows;
    }

    private void steps(Load load, List<Row> rows) {
        undone(new Load("undone." + load.prefix(), load.pairs()), rows);

        var created = product.migrate(load.prefix() + "create", load.bundle(Load.FIRST), MigrationState.SUCCEEDED);
        var floorCreated = floor.create(load);
        add(rows, load, "create: apply", created.applying(), floorCreated);
        add(rows, load, "create: plan", created.planning());
        add(rows, load, "create: dry run", created.dryRun());
        add(rows, load, "create: snapshot", created.snapshot());
        add(rows, load, "create: verify", created.verifying());
        add(rows, load, "create: change to SUCCEEDED", created.whole(), floorCreated);

        var read = floor.read(load);
        var same = product.migrate(load.prefix() + "same", load.bundle(Load.FIRST), MigrationState.NO_CHANGES);
        add(rows, load, "no change: plan", same.planning(), read);
        add(rows, load, "no change: change to NO_CHANGES", same.whole(), read);

        var snapshot = load.prefix() + "before";
        add(rows, load, "snapshot of the environment", new Run.Part(product.snapshot(snapshot), 0), read);

        var altered = product.migrate(load.prefix() + "alter", load.bundle(Load.SECOND), MigrationState.SUCCEEDED);
        var floorAltered = floor.alter(load, Load.SECOND);
        add(rows, load, "one config on all: apply", altered.applying(), floorAltered);
        add(rows, load, "one config on all: plan", altered.planning(), read);
        add(rows, load, "one config on all: snapshot", altered.snapshot(), read);
        add(rows, load, "one config on all: change to SUCCEEDED", altered.whole(), floorAltered);

        var restored = product.restore(load.prefix() + "restore", snapshot);
        var floorRestored = floor.alter(load, Load.FIRST);
        add(rows, load, "restore: apply", restored.applying(), floorRestored);
        add(rows, load, "restore: plan", restored.planning(), read);
        add(rows, load, "restore: order to SUCCEEDED", restored.whole(), floorRestored);

        var deleted =
                product.migrate(load.prefix() + "delete", load.absentBundle(Load.FIRST), MigrationState.SUCCEEDED);
        var floorDeleted = floor.delete(load);
        add(rows, load, "delete: apply", deleted.applying(), floorDeleted);
        add(rows, load, "delete: change to SUCCEEDED", deleted.whole(), floorDeleted);
    }

    /** Applied, found wanting, and put back. */
    private void undone(Load load, List<Row> rows) {
        var undone =
                product.migrate(load.prefix() + "undo", load.failingBundle(Load.FIRST), MigrationState.ROLLED_BACK);
        var floorCreated = floor.create(load);
        var floorDeleted = floor.delete(load);
        add(rows, load, "undone: apply", undone.applying(), floorCreated);
        add(rows, load, "undone: revert", undone.reverting(), floorDeleted);
        add(rows, load, "undone: order to ROLLED_BACK", undone.undoing(), floorDeleted);
    }

    private void add(List<Row> rows, Load load, String step, Run.Part part) {
        keep(rows, new Row(load.pairs(), step, part, Optional.empty()));
    }

    private void add(List<Row> rows, Load load, String step, Run.Part part, Floor.Time time) {
        keep(rows, new Row(load.pairs(), step, part, Optional.of(time)));
    }

    private void keep(List<Row> rows, Row row) {
        rows.add(row);
        progress.accept("%d %s: %d ms, of it %d ms waiting; floor %s"
                .formatted(
                        row.pairs(),
                        row.step(),
                        row.product().millis(),
                        row.product().converging(),
                        row.floor()
                                .map(time -> time.millis() + " ms, shown " + time.shown() + " ms")
                                .orElse("none")));
    }

    /**
     * Plans a load that is too large to be created here, and asks the target about it; writes nothing.
     *
     * @return no lines if the services do not get to its end, which is said
     */
    List<Row> planOnly(int pairs) {
        var load = new Load("planned." + pairs + ".", pairs);
        var rows = new ArrayList<Row>();
        try {
            var planned = product.plan(load.prefix() + "plan", load.bundle(Load.FIRST));
            add(rows, load, "plan only: plan", planned.planning());
            add(rows, load, "plan only: dry run", planned.dryRun());
            add(rows, load, "plan only: change to PLANNED", planned.whole());
        } catch (IllegalStateException e) {
            progress.accept(pairs + " plan only: " + e.getMessage());
        }
        return rows;
    }

    /** One topic, whose setting goes to and fro. */
    OneOperation oneOperation(int runs) {
        var load = new Load("one.", 0);
        product.publish("one.create", load.bundle(Load.FIRST), MigrationState.SUCCEEDED);
        for (int i = 0; i < 3; i++) {
            product.publish(
                    "one.warm-up." + i, load.bundle(i % 2 == 0 ? Load.SECOND : Load.FIRST), MigrationState.SUCCEEDED);
        }
        return new OneOperation(IntStream.range(0, runs)
                .mapToObj(i -> product.publish(
                        "one." + i, load.bundle(i % 2 == 0 ? Load.FIRST : Load.SECOND), MigrationState.SUCCEEDED))
                .toList());
    }
}
