package dev.migrator.kit.objects;

import dev.migrator.core.canonical.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * An object store with a copy on this machine's disk, by digest and checked on every read, so that what was seen once
 * needs the store no more: undoing goes on while the store is away. Above its bound the longest unused copies go.
 */
public final class CachedObjects implements ObjectStore {
    private static final Logger LOG = Logger.getLogger(CachedObjects.class);

    private final ObjectStore store;
    private final Path folder;
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong(-1);

    /** @param mostBytes bound of the copies together; more than {@link ObjectStore#MOST_BYTES} to be of use */
    public CachedObjects(ObjectStore store, Path folder, long mostBytes) {
        this.store = store;
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    @Override
    public Digest put(String key, byte[] object) {
        Digest digest = store.put(key, object);
        keep(object);
        return digest;
    }

    /** From the disk if its copy is whole, else from the store. */
    @Override
    public byte[] get(String key, Digest expected) {
        return local(expected).orElseGet(() -> {
            byte[] object = store.get(key, expected);
            keep(object);
            return object;
        });
    }

    @Override
    public List<String> list(String inFolder, int atMost) {
        return store.list(inFolder, atMost);
    }

    @Override
    public boolean exists(String key) {
        return store.exists(key);
    }

    @Override
    public void probe() {
        store.probe();
    }

    /** The copy on disk with that digest, if there is one and it is whole. */
    public Optional<byte[]> local(Digest digest) {
        Path file = file(digest);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] object = Files.readAllBytes(file);
            if (Digest.of(object).equals(digest)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return Optional.of(object);
            }
            LOG.warnf("A copy of an object is damaged and thrown away: digest=%s", digest);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf("A copy of an object cannot be read: digest=%s, error=%s", digest, e.getMessage());
        }
        return Optional.empty();
    }

    /** Keeps a copy on disk alone. A full disk is logged, and the copy is missing. */
    public Digest keep(byte[] object) {
        Digest digest = Digest.of(object);
        Path file = file(digest);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                Path temporary = Files.createTempFile(folder, "new", ".tmp");
                Files.write(temporary, object);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                makeRoom(object.length);
            }
        } catch (IOException e) {
            LOG.warnf("An object cannot be kept on disk: digest=%s, error=%s", digest, e.getMessage());
        }
        return digest;
    }

    private void makeRoom(int added) throws IOException {
        if (bytes.get() >= 0 && bytes.addAndGet(added) <= mostBytes) {
            return;
        }
        synchronized (this) {
            try (var files = Files.list(folder)) {
                var oldestFirst = files.filter(Files::isRegularFile)
                        .map(file -> new Copy(
                                file, file.toFile().length(), file.toFile().lastModified()))
                        .sorted(Comparator.comparingLong(Copy::used))
                        .toList();
                long total = oldestFirst.stream().mapToLong(Copy::length).sum();
                for (Copy copy : oldestFirst) {
                    if (total <= mostBytes) {
                        break;
                    }
                    Files.deleteIfExists(copy.file());
                    total -= copy.length();
                }
                bytes.set(total);
            }
        }
    }

    private record Copy(Path file, long length, long used) {}

    private Path file(Digest digest) {
        return folder.resolve(digest.hex());
    }
}
