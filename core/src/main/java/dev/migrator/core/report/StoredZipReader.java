package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Reads a report in the one form that {@link StoredZip} gives it, and takes nothing else for one. Every byte is looked at once; one
 * piece of {@value #PIECE} bytes is in memory, whatever the file says of itself.
 */
final class StoredZipReader {
    private static final int PIECE = 1 << 20;
    private static final int CRC_AT = 14;
    private static final int SIZE_AT = 22;
    private static final int NAME_LENGTH_AT = 26;

    /**
     * A file in the report.
     *
     * @param from offset of its bytes
     * @param digest of its bytes as they are
     * @param sound whether the CRC-32 beside it is that of these bytes
     */
    record Stored(String name, long from, int bytes, Digest digest, boolean sound) {}

    private final ReportSource source;
    private final SortedMap<String, Stored> files = new TreeMap<>();
    private final List<StoredZip.Member> members = new ArrayList<>();
    private long at;

    private StoredZipReader(ReportSource source) {
        this.source = source;
    }

    /**
     * @throws ProblemException {@code RPT-TRUNCATED} if it ends early, {@code RPT-FORM} if it is in another form, {@code
     *     RPT-LIMIT} if it is too large
     */
    static StoredZipReader open(ReportSource source) {
        var reader = new StoredZipReader(source);
        reader.index();
        return reader;
    }

    /** By name. */
    SortedMap<String, Stored> files() {
        return files;
    }

    /** Names in the order in which they lie there. */
    List<String> inOrder() {
        return members.stream().map(StoredZip.Member::name).toList();
    }

    /** The bytes of a file as they are; empty if there is none. */
    Optional<byte[]> find(String name) {
        return Optional.ofNullable(files.get(name)).map(file -> source.read(file.from(), file.bytes()));
    }

    private void index() {
        if (source.size() > ReportRules.MOST_BYTES_IN_ALL + ReportRules.MOST_BYTES) {
            throw ReportRules.tooMuch("the file", "at most 1 GiB", source.size() + " bytes");
        }
        while (signature() == StoredZip.LOCAL) {
            if (files.size() >= ReportRules.MOST_FILES) {
                throw ReportRules.tooMuch("the file", "at most " + ReportRules.MOST_FILES + " files", "more");
            }
            file();
        }
        if (members.isEmpty()) {
            throw form("the beginning of a report", "something else");
        }
        var expected = StoredZip.directory(members, at);
        long left = source.size() - at;
        var found = source.read(at, (int) Math.min(left, expected.length));
        if (!Arrays.equals(expected, found)) {
            int differs = Arrays.mismatch(expected, found);
            if (differs == found.length) {
                throw truncated("the list of files at its end");
            }
            at += differs;
            throw form("the list of files, as they are before it", "another byte");
        }
        if (left > expected.length) {
            at += expected.length;
            throw form("the end", (left - expected.length) + " bytes more");
        }
    }

    private int signature() {
        return buffer(take(at, Integer.BYTES, "a file or the list of files")).getInt();
    }

    private void file() {
        var header = buffer(take(at, StoredZip.LOCAL_BYTES, "the header of a file"));
        int nameLength = Short.toUnsignedInt(header.getShort(NAME_LENGTH_AT));
        int size = header.getInt(SIZE_AT);
        if (size < 0 || size > ReportRules.MOST_BYTES) {
            throw form("a file of at most " + ReportRules.MOST_BYTES + " bytes", Integer.toUnsignedString(size));
        }
        var name = new String(
                take(at + StoredZip.LOCAL_BYTES, nameLength, "the name of a file"), StandardCharsets.ISO_8859_1);
        if (!ReportRules.isName(name) || files.containsKey(name)) {
            throw form("the name of another file", name.substring(0, Math.min(100, name.length())));
        }
        var member = new StoredZip.Member(name, at, size, header.getInt(CRC_AT));
        var expected = StoredZip.local(member);
        int differs = Arrays.mismatch(expected, take(at, expected.length, name));
        if (differs >= 0) {
            at += differs;
            throw form("the header of " + name + ", stored and nothing else", "another byte");
        }
        at += expected.length;
        files.put(name, content(member));
        members.add(member);
        at += size;
    }

    private Stored content(StoredZip.Member member) {
        if (source.size() - at < member.bytes()) {
            throw truncated(member.name());
        }
        var crc = new CRC32();
        var sha = Digest.sha256();
        for (long from = at; from < at + member.bytes(); from += PIECE) {
            var piece = source.read(from, (int) Math.min(PIECE, at + member.bytes() - from));
            crc.update(piece);
            sha.update(piece);
        }
        var digest = new Digest(HexFormat.of().formatHex(sha.digest()));
        return new Stored(member.name(), at, member.bytes(), digest, (int) crc.getValue() == member.crc());
    }

    private byte[] take(long from, int length, String what) {
        if (source.size() - from < length) {
            throw truncated(what);
        }
        return source.read(from, length);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ProblemException truncated(String what) {
        return new ProblemException(Problem.of("RPT-TRUNCATED", "the report ends early")
                .about(what)
                .expected("more after byte " + at)
                .found("a file of " + source.size() + " bytes")
                .todo("fetch the report again"));
    }

    private ProblemException form(String expected, String found) {
        var before = members.isEmpty() ? "" : ", after " + members.getLast().name();
        return new ProblemException(Problem.of("RPT-FORM", "the file is no report, or was changed")
                .about("byte " + at + before)
                .expected(expected)
                .found(found)
                .todo("fetch the report again; a report that was packed anew is another file"));
    }
}
