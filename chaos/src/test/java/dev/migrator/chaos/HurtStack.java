package dev.migrator.chaos;

import dev.migrator.chaos.fault.ChaosStack;
import dev.migrator.chaos.outside.Journal;
import dev.migrator.chaos.run.People;
import dev.migrator.localstack.server.Home;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The stack and what tests look at it with. */
final class HurtStack implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ChaosStack stack;
    private final Journal journal;
    private final People people;

    private HurtStack(ChaosStack stack) {
        this.stack = stack;
        this.journal = new Journal(stack.stack());
        this.people = new People(stack.stack());
    }

    static HurtStack up() {
        var home = Home.find();
        return new HurtStack(ChaosStack.up(home, home.root().resolve("chaos/target/hurt-stack"), System.out::println));
    }

    ChaosStack stack() {
        return stack;
    }

    Journal journal() {
        return journal;
    }

    People people() {
        return people;
    }

    /** Waits for a condition; one that never holds tells what there was instead. */
    <T> T await(String what, Callable<Optional<T>> found, Callable<String> instead) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var result = found.call();
            if (result.isPresent()) {
                return result.get();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError(
                "within " + PATIENCE.toSeconds() + " s: expected " + what + ", found " + instead.call());
    }

    /** Waits for that state; another end fails at once. */
    void awaitState(String id, String state) throws Exception {
        await(
                id + " to be " + state,
                () -> {
                    boolean ended = journal.ended(id); // asked first: what is said after it is an end too
                    var now = journal.state(id);
                    if (ended && !now.equals(state)) {
                        throw new AssertionError(id + ": expected " + state + ", found " + now);
                    }
                    return now.equals(state) ? Optional.of(true) : Optional.empty();
                },
                () -> journal.state(id));
    }

    @Override
    public void close() {
        journal.close();
        stack.close();
    }
}
