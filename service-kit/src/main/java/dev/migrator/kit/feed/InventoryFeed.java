package dev.migrator.kit.feed;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.events.v1.InventoryEntry;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.InventoryMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What every environment is known to hold, as the inventory topic says. Never guesses: whoever asks gets all that was in
 * the topic when they asked, or an exception.
 */
public final class InventoryFeed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Fingerprints kept once instead of in each entry: most fields have the same few values everywhere. */
    private static final int MAX_SHARED = 50_000;

    private final TopicFeed feed;
    private final Duration patience;
    private final Book book;

    public InventoryFeed(KafkaClients clients, Wire wire) {
        this(clients, wire, _ -> true);
    }

    private InventoryFeed(KafkaClients clients, Wire wire, Predicate<KnownEntry> kept) {
        var settings = clients.consumer("unused");
        settings.remove("group.id"); // each instance reads everything
        this.patience = PATIENCE;
        this.book = new Book(kept);
        this.feed = new TopicFeed(Topics.INVENTORY, settings, wire, book);
    }

    /** Keeps only what was retired and is not known to be removed for good: a small part of an inventory. */
    public static InventoryFeed ofRetired(KafkaClients clients, Wire wire) {
        return new InventoryFeed(clients, wire, InventoryFeed::isRetired);
    }

    private static boolean isRetired(KnownEntry known) {
        return known.retiredAt().isPresent();
    }

    static InventoryFeed ofRetired(Supplier<Consumer<String, byte[]>> consumers, Wire wire, Duration patience) {
        return new InventoryFeed(consumers, wire, patience, InventoryFeed::isRetired);
    }

    /** With consumers of the caller's. @param patience longest wait for the end of the topic */
    public InventoryFeed(Supplier<Consumer<String, byte[]>> consumers, Wire wire, Duration patience) {
        this(consumers, wire, patience, _ -> true);
    }

    private InventoryFeed(
            Supplier<Consumer<String, byte[]>> consumers, Wire wire, Duration patience, Predicate<KnownEntry> kept) {
        this.patience = patience;
        this.book = new Book(kept);
        this.feed = new TopicFeed(Topics.INVENTORY, consumers, wire, book);
    }

    public InventoryFeed start() {
        feed.start();
        return this;
    }

    /** Whether everything was read that was there when it started. */
    public boolean ready() {
        return feed.alive() && feed.caughtUp();
    }

    /**
     * All that is known of an environment by now.
     *
     * @throws Unavailable if the topic was not read up to its end, or holds a record of this environment that nobody can
     *     read: no inventory is not an empty one
     * @throws ProblemException {@code INV-TOO-LARGE}
     */
    public Inventory current(String environment) {
        feed.awaitEnd(patience);
        return book.of(environment);
    }

    @Override
    public void close() {
        feed.close();
    }

    private static final class Book implements TopicFeed.Reader {
        private final Map<String, Map<String, KnownEntry>> entries = new HashMap<>();
        private final Map<String, Map<String, Problem>> unreadable = new HashMap<>();
        private final Map<Digest, Digest> shared = new HashMap<>();
        private final Predicate<KnownEntry> kept;

        Book(Predicate<KnownEntry> kept) {
            this.kept = kept;
        }

        @Override
        public synchronized void accept(String key, SpecificRecord value) {
            if (!(value instanceof InventoryEntry entry)) {
                unreadable(
                        key,
                        Problem.of("INV-UNREADABLE", "a record of the inventory is no inventory entry")
                                .found(value.getSchema().getName()));
                return;
            }
            try {
                var known = sharing(InventoryMessages.known(entry));
                if (kept.test(known)) {
                    put(entries, key, known);
                } else {
                    drop(entries, key);
                }
                drop(unreadable, key);
            } catch (ProblemException e) {
                unreadable(key, e.problem());
            }
        }

        private KnownEntry sharing(KnownEntry known) {
            var fields = new TreeMap<>(known.fields());
            fields.replaceAll((_, fingerprint) -> {
                if (shared.size() < MAX_SHARED) {
                    shared.putIfAbsent(fingerprint, fingerprint);
                }
                return shared.getOrDefault(fingerprint, fingerprint);
            });
            return known.with(fields);
        }

        @Override
        public synchronized void forget(String key) {
            drop(entries, key);
            drop(unreadable, key);
        }

        @Override
        public synchronized void unreadable(String key, Problem problem) {
            put(unreadable, key, problem);
        }

        synchronized Inventory of(String environment) {
            var broken = unreadable.getOrDefault(environment, Map.of());
            if (!broken.isEmpty()) {
                var first = new TreeMap<>(broken).firstEntry();
                throw new Unreadable(
                        Problem.of("INV-UNREADABLE", "the inventory holds a record that cannot be read")
                                .about(Topics.INVENTORY + ", key " + first.getKey())
                                .expected("inventory entries only")
                                .found(first.getValue().message())
                                .todo(
                                        "find out who wrote it; publish the entry again, or a record without value under its key"));
            }
            return Inventory.of(entries.getOrDefault(environment, Map.of()).values());
        }

        private static <T> void put(Map<String, Map<String, T>> all, String key, T value) {
            // a key that names no environment concerns none
            InventoryMessages.environment(key)
                    .ifPresent(environment -> all.computeIfAbsent(environment, _ -> new HashMap<>())
                            .put(key, value));
        }

        private static <T> void drop(Map<String, Map<String, T>> all, String key) {
            InventoryMessages.environment(key)
                    .ifPresent(environment -> all.computeIfPresent(environment, (_, some) -> {
                        some.remove(key);
                        return some.isEmpty() ? null : some;
                    }));
        }
    }

    private static final class Unreadable extends Unavailable {
        private static final long serialVersionUID = 1L;

        Unreadable(Problem problem) {
            super(problem, null);
        }
    }
}
