package dev.migrator.cli.command;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.report.ReportCheck;
import dev.migrator.core.report.ReportKey;
import dev.migrator.core.report.ReportSource;
import dev.migrator.core.report.ReportVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** A report on this machine's disk. Nothing of it is unpacked. */
final class ReportFile implements ReportSource, AutoCloseable {
    private final SeekableByteChannel channel;
    private final long size;

    private ReportFile(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** @throws IOException if there is no such file, or it cannot be read */
    static ReportVerdict check(Path file, Optional<ReportKey> trusted) throws IOException {
        try (var report = new ReportFile(Files.newByteChannel(file))) {
            return ReportCheck.of(report, trusted);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Of the file's bytes, as {@code sha256sum} tells it. */
    static Digest digest(Path file) throws IOException {
        var sha = Digest.sha256();
        try (var in = Files.newInputStream(file)) {
            var piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sha.update(piece, 0, read);
            }
        }
        return new Digest(HexFormat.of().formatHex(sha.digest()));
    }

    /** @throws ProblemException {@code RPT-KEY} if the file cannot be read or is no key */
    static ReportKey key(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ReportKey.ofPem(new String(in.readNBytes(1 << 16), java.nio.charset.StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("RPT-KEY", "this is no key that a report can be checked with")
                            .about(file.toString())
                            .expected("a PEM file with an Ed25519 public key")
                            .found(e.getClass().getSimpleName()),
                    e);
        } catch (ProblemException e) {
            throw new ProblemException(e.problem().about(file.toString()), e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte[] read(long from, int length) {
        var buffer = ByteBuffer.allocate(length);
        try {
            channel.position(from);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new IOException("the file became shorter while it was read");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
