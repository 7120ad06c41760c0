package dev.migrator.engine;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.PlanCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A journal on local disk: one file for each migration, a line of canonical JSON for each entry in it, forced to the disk
 * before the call returns. A line that a crash cut off is left out when read. Fails with {@link UncheckedIOException} if
 * the disk does: without a journal nothing is written.
 */
public final class FileJournal implements Journal {
    private static final String ENDING = ".journal";

    private final Path folder;

    /** @param folder made if missing; used by one process at a time */
    public FileJournal(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void intend(MigrationId id, int batch, Set<EntryKey> keys) {
        append(
                id,
                Value.object(
                        "batch", Value.of(batch),
                        "intend",
                                Value.array(keys.stream()
                                        .sorted()
                                        .map(PlanCodec::key)
                                        .toList())));
    }

    @Override
    public synchronized void record(MigrationId id, int batch, Map<EntryKey, String> incarnations) {
        var known = incarnations(id, batch);
        var news = new TreeMap<EntryKey, String>();
        incarnations.forEach((key, incarnation) -> {
            if (!incarnation.isEmpty() && !known.containsKey(key)) {
                news.put(key, incarnation);
            }
        });
        if (!news.isEmpty()) {
            append(
                    id,
                    Value.object(
                            "batch", Value.of(batch),
                            "found",
                                    Value.array(news.entrySet().stream()
                                            .map(made -> Value.object(
                                                    "key",
                                                    PlanCodec.key(made.getKey()),
                                                    "incarnation",
                                                    Value.of(made.getValue())))
                                            .toList())));
        }
    }

    @Override
    public synchronized Map<EntryKey, String> incarnations(MigrationId id, int batch) {
        var incarnations = new TreeMap<EntryKey, String>();
        if (!Files.exists(file(id))) {
            return incarnations;
        }
        try (var lines = Files.lines(file(id), StandardCharsets.UTF_8)) {
            lines.forEach(line -> read(line, batch, incarnations));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return incarnations;
    }

    @Override
    public synchronized void forget(MigrationId id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(String text, int batch, Map<EntryKey, String> incarnations) {
        Value.Obj line;
        try {
            line = (Value.Obj) CanonicalJson.parse(text);
        } catch (ProblemException _) {
            return; // cut off by a crash: the call that wrote it never returned
        }
        if (!line.get("batch").equals(Value.of(batch))) {
            return;
        }
        if (line.get("intend") instanceof Value.Arr(var keys)) {
            keys.forEach(key -> incarnations.remove(PlanCodec.keyOf(key)));
        }
        if (line.get("found") instanceof Value.Arr(var made)) {
            made.forEach(one -> incarnations.put(
                    PlanCodec.keyOf(((Value.Obj) one).get("key")),
                    ((Value.Text) ((Value.Obj) one).get("incarnation")).value()));
        }
    }

    /** Begins on a line of its own, so that what a crash cut off spoils nothing after it. */
    private void append(MigrationId id, Value line) {
        boolean isNew = !Files.exists(file(id));
        var bytes = ByteBuffer.wrap(("\n" + CanonicalJson.text(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try (var channel = FileChannel.open(
                file(id), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isNew) {
            forceFolder();
        }
    }

    /** The file's name is on the disk only once its folder is. */
    private void forceFolder() {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An id may be {@code .} or {@code ..}: the ending makes every one a plain file name. */
    private Path file(MigrationId id) {
        return folder.resolve(id.value() + ENDING);
    }
}
