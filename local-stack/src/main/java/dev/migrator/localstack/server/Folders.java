package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Making folders, and removing them with everything in them. */
public final class Folders {
    private Folders() {}

    /** Makes the folder and those above it, where they are missing. */
    public static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** Removes the folder with its content; links are removed, not followed. Nothing to remove is no error. */
    public static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE; // gone between the look and the visit
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static LocalStackException failed(Path folder, IOException e) {
        return new LocalStackException(
                Code.LST_SYSTEM,
                folder.toString(),
                "a folder that can be changed",
                e.toString(),
                "look at its owner and the free space",
                e);
    }
}
