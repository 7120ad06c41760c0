package dev.migrator.executor.work;

import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.FileJournal;
import dev.migrator.engine.Pace;
import dev.migrator.engine.SecretTargets;
import dev.migrator.engine.Secrets;
import dev.migrator.engine.Targets;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.DelayListener;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.TaskLoop;
import dev.migrator.kit.worker.WorkDelays;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Takes in changes, asks targets about plans and carries out commands: three loops, one engine for each environment. */
public final class Worker implements AutoCloseable {
    private static final String INTAKE = "migration-executor-intake";
    private static final String WORKER = "migration-executor-worker";
    private static final String DRY_RUNS = "migration-executor-dry-run";

    private final CommandIndex index;

    public Worker(
            Loops loops,
            KafkaClients clients,
            Wire wire,
            TargetPool targets,
            ObjectStore objects,
            Publisher publisher,
            MigratorConfig config,
            Clock clock) {
        loops.start(INTAKE, new ChangeIntake(publisher), DelayListener.NONE, Topics.CHANGES);

        index = new CommandIndex(
                new KafkaConsumer<>(withoutGroup(clients), new StringDeserializer(), new ByteArrayDeserializer()),
                wire);
        var journal = new FileJournal(config.workDir().resolve("journal"));
        Map<String, Engine> engines = new ConcurrentHashMap<>();
        var secrets = config.secretsDir().<Secrets>map(SecretFolder::new).orElse(Secrets.NONE);
        var plans = new PlanSource(objects);
        var delays = new WorkDelays(publisher, Topics.RESULTS, "executor");
        var started = new CompletableFuture<TaskLoop>();
        var work = new BatchWork(
                environment -> engines.computeIfAbsent(
                        environment,
                        name -> new Engine(
                                targets(targets, name, secrets), journal, EngineSettings.DEFAULT, Pace.SYSTEM)),
                plans,
                index,
                new Lease(() -> started.join().sinceConfirmed()),
                new Takeover(config.targets().callTimeout()),
                objects,
                publisher,
                new InventoryNotes(publisher, clock));
        started.complete(loops.start(WORKER, work, delays, Topics.BATCHES));
        loops.start(
                DRY_RUNS,
                new DryRunWork(name -> targets(targets, name, secrets), plans, objects, publisher),
                delays,
                Topics.TASKS);
    }

    private static Targets targets(TargetPool pool, String environment, Secrets secrets) {
        return new SecretTargets(new PooledTargets(pool, environment), secrets);
    }

    private static Map<String, Object> withoutGroup(KafkaClients clients) {
        Map<String, Object> settings = new HashMap<>(clients.consumer(WORKER));
        settings.remove("group.id");
        return settings;
    }

    @Override
    public void close() {
        index.close();
    }
}
