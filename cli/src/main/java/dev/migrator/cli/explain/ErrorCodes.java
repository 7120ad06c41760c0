package dev.migrator.cli.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code docs/errors.md}, which is packaged with the command line. */
public final class ErrorCodes {
    /** @param chapter heading under which the code stands */
    public record ErrorCode(String code, String chapter, String meaning) {}

    private static final Pattern ROW = Pattern.compile("\\| `([A-Z0-9-]+)` \\| (.*\\S)\\s*\\|");

    private final SortedMap<String, ErrorCode> byCode = new TreeMap<>();

    private ErrorCodes(String page) {
        var chapter = "";
        for (var line : page.lines().toList()) {
            var row = ROW.matcher(line);
            if (line.startsWith("## ")) {
                chapter = line.substring(3);
            } else if (row.matches()) {
                byCode.put(row.group(1), new ErrorCode(row.group(1), chapter, row.group(2)));
            }
        }
    }

    public static ErrorCodes packaged() {
        try (var in = ErrorCodes.class.getResourceAsStream("errors.md")) {
            return new ErrorCodes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<ErrorCode> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    public SortedSet<String> codes() {
        return new TreeSet<>(byCode.keySet());
    }
}
