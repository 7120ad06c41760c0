package dev.migrator.localstack.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes loaded and linked in an earlier run, kept for the next start of the same program (the JDK's AOT cache): a
 * registry then starts on half the processor time. A cache that does not fit any more, because a jar or the JDK has
 * changed, is ignored by the JVM.
 */
public enum StartUpCache {
    REGISTRY("registry");

    private final String name;

    StartUpCache(String name) {
        this.name = name;
    }

    /** The file that holds it. */
    Path file(Home home) {
        return home.cache().resolve(name + ".aot");
    }

    /** What a JVM has to be told to use it; nothing while there is none. */
    List<String> options(Home home) {
        Path file = file(home);
        return Files.exists(file) ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
    }
}
