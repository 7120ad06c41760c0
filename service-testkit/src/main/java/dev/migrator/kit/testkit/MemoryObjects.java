package dev.migrator.kit.testkit;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.BucketProtection;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A bucket in memory that can go away, and can be made to hold other bytes than were put. */
public final class MemoryObjects implements Bucket {
    private final SortedMap<String, byte[]> objects = new TreeMap<>();
    private final Map<String, Instant> times = new HashMap<>();
    private final Map<String, Integer> writes = new HashMap<>();
    private final Map<String, Instant> locks = new HashMap<>();
    private BucketProtection protection = BucketProtection.NONE;
    private Instant now = Desk.NOW;
    private int putsLeft = Integer.MAX_VALUE;
    private String awaited = "";
    private Runnable somebodyElse = () -> {};
    private boolean away;
    private boolean spoiling;

    public synchronized void goAway() {
        away = true;
    }

    public synchronized void comeBack() {
        putsLeft = Integer.MAX_VALUE;
        away = false;
    }

    /** From now on one bit of every object turns over once it is put. */
    public synchronized void spoilWhatIsPut() {
        spoiling = true;
    }

    /** What is put from now on was written then. */
    public synchronized void setClock(Instant time) {
        now = time;
    }

    /** After so many further puts of new objects, the store is away. */
    public synchronized void goAwayAfter(int puts) {
        putsLeft = puts;
    }

    /** Right before the next put of a key that ends so, once: somebody else is quicker. */
    public synchronized void beforeNextPut(String keyEnd, Runnable quicker) {
        awaited = keyEnd;
        somebodyElse = quicker;
    }

    /** Other bytes under a key, by somebody who is not us. */
    public synchronized void outsiderSets(String key, byte[] bytes) {
        objects.put(key, bytes.clone());
        times.put(key, now);
    }

    /** How often a key was put with an object that was not there. */
    public synchronized int writes(String key) {
        return writes.getOrDefault(key, 0);
    }

    /** Keys of all objects, ascending. */
    public synchronized Set<String> keys() {
        return new TreeSet<>(objects.keySet());
    }

    /** The bytes under a key, as they are. */
    public synchronized byte[] bytes(String key) {
        if (!objects.containsKey(key)) {
            throw new AssertionError("no object " + key + " among " + objects.keySet());
        }
        return objects.get(key).clone();
    }

    @Override
    public synchronized Digest put(String key, byte[] bytes) {
        answer("put " + key);
        letOthersPass(key);
        var digest = Digest.of(bytes);
        var held = objects.get(key);
        if (held != null && !Digest.of(held).equals(digest)) {
            throw new ProblemException(Problem.of("OBJ-OVERWRITE", "the object holds other bytes")
                    .about(key)
                    .expected(digest.toString())
                    .found(Digest.of(held).toString()));
        }
        var kept = bytes.clone();
        if (spoiling) {
            kept[kept.length / 2] ^= 1;
        }
        if (held == null) {
            if (putsLeft-- <= 0) {
                away = true;
                answer("put " + key);
            }
            times.put(key, now);
            writes.merge(key, 1, Integer::sum);
        }
        objects.put(key, kept);
        return digest;
    }

    @Override
    public synchronized byte[] get(String key, Digest expected) {
        answer("get " + key);
        var held = objects.get(key);
        if (held == null) {
            throw new ProblemException(
                    Problem.of("OBJ-MISSING", "there is no such object").about(key));
        }
        if (!Digest.of(held).equals(expected)) {
            throw new ProblemException(Problem.of("OBJ-DIGEST", "the object holds other bytes")
                    .about(key)
                    .expected(expected.toString())
                    .found(Digest.of(held).toString()));
        }
        return held.clone();
    }

    @Override
    public synchronized List<String> list(String folder, int atMost) {
        answer("list " + folder);
        return objects.keySet().stream()
                .filter(key -> key.startsWith(folder))
                .limit(atMost)
                .toList();
    }

    @Override
    public synchronized Optional<byte[]> find(String key) {
        answer("get " + key);
        return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
    }

    @Override
    public synchronized void each(String folder, Consumer<Listed> each) {
        answer("list " + folder);
        new TreeMap<>(objects)
                .keySet().stream()
                        .filter(key -> key.startsWith(folder))
                        .forEach(key -> each.accept(new Listed(key, times.get(key))));
    }

    @Override
    public synchronized void remove(String key) {
        answer("remove " + key);
        objects.remove(key);
        times.remove(key);
    }

    /** What the bucket has from now on. */
    public synchronized MemoryObjects protectedBy(BucketProtection by) {
        protection = by;
        return this;
    }

    /** Until when an object is kept; empty for one that is not. */
    public synchronized Optional<Instant> lockedUntil(String key) {
        return Optional.ofNullable(locks.get(key));
    }

    @Override
    public synchronized BucketProtection protection() {
        answer("look for object lock");
        return protection;
    }

    @Override
    public synchronized Digest putLocked(String key, byte[] bytes, Instant until) {
        var digest = put(key, bytes);
        lockUntil(key, until);
        return digest;
    }

    @Override
    public synchronized void lockUntil(String key, Instant until) {
        answer("lock " + key);
        if (protection != BucketProtection.OBJECT_LOCK || !objects.containsKey(key)) {
            throw new ObjectStoreUnavailable("lock " + key, "answer InvalidRequest", null);
        }
        locks.merge(key, until, (held, wanted) -> held.isAfter(wanted) ? held : wanted);
    }

    @Override
    public synchronized boolean removeUnlessLocked(String key) {
        answer("remove " + key);
        if (lockedUntil(key).stream().anyMatch(end -> end.isAfter(now))) {
            return false;
        }
        locks.remove(key);
        remove(key);
        return true;
    }

    @Override
    public synchronized boolean exists(String key) {
        answer("look for " + key);
        return objects.containsKey(key);
    }

    @Override
    public synchronized void probe() {
        answer("probe");
    }

    private void letOthersPass(String key) {
        if (!awaited.isEmpty() && key.endsWith(awaited)) {
            awaited = "";
            somebodyElse.run();
        }
    }

    private void answer(String doing) {
        if (away) {
            throw new ObjectStoreUnavailable(doing, "away", null);
        }
    }
}
