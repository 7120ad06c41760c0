package dev.migrator.kit.worker;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.target.TargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Brings one record to its end: handled, or kept as a dead letter. Waits as long as that takes. */
final class RecordRun {
    private static final Logger LOG = Logger.getLogger(RecordRun.class);
    static final int MOST_STARTS = 3;

    private final TaskLoopSettings settings;
    private final Wire wire;
    private final DeadLetters deadLetters;
    private final TaskHandler handler;
    private final DelayListener delays;
    private final StartCounts starts;
    private final Semaphore working;
    private final CountDownLatch stopped = new CountDownLatch(1);

    RecordRun(
            TaskLoopSettings settings, Wire wire, DeadLetters deadLetters, TaskHandler handler, DelayListener delays) {
        this.settings = settings;
        this.wire = wire;
        this.deadLetters = deadLetters;
        this.handler = handler;
        this.delays = delays;
        this.starts = new StartCounts(settings.workDir().resolve("starts").resolve(settings.name()));
        this.working = new Semaphore(settings.concurrent());
    }

    /** Ends all waits; what is worked on goes on to its end. */
    void stop() {
        stopped.countDown();
    }

    private sealed interface Attempt {}

    private record Finished() implements Attempt {}

    /** The loop stops, or the partition is another's: nothing was begun. */
    private record NotBegun() implements Attempt {}

    /** @param task empty while the bytes could not be decoded */
    private record Wait(Problem problem, Optional<Task> task) implements Attempt {}

    /**
     * @param goOn false when the loop stops or the partition is another's: then the record is left as it is
     * @return whether the record came to its end
     */
    boolean run(ConsumerRecord<byte[], byte[]> record, BooleanSupplier goOn, Supplier<Duration> heldFor) {
        boolean told = false;
        try {
            for (int attempt = 1; goOn.getAsBoolean(); attempt++) {
                Attempt made = once(record, attempt, goOn, heldFor);
                if (!(made instanceof Wait(var problem, var task))) {
                    return made instanceof Finished;
                }
                if (!told && task.isPresent()) {
                    delays.delayed(task.get(), problem);
                    told = true;
                }
                if (attempt == 1 || attempt % 20 == 0) {
                    LOG.warnf(
                            "A record waits: loop=%s, topic=%s, partition=%d, offset=%d, attempt=%d, problem=%s",
                            settings.name(), record.topic(), record.partition(), record.offset(), attempt, problem);
                }
                Duration pause = settings.backoff().before(attempt, ThreadLocalRandom.current());
                if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private Attempt once(
            ConsumerRecord<byte[], byte[]> record, int attempt, BooleanSupplier owned, Supplier<Duration> heldFor)
            throws InterruptedException {
        working.acquire();
        try {
            if (!owned.getAsBoolean()) {
                return new NotBegun();
            }
            return switch (wire.decode(record.value())) {
                case Decoded.Undecodable(var _, var problem) -> bury(record, problem);
                case Decoded.Unresolved(var _, var problem) -> new Wait(problem, Optional.empty());
                case Decoded.Message(var value) -> handle(record, task(record, value, attempt, owned, heldFor));
            };
        } catch (Unavailable e) { // the dead letters cannot be written
            return new Wait(e.problem(), Optional.empty());
        } finally {
            working.release();
        }
    }

    private Attempt handle(ConsumerRecord<byte[], byte[]> record, Task task) throws InterruptedException {
        int count = starts.begin(record);
        if (count > MOST_STARTS) {
            return bury(record, poison(task));
        }
        try {
            handler.handle(task);
            starts.end(record);
            return new Finished();
        } catch (ProblemException e) {
            return bury(record, e.problem());
        } catch (Unavailable e) {
            return later(record, task, e.problem());
        } catch (TargetException.Unavailable | TargetException.Fenced e) { // fenced: if it is still ours, later
            return later(record, task, e.problem());
        } catch (InterruptedException e) {
            starts.end(record); // we stopped it; it is not the record's fault
            throw e;
        } catch (Exception | StackOverflowError | AssertionError e) {
            if (Thread.currentThread().isInterrupted()) {
                starts.end(record);
                throw new InterruptedException();
            }
            LOG.errorf(
                    e, "Handling a record failed: loop=%s, place=%s, start=%d", settings.name(), task.place(), count);
            return new Wait(
                    Problem.of("WRK-FAULT", "handling a record failed by a fault of this service")
                            .about(task.place())
                            .expected("an end")
                            .found(e.getClass().getSimpleName())
                            .todo("see the log of the service, and report it"),
                    Optional.of(task));
        }
    }

    private Attempt later(ConsumerRecord<byte[], byte[]> record, Task task, Problem problem) {
        starts.end(record); // it ended in good order; waiting for a part is nobody's poison
        return new Wait(problem, Optional.of(task));
    }

    private Attempt bury(ConsumerRecord<byte[], byte[]> record, Problem problem) {
        deadLetters.publish(record, problem);
        starts.end(record);
        LOG.warnf(
                "A record went to the dead letters: loop=%s, topic=%s, partition=%d, offset=%d, code=%s",
                settings.name(), record.topic(), record.partition(), record.offset(), problem.code());
        return new Finished();
    }

    private static Problem poison(Task task) {
        return Problem.of("WRK-POISON", "handling a record was started three times and never came to an end")
                .about(task.place())
                .expected("an end within " + MOST_STARTS + " starts")
                .found("POISON")
                .todo("see the log of the service for why it failed or was killed, then publish the record again");
    }

    private static Task task(
            ConsumerRecord<byte[], byte[]> record,
            SpecificRecord value,
            int attempt,
            BooleanSupplier owned,
            Supplier<Duration> heldFor) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(h -> {
            if (h.value() != null) {
                headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8));
            }
        });
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return new Task(
                record.topic(),
                record.partition(),
                record.offset(),
                key,
                value,
                Map.copyOf(headers),
                attempt,
                owned,
                heldFor);
    }
}
