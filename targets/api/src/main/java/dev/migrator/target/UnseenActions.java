package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.EntryKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Actions that were sent and whose effect no probe has shown. Bounded: of more than {@link #MOST} the oldest are forgotten. */
final class UnseenActions {
    private static final int MOST = 1_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** Whether an action is done. */
    @FunctionalInterface
    interface Probe {
        boolean isDone(EntryKey key) throws TargetException;
    }

    private record Sent(boolean undo, long nanos) {}

    private final Duration longestLag;
    private final Map<EntryKey, Sent> sent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryKey, Sent> eldest) {
            return size() > MOST;
        }
    };

    UnseenActions(Duration longestLag) {
        this.longestLag = longestLag;
    }

    synchronized void sent(EntryKey key, boolean undo) {
        sent.remove(key); // so that it counts as the newest
        sent.put(key, new Sent(undo, System.nanoTime()));
    }

    synchronized void seen(EntryKey key) {
        sent.remove(key);
    }

    private synchronized Map<EntryKey, Sent> left() {
        sent.values().removeIf(one -> System.nanoTime() - one.nanos() > longestLag.toNanos());
        return Map.copyOf(sent);
    }

    private synchronized void remove(EntryKey key, Sent one) {
        sent.remove(key, one);
    }

    /** @throws TargetException.Unavailable if something is still waited for at the end of that time */
    void await(Probe probe, Duration atMost) throws TargetException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (var left = left(); !left.isEmpty(); left = left()) {
            for (var one : left.entrySet()) {
                if (shows(probe, one.getKey(), one.getValue())) {
                    remove(one.getKey(), one.getValue());
                }
            }
            var waiting = left();
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TargetException.Unavailable(
                        Problem.of("TGT-NOT-SETTLED", "the target does not show yet what it acknowledged")
                                .about("action "
                                        + ActionAddress.nameOf(
                                                waiting.keySet().iterator().next()))
                                .expected("a probe that shows it, within " + atMost.toMillis() + " ms")
                                .found(waiting.size() + " not shown")
                                .todo("try again"),
                        null);
            }
            Pauses.pause(BETWEEN_LOOKS, "settle");
        }
    }

    /** Without an answer it is waited for on: it holds up no other, and its time ends as well. */
    private static boolean shows(Probe probe, EntryKey key, Sent sent) {
        try {
            return probe.isDone(key) != sent.undo();
        } catch (TargetException _) {
            return false;
        }
    }
}
