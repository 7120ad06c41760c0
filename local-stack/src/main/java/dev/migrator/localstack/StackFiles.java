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
    void write(List<ServiceSpec> services) {
        Secrets.write(layout.settingsFile(), PropertyText.of(settings.values()));
        Secrets.write(layout.environmentsFile(), environments());
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
        for (Environment environment : Environment.values()) {
            for (Access access : service.access()) {
                Secrets.write(
                        layout.credentials(service.name()).resolve(environment.kafkaCredential(access) + ".properties"),
                        PropertyText.of(security(settings.kafka(environment.label), access.user())));
            }
        }
    }

    /** How a client proves who it is; where it connects is told to it elsewhere. */
    private static Map<String, String> security(KafkaSpec cluster, String user) {
        Map<String, String> config = new LinkedHashMap<>(cluster.clientConfig(user));
        config.remove("bootstrap.servers");
        return config;
    }

    private String environments() {
        StringBuilder yaml = new StringBuilder("""
                # Written by the local stack; not for editing.
                apiVersion: migrator.dev/v1
                kind: Environments
                environments:
                """);
        for (Environment environment : Environment.values()) {
            KafkaSpec kafka = settings.kafka(environment.label);
            yaml.append("""
                      - name: %s
                        order: %d
                        protection: %s
                        zone: local
                        targets:
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
                            kafka.bootstrap(),
                            kafka.clusterId(),
                            environment.kafkaCredential(Access.READ),
                            environment.kafkaCredential(Access.WRITE),
                            environment.kafkaCredential(Access.CHECK),
                            settings.registry(environment.label).url()));
        }
        return yaml.toString();
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
