package dev.migrator.kit.cdi;

import dev.migrator.core.environment.Environments;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.avro.ApicurioSchemas;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.config.Credentials;
import dev.migrator.kit.config.EnvironmentsLoader;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.CachedObjects;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.worker.Publisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;

/** The kit's plain classes as beans, made from {@link MigratorConfig}. Nothing connects before it is used. */
@ApplicationScoped
public class KitBeans {
    private static final long MEBIBYTE = 1L << 20;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    KafkaClients kafkaClients(MigratorConfig config) {
        return KafkaClients.of(config.kafka().bootstrapServers(), config.kafka().clientConfig());
    }

    @Produces
    @Singleton
    Admin admin(KafkaClients clients) {
        return clients.admin();
    }

    void close(@Disposes Admin admin) {
        admin.close(java.time.Duration.ofSeconds(5));
    }

    @Produces
    @Singleton
    ApicurioSchemas schemas(MigratorConfig config) {
        return new ApicurioSchemas(config.registry().url());
    }

    void close(@Disposes ApicurioSchemas schemas) {
        schemas.close();
    }

    @Produces
    @Singleton
    Wire wire(ApicurioSchemas schemas, MigratorConfig config) {
        return new Wire(schemas, config.workDir().resolve("schemas"));
    }

    @Produces
    @Singleton
    Publisher publisher(KafkaClients clients, Wire wire, MigratorConfig config, Clock clock) {
        return new Publisher(clients.producer(), wire, config.service(), clock);
    }

    void close(@Disposes Publisher publisher) {
        publisher.close();
    }

    @Produces
    @Singleton
    MinioObjectStore objectStore(MigratorConfig config) {
        var objects = config.objects();
        return new MinioObjectStore(
                objects.endpoint(),
                objects.bucket(),
                objects.accessKey(),
                objects.secretKey(),
                objects.region(),
                objects.callTimeout());
    }

    void close(@Disposes MinioObjectStore store) {
        store.close();
    }

    @Produces
    @Singleton
    CachedObjects cachedObjects(MinioObjectStore store, MigratorConfig config) {
        return new CachedObjects(
                store, config.workDir().resolve("objects"), config.objects().cacheMebibytes() * MEBIBYTE);
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(KafkaClients clients, MinioObjectStore store, MigratorConfig config) {
        return new DeadLetters(clients.producer(), store, config.service());
    }

    void close(@Disposes DeadLetters deadLetters) {
        deadLetters.close();
    }

    @Produces
    @Singleton
    Audit audit(Publisher publisher, MigratorConfig config, Clock clock) {
        return new Audit(publisher, config.service(), clock);
    }

    @Produces
    @Singleton
    Environments environments(MigratorConfig config) {
        return EnvironmentsLoader.load(config.environmentsFile());
    }

    @Produces
    @Singleton
    Credentials credentials(MigratorConfig config) {
        return new Credentials(config.credentialsDir());
    }

    @Produces
    @Singleton
    TargetPool targets(Environments environments, Credentials credentials, MigratorConfig config) {
        return new TargetPool(environments, credentials, config.targets().callTimeout());
    }

    void close(@Disposes TargetPool targets) {
        targets.close();
    }
}
