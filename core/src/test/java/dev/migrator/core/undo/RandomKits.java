package dev.migrator.core.undo;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Kits of random plans: every kind of operation, several targets, texts that need escaping, references to secrets. */
final class RandomKits {
    private static final List<String> TARGETS = List.of("kafka", "registry", "tables");
    private static final List<String> TEXTS = List.of("", "1", "ü \"quoted\" \\ \n", "🚀", "${secret:orders/db}");

    private final Random random;
    private int entries;

    RandomKits(Random random) {
        this.random = random;
    }

    UndoKit kit() {
        var plan = plan();
        return new UndoKit(
                new MigrationId("m-" + random.nextInt(100)),
                "c" + random.nextInt(1_000),
                plan,
                PlanCodec.digest(plan),
                random.nextBoolean()
                        ? Optional.of(new StoredObject("c/m/snapshot.json", Digest.ofText("s" + random.nextInt())))
                        : Optional.empty(),
                UndoKit.written(plan).stream()
                        .map(name -> new KitTarget(name, "type-of-" + name, random.nextBoolean() ? "id-" + name : ""))
                        .toList());
    }

    private Plan plan() {
        var phases = new ArrayList<Phase>();
        int batch = 0;
        for (int phase = 0; phase < random.nextInt(4); phase++) {
            var batches = new ArrayList<Batch>();
            for (int left = random.nextInt(4); left > 0; left--) {
                batches.add(batch(batch++));
            }
            phases.add(new Phase(phase, "phase-" + phase, batches, List.of()));
        }
        return new Plan(
                "production",
                Digest.ofText("bundle"),
                Digest.ofText("policy"),
                Digest.ofText("before " + random.nextInt()),
                phases,
                List.of(),
                List.of());
    }

    private Batch batch(int number) {
        var target = TARGETS.get(random.nextInt(TARGETS.size()));
        var operations = new ArrayList<PlannedOperation>();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            operations.add(planned(new EntryKey(target, "topic", "entry-" + entries++)));
        }
        return new Batch(number, target, operations);
    }

    private PlannedOperation planned(EntryKey key) {
        var operation = switch (random.nextInt(4)) {
            case 0 -> new Operation.Create(key, content());
            case 1 -> new Operation.Update(key, content(), content());
            case 2 -> new Operation.Delete(key, content(), Removal.RETIRE);
            default -> new Operation.Delete(key, content(), Removal.PURGE);
        };
        return new PlannedOperation(
                "uid of " + key.address(),
                "Topic/" + key.address(),
                operation,
                operation instanceof Operation.Create ? "" : "life-" + random.nextInt(9),
                operation.isPurge() ? Risk.ONE_WAY : Risk.MUTATING,
                operation.isPurge() ? UndoClass.NONE : UndoClass.values()[random.nextInt(3)],
                List.of());
    }

    private Content content() {
        return Content.of("config.a", Value.of(TEXTS.get(random.nextInt(TEXTS.size()))));
    }
}
