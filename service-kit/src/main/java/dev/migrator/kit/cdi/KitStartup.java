package dev.migrator.kit.cdi;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.Backoff;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.RegistryUnavailable;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.TopicsBootstrap;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/**
 * Brings a service to the point where it can read: topics ensured, schemas registered. Waits in the background for
 * what is away; ends the process for what only a person can put right.
 */
@ApplicationScoped
public class KitStartup {
    private static final Logger LOG = Logger.getLogger(KitStartup.class);

    private final Admin admin;
    private final Wire wire;
    private final Environments environments;
    private final Event<KitReady> ready;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String state = "starting";
    private volatile boolean done;

    KitStartup(Admin admin, Wire wire, Environments environments, Event<KitReady> ready) {
        this.admin = admin;
        this.wire = wire;
        this.environments = environments;
        this.ready = ready;
    }

    /** Whether {@link KitReady} was fired and its observers are done. */
    public boolean done() {
        return done;
    }

    /** What it waits for, for people. */
    public String state() {
        return state;
    }

    void start(@Observes StartupEvent event) {
        LOG.infof("Environments: %s", environments.names()); // a wrong file ends the service before anything else
        Thread.ofPlatform().daemon().name("kit-startup").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void run() {
        try {
            state = "waits for the broker";
            if (!untilDone(() -> TopicsBootstrap.ensure(admin))) {
                return;
            }
            state = "waits for the schema registry";
            if (!untilDone(this::register)) {
                return;
            }
            state = "starts";
            ready.fire(new KitReady());
            state = "started";
            done = true;
        } catch (ProblemException e) {
            LOG.fatalf("The service cannot start: %s", e.problem());
            state = e.problem().code();
            Quarkus.asyncExit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.fatal("The service cannot start", e);
            state = e.getClass().getSimpleName();
            Quarkus.asyncExit(1);
        }
    }

    /** A service that ran here before may start without the registry, so that it can undo. */
    private void register() {
        try {
            wire.register();
        } catch (RegistryUnavailable e) {
            if (!wire.usable()) {
                throw e;
            }
            LOG.warnf("Starts with remembered schema ids: %s", e.problem());
        }
    }

    private boolean untilDone(Runnable step) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                step.run();
                return true;
            } catch (Unavailable e) {
                LOG.warnf("Start waits: attempt=%d, problem=%s", attempt, e.problem());
            }
            long pause =
                    Backoff.DEFAULT.before(attempt, ThreadLocalRandom.current()).toMillis();
            if (stopped.await(pause, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
    }
}
