package dev.migrator.kit.cdi;

import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.worker.DelayListener;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.kit.worker.TaskLoop;
import dev.migrator.kit.worker.TaskLoopSettings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The task loops of a service: started with its settings, watched by liveness, stopped before anything else ends. */
@ApplicationScoped
public class Loops {
    private final KafkaClients clients;
    private final Wire wire;
    private final DeadLetters deadLetters;
    private final MigratorConfig config;
    private final List<TaskLoop> loops = new CopyOnWriteArrayList<>();

    Loops(KafkaClients clients, Wire wire, DeadLetters deadLetters, MigratorConfig config) {
        this.clients = clients;
        this.wire = wire;
        this.deadLetters = deadLetters;
        this.config = config;
    }

    /**
     * Starts a loop; to be called when {@link KitReady} was fired.
     *
     * @param name of the loop, and its consumer group
     */
    public TaskLoop start(String name, TaskHandler handler, DelayListener delays, String... topics) {
        return start(TaskLoopSettings.of(name, config.workDir(), topics), handler, delays);
    }

    /** As {@link #start(String, TaskHandler, DelayListener, String...)}, with other bounds. */
    public TaskLoop start(TaskLoopSettings settings, TaskHandler handler, DelayListener delays) {
        var loop = new TaskLoop(settings, clients.consumer(settings.name()), wire, deadLetters, handler, delays);
        loops.add(loop);
        return loop.start();
    }

    public List<TaskLoop> all() {
        return List.copyOf(loops);
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        loops.forEach(TaskLoop::close);
    }
}
