package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans for tests: an environment with one Kafka and one registry. */
final class Planning {
    static final Environment PRODUCTION =
            environment(target("kafka", "kafka"), target("registry", "apicurio-registry"));
    static final Set<String> EVERYTHING = Set.of("DELETE", "RETIRE", "PURGE");

    private Planning() {}

    static Environment environment(TargetConfig... targets) {
        return new Environment("production", 2, Protection.PROTECTED, "main", List.of(targets));
    }

    static TargetConfig target(String name, String type) {
        return new TargetConfig(
                name, type, "127.0.0.1:9092", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static EntryKey topic(String address) {
        return new EntryKey("kafka", "topic", address);
    }

    static EntryKey acl(String address) {
        return new EntryKey("kafka", "acl", address);
    }

    static EntryKey artifact(String address) {
        return new EntryKey("registry", "artifact", address);
    }

    static EntryKey version(String address) {
        return new EntryKey("registry", "artifact-version", address);
    }

    static PlanInput input(Bundle bundle, World world) {
        return input(bundle.resources(), bundle, world, PlanLimits.STANDARD);
    }

    static PlanInput input(List<Resource> resources, Bundle bundle, World world, PlanLimits limits) {
        var keys = Planner.keysToRead(PRODUCTION, resources).keys();
        return new PlanInput(
                        PRODUCTION,
                        resources,
                        bundle.digest(),
                        world.read(keys),
                        Map.of("kafka", EVERYTHING, "registry", EVERYTHING),
                        limits,
                        Policy.of(PRODUCTION).digest())
                .knowing(Inventory.EMPTY, Set.of(), PRODUCTION.drift());
    }

    static PlanInput with(PlanInput input, Map<String, Set<String>> capabilities) {
        return new PlanInput(
                        input.environment(),
                        input.resources(),
                        input.bundleDigest(),
                        input.states(),
                        capabilities,
                        input.limits(),
                        input.policyDigest())
                .knowing(input.inventory(), input.pruning(), input.drift());
    }

    static Plan plan(Bundle bundle, World world) {
        return plan(input(bundle, world));
    }

    static Plan plan(PlanInput input) {
        return planned(input).plan();
    }

    static PlanResult.Planned planned(PlanInput input) {
        var result = Planner.plan(input);
        assertThat(result).as("result of planning").isInstanceOf(PlanResult.Planned.class);
        return (PlanResult.Planned) result;
    }

    static List<String> refusal(Bundle bundle, World world) {
        return refusal(input(bundle, world));
    }

    /** {@code CODE thing} of each finding. */
    static List<String> refusal(PlanInput input) {
        var result = Planner.plan(input);
        assertThat(result).as("result of planning").isInstanceOf(PlanResult.Rejected.class);
        return ((PlanResult.Rejected) result)
                .findings().stream()
                        .map(finding -> finding.problem().code() + " "
                                + finding.problem().thing())
                        .toList();
    }

    /** {@code + topic orders} for each operation, in order. */
    static List<String> operations(Plan plan) {
        return plan.operations().map(Planning::brief).toList();
    }

    static String brief(PlannedOperation planned) {
        var operation = planned.operation();
        return sign(operation) + " " + operation.key().kind() + " "
                + operation.key().address();
    }

    private static String sign(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> "+";
            case Operation.Update _ -> "~";
            case Operation.Delete _ -> "-";
        };
    }
}
