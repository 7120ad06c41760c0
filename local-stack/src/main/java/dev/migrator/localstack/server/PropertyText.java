package dev.migrator.localstack.server;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Java properties files in a stable order and without a date, so that equal content means equal bytes. */
public final class PropertyText {
    private PropertyText() {}

    /** One line for each entry, sorted by key. Keys and values are single lines of text. */
    public static String of(Map<String, String> entries) {
        return new TreeMap<>(entries)
                .entrySet().stream()
                        .map(e -> escaped(e.getKey()).replace(" ", "\\ ") + "=" + escaped(e.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    /** @throws UncheckedIOException if it cannot be read */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        Map<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
        return entries;
    }

    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\\\").replace("=", "\\=").replace(":", "\\:");
        return escaped.startsWith(" ") ? "\\" + escaped : escaped;
    }
}
