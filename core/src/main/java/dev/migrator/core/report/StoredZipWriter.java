package dev.migrator.core.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes files as they come, each once; holds one in memory. For one thread. */
final class StoredZipWriter {
    private final OutputStream out;
    private final List<StoredZip.Member> members = new ArrayList<>();
    private long at;

    StoredZipWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * @throws dev.migrator.core.error.ProblemException {@code RPT-LIMIT} if it does not fit
     * @throws UncheckedIOException if nobody takes the bytes
     */
    void add(String name, byte[] bytes) {
        if (!ReportRules.isName(name)
                || members.stream().anyMatch(member -> member.name().equals(name))) {
            throw new IllegalArgumentException("no name for another file: " + name);
        }
        if (bytes.length > ReportRules.MOST_BYTES
                || members.size() >= ReportRules.MOST_FILES
                || at + bytes.length > ReportRules.MOST_BYTES_IN_ALL) {
            throw ReportRules.tooMuch(
                    name,
                    "files of at most " + ReportRules.MOST_BYTES + " bytes, " + ReportRules.MOST_BYTES_IN_ALL
                            + " in all",
                    bytes.length + " bytes after " + at);
        }
        var crc = new CRC32();
        crc.update(bytes);
        var member = new StoredZip.Member(name, at, bytes.length, (int) crc.getValue());
        write(StoredZip.local(member));
        write(bytes);
        members.add(member);
    }

    /** To be called once, after the last file. */
    void finish() {
        write(StoredZip.directory(members, at));
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        at += bytes.length;
    }
}
