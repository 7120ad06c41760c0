package dev.migrator.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.cli.direct.DirectPlan;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.manifests.Manifests;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.WriteGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Carries out what a folder of manifests plans to, batch by batch, with the write half of the real target. */
final class Applying {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private Applying() {}

    /** @return how many operations there were */
    static long manifests(Path meta, Path targetsFile, Map<String, String> writeCredential) throws Exception {
        var source = DirectEnvironment.ofTargetsFile(targetsFile, BOUND);
        var bundle = Manifests.load(meta).bundle().orElseThrow();
        var planned = DirectPlan.of(bundle, source, Optional.empty(), Optional.empty());
        assertThat(planned).isInstanceOf(PlanResult.Planned.class);
        var plan = ((PlanResult.Planned) planned).plan();
        var target = source.environment().target("kafka").orElseThrow();
        var provider = ServiceLoader.load(TargetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.type().equals("kafka"))
                .findFirst()
                .orElseThrow();
        try (var writer = provider.openWriter(target, writeCredential, BOUND)) {
            for (Batch batch : plan.batches().toList()) {
                var operations = batch.operations().stream()
                        .map(PlannedOperation::operation)
                        .toList();
                assertThat(writer.apply(operations, WriteGuard.ALWAYS)).allMatch(Outcome::done);
            }
            writer.settle(BOUND, WriteGuard.ALWAYS);
        }
        return plan.operations().count();
    }
}
