package dev.migrator.localstack.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real S3 server (S3Proxy) that keeps objects as files in a folder. Thread-safe. */
public final class S3Server implements AutoCloseable {
    private static final int HEAP_MEGABYTES = 96;
    /** A signed object is held whole while its signature is checked, and more than once. */
    private static final int ROOMY_HEAP_MEGABYTES = 512;
    /** As large as an object of ours may be; the server's own bound is 32 MiB. */
    private static final int MOST_SIGNED_BYTES = 64 << 20;

    private final S3Spec spec;
    private final ServerProcess process;

    private S3Server(S3Spec spec, ServerProcess process) {
        this.spec = spec;
        this.process = process;
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @param folder takes objects, settings and log; objects that are there already are served
     * @throws LocalStackException if a given port is in use, or the process ends or is not ready in time
     */
    public static S3Server start(Path folder, S3Spec spec) {
        S3Spec claimed = spec.withClaimedPort();
        return new S3Server(claimed, ServerProcess.start(launch(Home.find(), folder, claimed, false)));
    }

    /** Starts it on a free port with random keys and these buckets. */
    public static S3Server start(Path folder, String... buckets) {
        return start(folder, S3Spec.of(buckets));
    }

    /**
     * How to start the server; makes the buckets and writes its settings.
     *
     * @param spec with a real port
     * @param roomy whether it has memory for the plans of tens of thousands of topics
     */
    public static Launch launch(Home home, Path givenFolder, S3Spec spec, boolean roomy) {
        Path folder = givenFolder.toAbsolutePath();
        Path objects = folder.resolve("objects");
        spec.buckets().forEach(bucket -> Folders.make(objects.resolve(bucket)));
        Path settings = folder.resolve("s3proxy.properties");
        Secrets.write(settings, PropertyText.of(settings(objects, spec)));
        List<String> command = Jvm.command(roomy ? ROOMY_HEAP_MEGABYTES : HEAP_MEGABYTES, folder.resolve("tmp"));
        command.add("-DLOG_LEVEL=warn");
        command.addAll(List.of(
                "-cp",
                home.server("s3proxy").resolve("*").toString(),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString()));
        return new Launch(
                "s3", command, Map.of(), folder, folder.resolve("s3.log"), Readiness.http(spec.endpoint() + "/"));
    }

    private static Map<String, String> settings(Path objects, S3Spec spec) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("s3proxy.endpoint", spec.endpoint());
        settings.put("s3proxy.authorization", "aws-v2-or-v4");
        settings.put("s3proxy.identity", spec.accessKey());
        settings.put("s3proxy.credential", spec.secretKey());
        settings.put("s3proxy.jetty.max-threads", "20");
        settings.put("s3proxy.v4-max-non-chunked-request-size", String.valueOf(MOST_SIGNED_BYTES));
        settings.put("jclouds.provider", "filesystem-nio2");
        settings.put("jclouds.filesystem.basedir", objects.toString());
        settings.put("jclouds.identity", "unused");
        settings.put("jclouds.credential", "unused");
        return settings;
    }

    /** The service's address, path style, without a slash at the end. */
    public String endpoint() {
        return spec.endpoint();
    }

    public String accessKey() {
        return spec.accessKey();
    }

    public String secretKey() {
        return spec.secretKey();
    }

    /** The process it runs in. */
    public ServerProcess process() {
        return process;
    }

    /** Ends the process at once: an object is in its place only when it is whole. */
    @Override
    public void close() {
        process.kill();
    }
}
