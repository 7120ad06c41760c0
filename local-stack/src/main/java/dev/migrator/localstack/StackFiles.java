package dev.migrator.localstack;

import dev.migrator.localstack.Environment.Access;
import dev.migrator.localstack.server.Folders;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.PropertyText;
import dev.migrator.localstack.server.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes what the services read: credentials, keys, users, environments. Each file is readable for its owner alone. */
final class StackFiles {
    private static final String POLICIES = """
            # Yours to edit: what stands here comes on top of the default policies (migrator policy defaults).
            # Try it with: migrator policy test FILE; then stop and start the stack.
            apiVersion: migrator.dev/v1
            kind: Policies
            policies: []
            """;

    private final StackLayout layout;
    private final StackSettings settings;

    StackFiles(StackLayout layout, StackSettings settings) {
        this.layout = layout;
        this.settings = settings;
    }

    /** Writes them all; the key of the approvals is kept when it is there. */
    void write(Options options) {
        List<ServiceSpec> services = options.services();
        Secrets.write(layout.settingsFile(), PropertyText.of(settings.values()));
        Secrets.write(layout.environmentsFile(), environments(options.targets(), Ways.direct(settings)));
        Secrets.write(
                layout.detouringEnvironmentsFile(),
                environments(options.targets(), Ways.by(settings, options.detours())));
        Secrets.write(layout.consoleUsers(), consoleUsers());
        if (!Files.exists(layout.policiesFile())) {
            Secrets.write(layout.policiesFile(), POLICIES);
        }
        if (services.stream().anyMatch(service -> service.name().equals(ServiceSpec.CONSOLE))) {
            Secrets.write(layout.cliFile(), PropertyText.of(cli()));
        }
        Folders.make(layout.secrets());
        for (ServiceSpec service : services) {
            controlClient(service.name(), service.principal());
            credentials(service);
        }
        controlClient(StackSettings.REQUESTER, StackSettings.REQUESTER);
        if (!Files.exists(layout.approvalsPrivateKey())) {
            approvalKeys();
        }
    }

    private void controlClient(String file, String user) {
        Secrets.write(
                layout.controlClientConfig(file), PropertyText.of(security(settings.kafka(Environment.CONTROL), user)));
    }

    private void credentials(ServiceSpec service) {
        Folders.make(layout.credentials(service.name()));
        for (Environment environment : settings.environments()) {
            if (settings.systems(environment).contains(TargetSystem.POSTGRES)) {
                service.access().stream()
                        .filter(access -> access != Access.CHECK)
                        .forEach(access -> database(service, environment, access));
            }
            for (Access access : kafkaAccess(service, environment)) {
                Secrets.write(
                        layout.credentials(service.name()).resolve(environment.kafkaCredential(access) + ".properties"),
                        PropertyText.of(security(settings.kafka(environment.label), access.user())));
            }
        }
    }

    /** Who writes in the place to rehearse in runs the checks there as well. */
    private static Set<Access> kafkaAccess(ServiceSpec service, Environment environment) {
        Set<Access> access = new TreeSet<>(service.access());
        if (environment == Environment.REHEARSAL && access.contains(Access.WRITE)) {
            access.add(Access.CHECK);
        }
        return access;
    }

    private void database(ServiceSpec service, Environment environment, Access access) {
        Map<String, String> credential = new LinkedHashMap<>();
        credential.put("username", access.databaseUser());
        credential.put("password", settings.databasePassword(environment, access.databaseUser()));
        credential.put("sslmode", "disable");
        Secrets.write(
                layout.credentials(service.name()).resolve(environment.databaseCredential(access) + ".properties"),
                PropertyText.of(credential));
    }

    /** How a client proves who it is; where it connects is told to it elsewhere. */
    private static Map<String, String> security(KafkaSpec cluster, String user) {
        Map<String, String> config = new LinkedHashMap<>(cluster.clientConfig(user));
        config.remove("bootstrap.servers");
        return config;
    }

