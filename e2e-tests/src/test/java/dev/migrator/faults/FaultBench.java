package dev.migrator.faults;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Planner;
import dev.migrator.engine.DryRun;
import dev.migrator.manifests.Manifests;
import dev.migrator.schemachecks.SchemaChecks;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Two servers that hold something, and all that stands between a manifest and an approval. */
final class FaultBench implements AutoCloseable {
    private final FaultServers servers;

    private FaultBench(FaultServers servers) {
        this.servers = servers;
    }

    static FaultBench open() throws Exception {
        var servers = FaultServers.start();
        var bench = new FaultBench(servers);
        bench.furnish(Files.createTempDirectory(Path.of("target"), "faults"));
        return bench;
    }

    Map<EntryKey, EntryState> everything() throws TargetException {
        return servers.everything();
    }

    private void furnish(Path folder) throws Exception {
        var seed = new ArrayList<>(List.of(
                Written.topic("faults.there", "partitions: 6, replicationFactor: 1, config: {retention.ms: 3600000}"),
                Written.topic("faults.a_b", "partitions: 1, replicationFactor: 1"),
                Written.schema(
                        "Order",
                        "1",
                        "AVRO",
                        Written.record(Written.field("id", "\"string\"")),
                        "rules: {COMPATIBILITY: BACKWARD, VALIDITY: FULL}"),
                Written.schema(
                        "Both",
                        "1",
                        "AVRO",
                        Written.record(Written.field("id", "\"string\"")),
                        "rules: {COMPATIBILITY: FULL_TRANSITIVE}"),
                Written.schema(
                        "Page",
                        "1",
                        "JSON",
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
                        "rules: {COMPATIBILITY: FULL, VALIDITY: FULL}"),
                Written.schema(
                        "Ping",
                        "1",
                        "PROTOBUF",
                        "syntax = \"proto3\"; message Ping { string id = 1; }",
                        "rules: {COMPATIBILITY: BACKWARD, VALIDITY: FULL}")));
        for (var user : List.of("watcher", "elsewhere")) {
            seed.add(Written.rule(
                    user + ".looks", "User:" + user, "DESCRIBE, DESCRIBE_CONFIGS", "type: topic, name: '*'"));
            seed.add(Written.rule(user + ".asks", "User:" + user, "DESCRIBE", "type: cluster, name: kafka-cluster"));
        }
        seed.add(Written.rule("elsewhere.alters", "User:elsewhere", "ALTER", "type: cluster, name: kafka-cluster"));
        seed.add(Written.rule(
                "elsewhere.creates", "User:elsewhere", "CREATE", "type: topic, name: elsewhere., pattern: prefixed"));
        write(seed, folder);
        var loaded = Manifests.load(folder, SchemaChecks.standard());
        if (loaded.bundle().isEmpty()) {
            throw new AssertionError(loaded.findings());
        }
        for (var batch : ((PlanResult.Planned) plan(servers.environment(Fault.Where.PRODUCTION), loaded.resources()))
                .plan()
                .batches()
                .toList()) {
            var writer = servers.admin(batch.target());
            writer.settle(FaultServers.CALL, WriteGuard.ALWAYS);
            var operations =
                    batch.operations().stream().map(PlannedOperation::operation).toList();
            for (var outcome : writer.apply(operations, WriteGuard.ALWAYS)) {
                if (!outcome.done()) {
                    throw new AssertionError(outcome);
                }
            }
            writer.settle(FaultServers.CALL, WriteGuard.ALWAYS);
        }
    }

    /** Codes of everything that stands in the way, from reading the files to what the targets say; each once. */
    SortedSet<String> refusals(Fault fault, Path folder) throws Exception {
        write(fault.manifests(), folder);
        var loaded = Manifests.load(folder, SchemaChecks.standard());
        if (loaded.bundle().isEmpty()) {
            return codes(loaded.findings());
        }
        try {
            return switch (plan(servers.environment(fault.where()), loaded.resources())) {
                case PlanResult.Rejected(var findings) -> codes(findings);
                case PlanResult.Planned planned -> dryRun(planned.plan(), fault.writer());
            };
        } catch (TargetException.Refused refused) {
            return new TreeSet<>(Set.of(refused.problem().code()));
        }
    }

    private SortedSet<String> dryRun(Plan plan, String user) throws TargetException {
        var open = new HashMap<String, TargetWriter>();
        try {
            var outcomes = new DryRun(name -> {
                        if (!open.containsKey(name)) {
                            open.put(name, servers.writer(name, user));
                        }
                        return open.get(name);
                    })
                    .ask(plan);
            return outcomes.stream()
                    .filter(DryRunOutcome.Refused.class::isInstance)
                    .map(outcome -> ((DryRunOutcome.Refused) outcome).problem().code())
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            open.values().forEach(TargetWriter::close);
        }
    }

    private PlanResult plan(Environment environment, List<Resource> resources) throws TargetException {
        var keys = Planner.keysToRead(environment, resources);
        if (keys.stops()) {
            return new PlanResult.Rejected(keys.findings());
        }
        var states = new TreeMap<EntryKey, EntryState>();
        var capabilities = new TreeMap<String, Set<String>>();
        for (var wanted : keys.byTarget().entrySet()) {
            var config = environment.target(wanted.getKey()).orElseThrow();
            try (var reader = servers.reader(config)) {
                states.putAll(reader.readAll(wanted.getValue()));
                capabilities.put(
                        wanted.getKey(),
                        reader.capabilities().stream().map(Enum::name).collect(Collectors.toSet()));
            }
        }
        return Planner.plan(new PlanInput(
                environment,
                resources,
                Digest.ofText("bundle"),
                states,
                capabilities,
                PlanLimits.STANDARD,
                Digest.ofText("policy")));
    }

    private static void write(List<String> manifests, Path folder) throws IOException {
        for (int i = 0; i < manifests.size(); i++) {
            Files.writeString(folder.resolve("manifest-" + i + ".yaml"), manifests.get(i));
        }
    }

    private static SortedSet<String> codes(List<Finding> findings) {
        return findings.stream()
                .filter(Finding::stops)
                .map(finding -> finding.problem().code())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        servers.close();
    }
}
