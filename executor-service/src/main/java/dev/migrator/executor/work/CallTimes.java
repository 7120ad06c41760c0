package dev.migrator.executor.work;

import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * How long calls to targets take, by the command that makes them: {@code migrator.target.call}. How much of that is waiting
 * until every server shows what was written: {@code migrator.target.convergence}. A migration that is slow for the second
 * reason is slow because its target is.
 */
final class CallTimes {
    /** What a target is asked for. */
    enum Call {
        READ,
        APPLY,
        SETTLE,
        DRY_RUN
    }

    private static final String NO_COMMAND = "none";

    private final MeterRegistry meters;
    /** What this thread carries out; calls are made by the thread that took the command. */
    private final ThreadLocal<String> command = ThreadLocal.withInitial(() -> NO_COMMAND);

    CallTimes(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A command that this thread carries out until it is closed. */
    interface Doing extends AutoCloseable {
        @Override
        void close();
    }

    Doing carryingOut(WorkerAnswer.Kind kind) {
        command.set(word(kind));
        return command::remove;
    }

    <R> R of(Call call, TargetWriter writer, TargetPool.Use<TargetWriter, R> use) throws TargetException {
        var waitedBefore = writer.waited();
        long begun = System.nanoTime();
        try {
            return use.apply(writer);
        } finally {
            var took = Duration.ofNanos(System.nanoTime() - begun);
            meters.timer("migrator.target.call", "command", command.get(), "call", word(call))
                    .record(took);
            var waited = call == Call.SETTLE ? took : writer.waited().minus(waitedBefore);
            if (waited.isPositive()) {
                meters.timer("migrator.target.convergence", "command", command.get())
                        .record(waited);
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
