package dev.migrator.localstack.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real Apicurio Registry in a child process. Thread-safe. */
public final class RegistryServer implements AutoCloseable {
    private static final int HEAP_MEGABYTES = 256;

    private final RegistrySpec spec;
    private final ServerProcess process;

    private RegistryServer(RegistrySpec spec, ServerProcess process) {
        this.spec = spec;
        this.process = process;
    }

    /**
     * Starts the registry and waits until its API answers.
     *
     * @param folder takes data and log
     * @throws LocalStackException if a given port is in use, or the process ends or is not ready in time
     */
    public static RegistryServer start(Path folder, RegistrySpec spec) {
        RegistrySpec claimed = spec.withClaimedPorts();
        return new RegistryServer(claimed, ServerProcess.start(launch(Home.find(), folder, claimed)));
    }

    /**
     * How to start the registry.
     *
     * @param spec with real ports
     */
    public static Launch launch(Home home, Path givenFolder, RegistrySpec spec) {
        Path folder = givenFolder.toAbsolutePath();
        List<String> command = Jvm.command(HEAP_MEGABYTES, folder.resolve("tmp"));
        settings(folder, spec).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-jar", home.server("apicurio").resolve("quarkus-run.jar").toString()));
        return new Launch(
                "registry (" + spec.name() + ")",
                command,
                Map.of(),
                folder,
                folder.resolve("registry.log"),
                // from its storage: other calls are answered before that was opened
                Readiness.http(spec.url() + "/groups?limit=1", 200));
    }

    private static Map<String, String> settings(Path folder, RegistrySpec spec) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.http.host", Ports.HOST);
        settings.put("quarkus.http.port", String.valueOf(spec.port()));
        settings.put("quarkus.management.host", Ports.HOST);
        settings.put("quarkus.management.port", String.valueOf(spec.managementPort()));
        settings.put("quarkus.http.access-log.enabled", "false"); // would grow with every request
        settings.put("apicurio.datasource.jdbc.initial-size", "2");
        settings.put("apicurio.datasource.jdbc.min-size", "2");
        settings.put("apicurio.datasource.jdbc.max-size", "20");
        settings.put("apicurio.storage.snapshot.location", folder.resolve("tmp").toString());
        settings.put("apicurio.import.work-dir", folder.resolve("tmp").toString());
        if (spec.onDisk()) {
            // Every commit is written through: a registry that is killed has lost nothing it has acknowledged.
            settings.put("apicurio.datasource.url", "jdbc:h2:file:" + folder.resolve("registry") + ";WRITE_DELAY=0");
        }
        String deletion = String.valueOf(spec.deletion());
        settings.put("apicurio.rest.deletion.group.enabled", deletion);
        settings.put("apicurio.rest.deletion.artifact.enabled", deletion);
        settings.put("apicurio.rest.deletion.artifact-version.enabled", deletion);
        return settings;
    }

    /** The core API, version 3, without a slash at the end. */
    public String url() {
        return spec.url();
    }

    /** The process it runs in. */
    public ServerProcess process() {
        return process;
    }

    @Override
    public void close() {
        if (spec.onDisk()) {
            process.close();
        } else {
            process.kill();
        }
    }
}
