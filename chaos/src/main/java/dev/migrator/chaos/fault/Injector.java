package dev.migrator.chaos.fault;

import dev.migrator.chaos.model.PlannedFault;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.PartState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Makes faults happen and puts them right again; one at a time for each part. */
public final class Injector {
    private static final Duration LATE = Duration.ofMillis(150);

    private final ChaosStack chaos;
    private final LocalStack stack;
    private final Map<String, ReentrantLock> busy = new ConcurrentHashMap<>();

    public Injector(ChaosStack chaos) {
        this.chaos = chaos;
        this.stack = chaos.stack();
    }

    /**
     * Returns when it is put right.
     *
     * @param part a real part
     * @param told hears when it begins and ends
     * @return when it began
     */
    public Instant inject(PlannedFault fault, String part, Consumer<String> told) throws InterruptedException {
        var lock = busy.computeIfAbsent(part, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            told.accept(fault.kind() + " " + part);
            var begin = Instant.now();
            begin(fault, part);
            try {
                TimeUnit.NANOSECONDS.sleep(fault.lasts().toNanos());
            } finally {
                end(fault, part);
            }
            told.accept(
                    part + " again, " + Duration.between(begin, Instant.now()).toMillis() + " ms later");
            return begin;
        } finally {
            lock.unlock();
        }
    }

    private void begin(PlannedFault fault, String part) {
        switch (fault.kind()) {
            case KILL -> stack.kill(part);
            case FREEZE -> stack.freeze(part);
            case STOP -> stack.stop(part);
            case CUT -> chaos.wayTo(part).cut();
            case HOLD -> chaos.wayTo(part).hold();
            case DELAY -> chaos.wayTo(part).delay(LATE);
        }
    }

    private void end(PlannedFault fault, String part) {
        switch (fault.kind()) {
            case KILL, STOP -> stack.start(part);
            case FREEZE -> stack.thaw(part);
            case CUT, HOLD, DELAY -> chaos.wayTo(part).pass();
        }
    }

    /** Puts everything right that may have been left: for the end of a run, and for one that was cut short. */
    public void heal() {
        BROKERS_FIRST.forEach(this::heal);
        stack.parts().stream().filter(part -> !BROKERS_FIRST.contains(part)).forEach(this::heal);
    }

    private static final java.util.List<String> BROKERS_FIRST =
            java.util.List.of("kafka-control", "kafka-test", "kafka-production");

    private void heal(String part) {
        var way = chaos.wayTo(part);
        if (way != null) {
            way.pass();
        }
        if (stack.status().get(part) instanceof PartState.Running) {
            stack.thaw(part);
        } else {
            stack.start(part);
        }
    }
}
