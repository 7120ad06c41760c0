package dev.migrator.localstack;

import dev.migrator.localstack.server.Folders;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Only one process at a time brings a stack up or down. The system frees the lock of a process that dies. */
final class StackLock implements AutoCloseable {
    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws LocalStackException {@code LST-INPUT} if another process is changing the stack in that folder */
    static StackLock take(Path folder) {
        Path file = Folders.make(folder.toAbsolutePath()).resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw busy(folder, null);
            }
            return new StackLock(channel);
        } catch (OverlappingFileLockException | IOException e) {
            throw busy(folder, e);
        }
    }

    private static LocalStackException busy(Path folder, Exception cause) {
        return new LocalStackException(
                Code.LST_INPUT,
                "the local stack in " + folder,
                "nobody else bringing it up or down",
                cause == null ? "another process is at it" : cause.toString(),
                "wait until that one is done",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw busy(Path.of("."), e);
        }
    }
}