    private String environments(List<FurtherTarget> targets, Ways ways) {
        StringBuilder yaml = new StringBuilder("""
                # Written by the local stack; not for editing.
                apiVersion: migrator.dev/v1
                kind: Environments
                environments:
                """);
        for (Environment environment : settings.environments()) {
            KafkaSpec kafka = settings.kafka(environment.label);
            yaml.append("""
                      - name: %s
                        order: %d
                        protection: %s
                        grace: %s
                        zone: local
                    %s    targets:
                          - name: kafka
                            type: kafka
                            address: %s
                            clusterId: %s
                            credentials: { read: %s, write: %s, check: %s }
                          - name: registry
                            type: apicurio-registry
                            address: %s
                            credentials: { }
                    """.formatted(
                            environment.label,
                            environment.order,
                            environment.protection,
                            environment.grace,
                            rehearsal(environment),
                            ways.bootstrap(environment.label),
                            kafka.clusterId(),
                            environment.kafkaCredential(Access.READ),
                            environment.kafkaCredential(Access.WRITE),
                            environment.kafkaCredential(Access.CHECK),
                            ways.registry(environment.label)));
            settings.systems(environment).forEach(system -> yaml.append(system(environment, system)));
            targets.stream()
                    .filter(target -> target.environment().equals(environment.label))
                    .forEach(target -> yaml.append(further(environment, target, ways)));
        }
        yaml.append("fleets:\n  - name: all\n    waves:\n");
        for (Environment environment : List.of(Environment.TEST, Environment.PRODUCTION)) {
            yaml.append("      - [%s]\n".formatted(environment.label));
        }
        return yaml.toString();
    }

    private String further(Environment environment, FurtherTarget target, Ways ways) {
        String credentials = "";
        String address = target.address().orElse("");
        if (address.isEmpty() && target.type().equals("sql-actions")) {
            address = settings.postgres(environment).address(StackSettings.DATABASE);
            credentials = "read: %s, write: %s"
                    .formatted(
                            environment.databaseCredential(Access.READ), environment.databaseCredential(Access.WRITE));
        } else if (address.isEmpty()) {
            address = ways.bootstrap(environment.label);
            credentials = "read: %s, write: %s"
                    .formatted(environment.kafkaCredential(Access.READ), environment.kafkaCredential(Access.WRITE));
        }
        return """
                      - name: %s
                        type: %s
                        address: %s
                        credentials: { %s }
                """.formatted(target.name(), target.type(), address, credentials);
    }

    private String rehearsal(Environment environment) {
        return switch (environment) {
            case TEST -> "";
            case PRODUCTION ->
                settings.hasRehearsal() ? "    rehearsal: { environment: " + Environment.REHEARSAL.label + " }\n" : "";
            case REHEARSAL -> "    mode: rehearsal\n";
        };
    }

    private String system(Environment environment, TargetSystem system) {
        return switch (system) {
            case CONNECT ->
                """
                              - name: connect
                                type: kafka-connect
                                address: %s
                                clusterId: %s
                                credentials: { }
                        """.formatted(
                                settings.connect(environment).url(),
                                settings.kafka(environment.label).clusterId());
            case POSTGRES ->
                """
                              - name: postgres
                                type: postgresql
                                address: %s
                                credentials: { read: %s, write: %s }
                        """.formatted(
                                settings.postgres(environment).address(StackSettings.DATABASE),
                                environment.databaseCredential(Access.READ),
                                environment.databaseCredential(Access.WRITE));
        };
    }

    private String consoleUsers() {
        StringBuilder yaml = new StringBuilder("# Written by the local stack; not for editing.\nusers:\n");
        for (ConsoleUser user : ConsoleUser.values()) {
            yaml.append("""
                      - name: %s
                        tokenSha256: %s
                        roles: [%s]
                        groups: [%s]
                    """.formatted(
                            user.label(),
                            sha256(settings.token(user)),
                            String.join(", ", user.roles()),
                            String.join(", ", user.groups())));
        }
        return yaml.toString();
    }

    private Map<String, String> cli() {
        Map<String, String> cli = new LinkedHashMap<>();
        cli.put("server", settings.serviceUrl(ServiceSpec.CONSOLE));
        cli.put("user", ConsoleUser.DEVELOPER.label());
        for (ConsoleUser user : ConsoleUser.values()) {
            cli.put("token." + user.label(), settings.token(user));
        }
        return cli;
    }

    private void approvalKeys() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Secrets.write(
                    layout.approvalsPublicKey(),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            Secrets.write(
                    layout.approvalsPrivateKey(),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static String pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
