package dev.migrator.localstack.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM: the same JDK as this process, a small heap, few threads. */
public final class Jvm {
    private Jvm() {}

    /**
     * @param heapMegabytes the largest heap
     * @param temporary its folder for temporary files, made when missing, so that even a killed process leaves nothing
     *     elsewhere
     */
    public static List<String> command(int heapMegabytes, Path temporary) {
        Folders.make(temporary);
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                // These live for minutes on few cores: the second compiler costs more than it gives back.
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Djava.net.preferIPv4Stack=true",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary));
    }
}
