package dev.migrator.kit.targets;

import dev.migrator.target.TargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Open connections by name. One that failed is given to nobody else, and closed when its last user is done. */
final class Connections<T> implements AutoCloseable {
    interface Opening<T> {
        T open() throws TargetException;
    }

    private static final class Slot<T> {
        private final ReentrantLock opening = new ReentrantLock();
        private Shared<T> current;
    }

    private static final class Shared<T> {
        private final T connection;
        private int users;
        private boolean stale;

        Shared(T connection) {
            this.connection = connection;
        }

        /** One more user, unless the connection is not to be used again. */
        synchronized boolean join() {
            users += stale ? 0 : 1;
            return !stale;
        }

        /** @return whether it is now to be closed */
        synchronized boolean leave(boolean failed) {
            users--;
            stale |= failed;
            return stale && users == 0;
        }

        /** @return whether it is now to be closed; else its last user closes it */
        synchronized boolean retire() {
            boolean close = !stale && users == 0;
            stale = true;
            return close;
        }
    }

    private final Consumer<? super T> closing;
    private final Map<String, Slot<T>> slots = new HashMap<>();

    Connections(Consumer<? super T> closing) {
        this.closing = closing;
    }

    <R> R use(String name, Opening<? extends T> opening, TargetPool.Use<? super T, R> use) throws TargetException {
        Slot<T> slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(name, n -> new Slot<>());
        }
        Shared<T> shared = acquire(slot, opening);
        boolean failed = false;
        try {
            return use.apply(shared.connection);
        } catch (TargetException.Unavailable e) {
            failed = true;
            throw e;
        } finally {
            if (shared.leave(failed)) {
                closing.accept(shared.connection);
            }
        }
    }

    /** Opening may take long: others of the same name wait for it, other names do not. */
    private Shared<T> acquire(Slot<T> slot, Opening<? extends T> opening) throws TargetException {
        slot.opening.lock();
        try {
            if (slot.current == null || !slot.current.join()) {
                slot.current = new Shared<>(opening.open());
                slot.current.join();
            }
            return slot.current;
        } finally {
            slot.opening.unlock();
        }
    }

    @Override
    public void close() {
        synchronized (slots) {
            slots.values().forEach(this::closeSlot);
            slots.clear();
        }
    }

    private void closeSlot(Slot<T> slot) {
        slot.opening.lock();
        try {
            if (slot.current != null && slot.current.retire()) {
                closing.accept(slot.current.connection);
            }
        } finally {
            slot.opening.unlock();
        }
    }
}
