package dev.migrator.localstack;

import dev.migrator.localstack.ServiceSpec.ApprovalKey;
import dev.migrator.localstack.server.ConnectServer;
import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.Jvm;
import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.Launch;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import dev.migrator.localstack.server.Ports;
import dev.migrator.localstack.server.PostgresServer;
import dev.migrator.localstack.server.Readiness;
import dev.migrator.localstack.server.RegistryServer;
import dev.migrator.localstack.server.RegistrySpec;
import dev.migrator.localstack.server.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a stack consists of, and how each part is started. */
final class Parts {
    static final String KAFKA = "kafka";
    static final String S3 = "s3";
    static final String CONTROL_REGISTRY = "registry-" + Environment.CONTROL;
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final int SERVICE_HEAP_MEGABYTES = 128;
    /** As deployments give them, about: see {@code k8s/base}. */
    private static final int ROOMY_SERVICE_HEAP_MEGABYTES = 256;

    private final Home home;
    private final StackLayout layout;
    private final StackSettings settings;
    private final Options options;

    Parts(StackLayout layout, StackSettings settings, Options options) {
        this.home = options.home();
        this.layout = layout;
        this.settings = settings;
        this.options = options;
    }

    /** Servers first, then the services that need them. */
    List<String> names() {
        List<String> names = new ArrayList<>(servers());
        names.addAll(serviceNames());
        return names;
    }

    List<String> servers() {
        List<String> names = new ArrayList<>(brokers());
        settings.clusters().forEach(cluster -> names.add("registry-" + cluster));
        names.add(S3);
        for (Environment environment : settings.environments()) {
            settings.systems(environment).forEach(system -> names.add(system.part(environment)));
        }
        return names;
    }

    /** The parts that are brokers: one process for all clusters, or one for each. */
    List<String> brokers() {
        return options.apart() ? settings.clusters().stream().map(Parts::broker).toList() : List.of(KAFKA);
    }

    private static String broker(String cluster) {
        return KAFKA + "-" + cluster;
    }

    /**
     * The servers that are there for rehearsals alone, besides their broker, which is in one process with the others unless
     * servers are apart.
     */
    List<String> place() {
        if (!settings.hasRehearsal()) {
            return List.of();
        }
        List<String> names = new ArrayList<>(List.of("registry-" + Environment.REHEARSAL.label));
        settings.systems(Environment.REHEARSAL).forEach(system -> names.add(system.part(Environment.REHEARSAL)));
        return names;
    }

    /** Whether a server can only be started when the brokers are there. */
    boolean needsKafka(String part) {
        return settings.environments().stream()
                .anyMatch(environment -> TargetSystem.CONNECT.part(environment).equals(part));
    }

    List<String> serviceNames() {
        return options.services().stream().map(ServiceSpec::name).toList();
    }

    /** @throws LocalStackException {@code LST-INPUT} if there is no such part */
    void require(String part) {
        if (!names().contains(part)) {
            throw new LocalStackException(
                    Code.LST_INPUT, "part " + part, "one of " + String.join(", ", names()), part, "check the name");
        }
    }

    /** How to start that part; writes its settings. What serves rehearsals leaves the processor to all others. */
    Launch launch(String part) {
        require(part);
        return place().contains(part) && Files.isExecutable(NICE)
                ? usual(part).under(List.of(NICE.toString(), "-n", "10"))
                : usual(part);
    }

    private Launch usual(String part) {
        Path data = layout.data(part);
        if (part.equals(KAFKA)) {
            return KafkaServers.launch(
                    home, data, settings.clusters().stream().map(this::kafka).toList());
        }
        if (brokers().contains(part)) {
            return KafkaServers.launch(
                    home, data, List.of(kafka(part.substring(broker("").length()))));
        }
        if (part.equals(S3)) {
            return S3Server.launch(home, data, settings.s3(), options.roomy());
        }
        if (part.startsWith("registry-")) {
            RegistrySpec spec = settings.registry(part.substring("registry-".length()));
            return RegistryServer.launch(home, data, options.apart() ? spec.keptOnDisk() : spec);
        }
        for (Environment environment : settings.environments()) {
            if (part.equals(TargetSystem.CONNECT.part(environment))) {
                return ConnectServer.launch(home, data, settings.connect(environment));
            }
            if (part.equals(TargetSystem.POSTGRES.part(environment))) {
                return PostgresServer.launch(home, data, settings.postgres(environment));
            }
        }
        return service(options.services().stream()
                .filter(one -> one.name().equals(part))
                .findFirst()
                .orElseThrow());
    }

    private KafkaSpec kafka(String cluster) {
        KafkaSpec spec = settings.kafka(cluster);
        return (options.roomy() ? spec.roomy() : spec)
                .withDoors(options.detours().stream()
                        .filter(detour -> detour.server().equals(broker(cluster)))
                        .map(detour -> new KafkaSpec.Door(detour.behind(), detour.port()))
                        .toList());
    }

