package dev.migrator.kit.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings that all services share. Each property is also an environment variable: {@code migrator.kafka.client-config}
 * is {@code MIGRATOR_KAFKA_CLIENT_CONFIG}.
 */
@ConfigMapping(prefix = "migrator")
public interface MigratorConfig {
    /** What this service is called: in audit entries, dead letters, delays and record headers. */
    @WithDefault("${quarkus.application.name}")
    String service();

    /** The control cluster. */
    Kafka kafka();

    /** The control registry. */
    Registry registry();

    /** The bucket for bundles, plans, snapshots, outcomes and evidence. */
    Objects objects();

    /** {@code environments.yaml}: what there is to migrate to. */
    Path environmentsFile();

    /** {@code policies.yaml}: rules of the platform team on top of the default ones, which alone count without it. */
    Optional<Path> policiesFile();

    /** Folder with one {@code <credential-name>.properties} for each credential that this service may hold. */
    Optional<Path> credentialsDir();

    /** Folder with one file for each secret that manifests refer to; only the executor has it. */
    Optional<Path> secretsDir();

    /** This process's own folder: copies of objects, counts, remembered schema ids. Has to outlive the process. */
    Path workDir();

    /** Keys that approvals are signed and checked with. */
    Approvals approvals();

    /** The console's own settings. */
    Console console();

    /** Calls to targets. */
    Targets targets();

    interface Kafka {
        /** {@code host:port} list. */
        String bootstrapServers();

        /** A {@code .properties} file of further client settings: security, mostly. */
        Optional<Path> clientConfig();
    }

    interface Registry {
        /** The core API, version 3, e.g. {@code http://registry:8080/apis/registry/v3}. */
        String url();
    }

    interface Objects {
        /** Address of the S3 server, e.g. {@code http://objects:9000}. */
        String endpoint();

        /** Name of the bucket; made at the first write if it is missing. */
        @WithDefault("migrator")
        String bucket();

        String accessKey();

        String secretKey();

        /** {@code us-east-1} when nothing is given. */
        Optional<String> region();

        /** Longest wait for one call, of at most 64 MiB, before the store counts as unavailable. */
        @WithDefault("30s")
        Duration callTimeout();

        /** Bound of the copies on this machine's disk, in MiB. */
        @WithDefault("2048")
        int cacheMebibytes();
    }

    interface Approvals {
        /** PEM file of the Ed25519 public key that approvals are checked with; the executor needs it. */
        Optional<Path> publicKeyFile();

        /** PEM file (PKCS 8) of the Ed25519 private key that approvals are signed with; only the console has it. */
        Optional<Path> privateKeyFile();
    }

    interface Console {
        /** Who may use the console, with hashed passwords. */
        Optional<Path> usersFile();
    }

    interface Targets {
        /** Longest wait for one call to a target before it counts as unavailable. */
        @WithDefault("30s")
        Duration callTimeout();
    }
}
