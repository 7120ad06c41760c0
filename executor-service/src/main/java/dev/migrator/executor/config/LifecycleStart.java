package dev.migrator.executor.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetRules;
import dev.migrator.core.lifecycle.LifecycleRules;
import dev.migrator.executor.stream.ApprovalSignatures;
import dev.migrator.executor.stream.LifecycleStreams;
import dev.migrator.executor.stream.LifecycleTopology;
import dev.migrator.executor.stream.Publications;
import dev.migrator.kit.approvals.ApprovalVerifier;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.avro.WireSerdes;
import dev.migrator.kit.cdi.KitReady;
import dev.migrator.kit.config.MigratorConfig;
import dev.migrator.kit.health.TopologyCheck;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.topics.TopicSpec;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.topics.TopicsBootstrap;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.Readiness;

/** Starts the lifecycle once topics and schemas are there. */
@ApplicationScoped
public class LifecycleStart {
    /** Written by the executor for itself. */
    private static final List<TopicSpec> INTERNAL = Stream.of(
                    LifecycleTopology.CHANGES_BY_ENVIRONMENT, LifecycleTopology.FLEET_FACTS)
            .map(name -> new TopicSpec(name, Topics.PARTITIONS, TopicSpec.Cleanup.DELETE, Duration.ofDays(7), 1 << 20))
            .toList();

    private volatile LifecycleStreams streams;

    void start(
            @Observes @Priority(10) KitReady ready,
            Admin admin,
            KafkaClients clients,
            Wire wire,
            Environments environments,
            MigratorConfig config,
            ExecutorConfig own) {
        TopicsBootstrap.ensure(admin, INTERNAL);
        var approvals = ApprovalVerifier.load(config.approvals()
                .publicKeyFile()
                .orElseThrow(
                        () -> new ProblemException(Problem.of("CFG-MISSING", "without a key no approval can be checked")
                                .about("migrator.approvals.public-key-file")
                                .expected("a PEM file with an Ed25519 public key")
                                .todo("set MIGRATOR_APPROVALS_PUBLIC_KEY_FILE"))));
        var topology = LifecycleTopology.build(
                LifecycleRules.of(environments).pausingAtMost(own.pauseDeadline()),
                FleetRules.of(environments),
                WireSerdes.decoded(wire),
                Publications.serializer(wire),
                new ApprovalSignatures(approvals));
        streams = new LifecycleStreams(
                topology, clients, config.workDir().resolve("streams"), own.standbyReplicas(), own.replicationFactor());
        streams.start();
    }

    void stop(@Observes @Priority(10) ShutdownEvent event) {
        if (streams != null) {
            streams.close();
        }
    }

    @Produces
    @Singleton
    @Readiness
    TopologyCheck topologyCheck() {
        return new TopologyCheck("lifecycle-topology", () -> streams == null ? "NOT_STARTED" : streams.state());
    }
}
