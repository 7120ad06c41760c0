package dev.migrator.localstack;

import java.nio.file.Path;

/** Where a stack keeps what: everything under one folder, so that taking it down is deleting that folder. */
public record StackLayout(Path folder) {
    public StackLayout {
        folder = folder.toAbsolutePath().normalize();
    }

    /** What the servers and services keep. */
    public Path data(String part) {
        return folder.resolve("data").resolve(part);
    }

    /** Both outputs of that part, over all its starts. */
    public Path log(String part) {
        return folder.resolve("logs").resolve(part + ".log");
    }

    /** Who runs. */
    Path run() {
        return folder.resolve("run");
    }

    /** Generated settings, keys and credentials. */
    public Path config() {
        return folder.resolve("config");
    }

    Path settingsFile() {
        return config().resolve("stack.properties");
    }

    Path environmentsFile() {
        return config().resolve("environments.yaml");
    }

    Path detouringEnvironmentsFile() {
        return config().resolve("environments-detouring.yaml");
    }

    Path policiesFile() {
        return config().resolve("policies.yaml");
    }

    Path cliFile() {
        return config().resolve("cli.properties");
    }

    Path controlClientConfig(String service) {
        return config().resolve("control").resolve(service + ".properties");
    }

    Path credentials(String service) {
        return config().resolve("credentials").resolve(service);
    }

    /** One file for each secret that manifests may name. */
    public Path secrets() {
        return config().resolve("secrets");
    }

    Path approvalsPublicKey() {
        return config().resolve("approvals").resolve("public.pem");
    }

    Path approvalsPrivateKey() {
        return config().resolve("approvals").resolve("private.pem");
    }

    Path consoleUsers() {
        return config().resolve("console-users.yaml");
    }
}
