package dev.migrator.localstack.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reading the end of a log without reading the log. */
public final class Logs {
    /** Lines that an error shows. */
    public static final int SHOWN = 20;

    private static final int BYTES_AT_MOST = 64 * 1024;

    private Logs() {}

    /** The last lines, oldest first; none if there is no such file or it cannot be read. */
    public static List<String> lastLines(Path file, int atMost) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(log.length(), BYTES_AT_MOST);
            byte[] end = new byte[length];
            log.seek(log.length() - length);
            log.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - atMost), lines.size());
        } catch (IOException _) {
            return List.of();
        }
    }

    /** The last lines as an indented block for an error, or a word that there are none. */
    public static String block(Path file) {
        List<String> lines = lastLines(file, SHOWN);
        return lines.isEmpty()
                ? "(nothing in " + file + ")"
                : "last lines of " + file + ":\n    " + String.join("\n    ", lines);
    }
}
