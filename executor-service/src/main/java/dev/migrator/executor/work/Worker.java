package dev.migrator.executor.work;

import dev.migrator.core.environment.Environments;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.FileJournal;
import dev.migrator.engine.Pace;
import dev.migrator.engine.PlaceChecks;
import dev.migrator.engine.SecretFolder;
import dev.migrator.engine.SecretTargets;
import dev.migrator.engine.Secrets;
import dev.migrator.engine.Targets;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.cdi.Loops;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.feed.InventoryFeed;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.snapshots.ChunkStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.DelayListener;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.TaskLoop;
import dev.migrator.kit.worker.TaskLoopSettings;
import dev.migrator.kit.worker.WorkDelays;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Takes in changes and fleets, asks targets about plans, rehearses and drills them and carries out commands: a loop each, one
 * engine for each environment.
 */
public final class Worker implements AutoCloseable {
    private static final String INTAKE = "migration-executor-intake";
    private static final String FLEETS = "migration-executor-fleets";
    private static final String WORKER = "migration-executor-worker";
    private static final String DRY_RUNS = "migration-executor-dry-run";
    /** Far more than one slow target can occupy: those that wait for it must not keep others from running. */
    private static final int MOST_BATCHES = 256;

    private static final int MOST_DRY_RUNS = 64;

    private static final String REHEARSALS = "migration-executor-rehearsal";
    /** Of different environments: those of one come one after another. */
    private static final int MOST_REHEARSALS = 8;

    private final CommandIndex index;
    private final InventoryFeed retired;

    /**
     * @param objects with copies on this machine, for what is read again
     * @param bucket the same objects as they lie there now
     */
    public Worker(
            Loops loops,
            KafkaClients clients,
            Wire wire,
            TargetPool targets,
            ObjectStore objects,
            Bucket bucket,
            Publisher publisher,
            MigratorConfig config,
            Environments environments,
            Clock clock,
            MeterRegistry meters) {
        loops.start(INTAKE, new ChangeIntake(publisher), DelayListener.NONE, Topics.CHANGES);
        loops.start(FLEETS, new FleetIntake(publisher, bucket), DelayListener.NONE, Topics.FLEETS);

        index = new CommandIndex(
                new KafkaConsumer<>(withoutGroup(clients), new StringDeserializer(), new ByteArrayDeserializer()),
                wire);
        retired = InventoryFeed.ofRetired(clients, wire).start();
        var journal = new FileJournal(config.workDir().resolve("journal"));
        Map<String, Engine> engines = new ConcurrentHashMap<>();
        var secrets = config.secretsDir().<Secrets>map(SecretFolder::new).orElse(Secrets.NONE);
        var plans = new PlanSource(objects);
        var times = new CallTimes(meters);
        var delays = new WorkDelays(publisher, Topics.RESULTS, "executor");
        var started = new CompletableFuture<TaskLoop>();
        var work = new BatchWork(
                environment -> engines.computeIfAbsent(
                        environment,
                        name -> new Engine(
                                targets(targets, name, times, secrets), journal, EngineSettings.DEFAULT, Pace.SYSTEM)),
                plans,
                index,
                new Lease(() -> started.join().sinceConfirmed()),
                new Takeover(config.targets().callTimeout()),
                times,
                objects,
                publisher,
                new InventoryNotes(publisher, retired::current, clock),
                new KitKeeper(targets, bucket),
                new UndoReceipts(bucket, System::nanoTime));
        started.complete(loops.start(
                TaskLoopSettings.of(WORKER, config.workDir(), Topics.BATCHES).concurrent(MOST_BATCHES), work, delays));
        loops.start(
                TaskLoopSettings.of(DRY_RUNS, config.workDir(), Topics.TASKS).concurrent(MOST_DRY_RUNS),
                new DryRunWork(name -> targets(targets, name, times, secrets), plans, objects, publisher),
                delays);
        if (environments.all().stream().anyMatch(one -> one.rehearsal().isPresent())) {
            rehearse(loops, targets, environments, plans, objects, bucket, publisher, config, clock, times, delays);
        }
    }

    private static void rehearse(
            Loops loops,
            TargetPool targets,
            Environments environments,
            PlanSource plans,
            ObjectStore objects,
            Bucket bucket,
            Publisher publisher,
            MigratorConfig config,
            Clock clock,
            CallTimes times,
            WorkDelays delays) {
        var madeUp = new MadeUpSecrets();
        Function<String, Targets> places = name -> targets(targets, name, times, madeUp);
        Function<String, Targets> lasting = name -> new PooledTargets(targets, name, times);
        // one that cannot be opened for checks has none: who writes there need not hold a credential for it
        Function<String, PlaceChecks> checks = name -> new PooledChecks(targets, environments, name);
        var scripts = new PlaceScripts(environments, plans, objects, new ChunkStore(bucket));
        var started = new CompletableFuture<TaskLoop>();
        var lease = new Lease(() -> started.join().sinceConfirmed());
        var takeover = new Takeover(config.targets().callTimeout());
        var rehearsals =
                new RehearsalWork(scripts, places, lasting, checks, objects, lease, takeover, publisher, delays);
        var drills = new DrillWork(
                scripts, places, lasting, objects, lease, takeover, publisher, clock, EngineSettings.DEFAULT);
        // one loop for both: they use the same place, and only within a loop does one wait for the other
        started.complete(loops.start(
                TaskLoopSettings.of(REHEARSALS, config.workDir(), Topics.TASKS).concurrent(MOST_REHEARSALS),
                task -> {
                    rehearsals.handle(task);
                    drills.handle(task);
                },
                DrillWork.withoutDrills(delays)));
    }

    private static Targets targets(TargetPool pool, String environment, CallTimes times, Secrets secrets) {
        return new SecretTargets(new PooledTargets(pool, environment, times), secrets);
    }

    /**
     * Of the index of commands. It asks only for what is there already; and as a broker answers the questions of one
     * connection in turn, one that it holds back until there is something to say would hold back where the log ends.
     */
    private static Map<String, Object> withoutGroup(KafkaClients clients) {
        Map<String, Object> settings = new HashMap<>(clients.consumer(WORKER));
        settings.remove("group.id");
        settings.put("fetch.max.wait.ms", 5);
        return settings;
    }

    /** Whether what was retired before is known, without which some migrations do not come to their end. */
    public boolean knowsTheRetired() {
        return retired.ready();
    }

    @Override
    public void close() {
        index.close();
        retired.close();
    }
}