    private Launch service(ServiceSpec service) {
        Path data = layout.data(service.name());
        int usual = options.roomy() ? ROOMY_SERVICE_HEAP_MEGABYTES : SERVICE_HEAP_MEGABYTES;
        List<String> command = Jvm.command(service.heapMegabytes().orElse(usual), data.resolve("tmp"));
        // a thread that once sent or received much keeps as much memory outside of the heap for ever
        command.add("-Djdk.nio.maxCachedBufferSize=262144");
        command.addAll(List.of("-jar", Home.built(service.jar()).toString()));
        return new Launch(
                service.name(),
                command,
                environment(service),
                data,
                layout.log(service.name()),
                Readiness.http(settings.serviceUrl(service.name()) + "/q/health/ready", 200));
    }

    /** The configuration of that service: all of it is environment variables. */
    Map<String, String> environment(ServiceSpec service) {
        Map<String, String> environment = new TreeMap<>(service.settings());
        // else the C library keeps a pool of memory for every few threads, and gives little of it back
        environment.put("MALLOC_ARENA_MAX", "2");
        boolean detouring = options.detouring().contains(service.name());
        Ways ways = detouring ? Ways.by(settings, options.detours()) : Ways.direct(settings);
        environment.putAll(control(
                service.name(), ways, detouring ? layout.detouringEnvironmentsFile() : layout.environmentsFile()));
        environment.put("MIGRATOR_OBJECTS_ENDPOINT", ways.s3());
        environment.put("MIGRATOR_OBJECTS_BUCKET", StackSettings.BUCKET);
        environment.put("MIGRATOR_OBJECTS_REGION", StackSettings.REGION);
        environment.put("MIGRATOR_OBJECTS_ACCESS_KEY", settings.s3().accessKey());
        environment.put("MIGRATOR_OBJECTS_SECRET_KEY", settings.s3().secretKey());
        environment.put(
                "MIGRATOR_CREDENTIALS_DIR", layout.credentials(service.name()).toString());
        environment.put(
                "MIGRATOR_WORK_DIR", layout.data(service.name()).resolve("work").toString());
        environment.put("QUARKUS_HTTP_HOST", Ports.HOST);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(settings.port(service.name())));
        if (service.name().equals(ServiceSpec.PLANNER)) {
            environment.put("MIGRATOR_POLICIES_FILE", layout.policiesFile().toString());
        }
        if (service.access().contains(Environment.Access.WRITE)) {
            environment.put("MIGRATOR_SECRETS_DIR", layout.secrets().toString());
        }
        if (service.approvals() == ApprovalKey.VERIFIES) {
            environment.put(
                    "MIGRATOR_APPROVALS_PUBLIC_KEY_FILE",
                    layout.approvalsPublicKey().toString());
        }
        if (service.approvals() == ApprovalKey.SIGNS) {
            environment.put(
                    "MIGRATOR_APPROVALS_PRIVATE_KEY_FILE",
                    layout.approvalsPrivateKey().toString());
            environment.put("MIGRATOR_CONSOLE_USERS_FILE", layout.consoleUsers().toString());
        }
        return environment;
    }

    /** What a client of the services needs, as that user of the control cluster. */
    Map<String, String> control(String user) {
        return control(user, Ways.direct(settings), layout.environmentsFile());
    }

    private Map<String, String> control(String user, Ways ways, Path environments) {
        return Map.of(
                "MIGRATOR_KAFKA_BOOTSTRAP_SERVERS",
                ways.bootstrap(Environment.CONTROL),
                "MIGRATOR_KAFKA_CLIENT_CONFIG",
                layout.controlClientConfig(user).toString(),
                "MIGRATOR_REGISTRY_URL",
                ways.registry(Environment.CONTROL),
                "MIGRATOR_ENVIRONMENTS_FILE",
                environments.toString());
    }

    /** Where people and clients find that part. */
    String address(String part) {
        if (part.equals(KAFKA)) {
            return String.join(
                    "  ",
                    settings.clusters().stream()
                            .map(cluster ->
                                    cluster + " " + settings.kafka(cluster).bootstrap())
                            .toList());
        }
        if (brokers().contains(part)) {
            return settings.kafka(part.substring(broker("").length())).bootstrap();
        }
        if (part.equals(S3)) {
            return settings.s3().endpoint();
        }
        for (Environment environment : settings.environments()) {
            if (part.equals(TargetSystem.CONNECT.part(environment))) {
                return settings.connect(environment).url();
            }
            if (part.equals(TargetSystem.POSTGRES.part(environment))) {
                return settings.postgres(environment).address(StackSettings.DATABASE);
            }
        }
        return part.startsWith("registry-")
                ? settings.registry(part.substring("registry-".length())).url()
                : settings.serviceUrl(part);
    }
}
