package dev.migrator.manifests.yaml;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2 files (core schema) from people one does not trust. Whatever the bytes are, the answer comes within the
 * limits and says where it went wrong; nothing is thrown.
 */
public final class YamlReader {
    private final YamlLimits limits;

    public YamlReader(YamlLimits limits) {
        this.limits = limits;
    }

    public static YamlReader standard() {
        return new YamlReader(YamlLimits.STANDARD);
    }

    /** @param shownAs how findings name the file */
    public YamlContent read(Path file, String shownAs) {
        try (var in = Files.newInputStream(file)) {
            return read(in.readNBytes(limits.fileBytes() + 1), shownAs);
        } catch (IOException e) {
            return stopped(
                    Problem.of("YML-FILE", "the file cannot be read")
                            .about(shownAs)
                            .expected("a readable file")
                            .found(e.getClass().getSimpleName()),
                    shownAs,
                    0);
        }
    }

    public YamlContent read(byte[] bytes, String shownAs) {
        if (bytes.length > limits.fileBytes()) {
            return stopped(
                    Problem.of("YML-LIMIT", "the file goes past a limit")
                            .about("size of the file")
                            .expected("at most " + limits.fileBytes() + " bytes")
                            .found("more")
                            .todo("split it into several files"),
                    shownAs,
                    0);
        }
        return decode(bytes)
                .map(text -> parse(text, shownAs))
                .orElseGet(() -> stopped(
                        Problem.of("YML-ENCODING", "the file is not UTF-8")
                                .expected("UTF-8")
                                .found(byteAt(bytes, validPrefix(bytes)))
                                .todo("save it as UTF-8"),
                        shownAs,
                        lineAt(bytes, validPrefix(bytes))));
    }

    private YamlContent parse(String text, String shownAs) {
        // the parser copies what is left of its buffer at each refill: with a small one, long lines cost their square
        var settings = LoadSettings.builder()
                .setLabel(shownAs)
                .setBufferSize(Math.max(1024, text.length() + 1))
                .setCodePointLimit(limits.fileBytes())
                .setParseComments(false)
                .build();
        var builder = new YamlBuilder(limits);
        var stop = feed(text, settings, builder);
        var findings = new ArrayList<Finding>();
        builder.findings().forEach(finding -> findings.add(finding.at(shownAs, finding.line())));
        stop.ifPresent(finding -> findings.add(finding.at(shownAs, finding.line())));
        return new YamlContent(builder.documents(), findings, stop.isEmpty());
    }

    private static Optional<Finding> feed(String text, LoadSettings settings, YamlBuilder builder) {
        var reader = new StreamReader(settings, withoutByteOrderMark(text));
        try {
            new ParserImpl(settings, reader).forEachRemaining(builder::accept);
            return Optional.empty();
        } catch (YamlStop stop) {
            return Optional.of(stop.finding());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> mark.getLine() + 1)
                    .orElse(0);
            var context = e.getContext() == null ? "" : e.getContext() + ", ";
            return Optional.of(syntax(context + e.getProblem()).at("", line));
        } catch (ReaderException e) {
            var before = text.substring(
                    0, text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length()))));
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            return Optional.of(syntax("the character U+%04X, which YAML does not allow".formatted(e.getCodePoint()))
                    .at("", line));
        } catch (YamlEngineException e) {
            return Optional.of(syntax(YamlBuilder.shortened(String.valueOf(e.getMessage()))));
        } catch (IllegalArgumentException e) {
            // the parser takes the digits of an escape as they come: none at the end of the file, or more than a number
            // holds
            return Optional.of(syntax("an escape that stands for no character").at("", reader.getLine() + 1));
        }
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Finding syntax(String found) {
        return Finding.error(Problem.of("YML-SYNTAX", "the file is not YAML")
                .expected("YAML 1.2")
                .found(found)
                .todo("correct the syntax; what follows in this file was not looked at"));
    }

    private static YamlContent stopped(Problem problem, String file, int line) {
        return new YamlContent(List.of(), List.of(Finding.error(problem).at(file, line)), false);
    }

    private static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** How many bytes from the start are UTF-8. */
    private static int validPrefix(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        StandardCharsets.UTF_8.newDecoder().decode(in, java.nio.CharBuffer.allocate(bytes.length), true);
        return in.position();
    }

    private static int lineAt(byte[] bytes, int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    private static String byteAt(byte[] bytes, int offset) {
        return "byte 0x%02X at offset %d".formatted(bytes[offset], offset);
    }
}
