package dev.migrator.localstack;

import dev.migrator.localstack.server.Home;
import java.nio.file.Path;
import java.util.List;

/** Brings a stack up and ends, as the command does; the stack has to stay. */
public final class UpAndGone {
    private UpAndGone() {}

    /** @param args the stack's folder, and the jar in the place of each service */
    public static void main(String[] args) {
        LocalStack.up(options(Path.of(args[0]), Path.of(args[1])).withProgress(System.out::println));
    }

    static Options options(Path folder, Path jar) {
        Home home = Home.find();
        List<ServiceSpec> services = ServiceSpec.all(home).stream()
                .map(service -> service.withJar(jar))
                .toList();
        return Options.in(home, folder).withServices(services).withRehearsal();
    }

    /** Runs it in a process of its own, and returns what it printed; fails if it did not end with 0. */
    static List<String> inAnotherProcess(Path folder, Path jar) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-D" + Home.PROPERTY + "=" + Home.find().root(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UpAndGone.class.getName(),
                        folder.toString(),
                        jar.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new AssertionError("up failed:\n" + String.join("\n", lines));
        }
        return lines;
    }
}
