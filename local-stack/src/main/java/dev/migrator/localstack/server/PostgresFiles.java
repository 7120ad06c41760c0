package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The programs of PostgreSQL, unpacked from the distribution by whoever needs them first. */
final class PostgresFiles {
    private static final int HEAP_MEGABYTES = 96;

    private PostgresFiles() {}

    /** The folder that holds {@code bin}. */
    static Path programs(Home home) {
        Path jars = home.server("postgres");
        Path unpacked = jars.resolveSibling("postgres");
        if (!Files.isExecutable(unpacked.resolve("bin").resolve("postgres"))) {
            unpack(home, jars, unpacked);
        }
        return unpacked;
    }

    /** Somebody else may do the same at this moment: each unpacks into a folder of its own, and one of them wins. */
    private static void unpack(Home home, Path jars, Path unpacked) {
        try {
            Path fresh = Files.createTempDirectory(jars.getParent(), ".postgres-");
            try {
                List<String> command = Jvm.command(HEAP_MEGABYTES, fresh.resolve("tmp"));
                command.addAll(List.of(
                        "-cp",
                        home.postgresLauncher() + java.io.File.pathSeparator + jars.resolve("*"),
                        "dev.migrator.localstack.postgresserver.Unpack",
                        jars.toString(),
                        fresh.resolve("all").toString()));
                Steps.run("unpacking PostgreSQL", command, fresh, "");
                Files.move(fresh.resolve("all"), unpacked, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.remove(fresh);
            }
        } catch (IOException e) {
            if (!Files.isExecutable(unpacked.resolve("bin").resolve("postgres"))) {
                throw new LocalStackException(
                        Code.LST_SYSTEM,
                        unpacked.toString(),
                        "the programs of PostgreSQL",
                        e.toString(),
                        "look at the folder's owner and the free space, remove it, and try again",
                        e);
            }
        }
    }
}
