package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.snapshot.ChunkRules;
import dev.migrator.core.snapshot.ChunkWriter;
import dev.migrator.core.snapshot.Contents;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.target.testkit.InMemoryTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An environment with a place to rehearse and to drill in, and snapshots of what plans write. */
final class PlaceFixture {
    static final String PLACE = "rehearsal";

    private PlaceFixture() {}

    /**
     * @param mode of the place
     * @param objects with plans and snapshots
     * @param chunks of the snapshots, by digest
     */
    static PlaceScripts scripts(Mode mode, ObjectStore objects, Map<Digest, byte[]> chunks) {
        return new PlaceScripts(
                environments(mode),
                new PlanSource(objects),
                objects,
                digest -> Optional.ofNullable(chunks.get(digest)));
    }

    private static Environments environments(Mode mode) {
        return new Environments(
                List.of(environment(Plans.ENVIRONMENT, Mode.GATED, true), environment(PLACE, mode, false)));
    }

    private static Environment environment(String name, Mode mode, boolean rehearsed) {
        var target = new TargetConfig(
                Plans.TARGET,
                "kafka",
                "memory:" + name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Environment(
                name,
                rehearsed ? 1 : 2,
                Protection.OPEN,
                "here",
                List.of(target),
                DriftDecision.OVERWRITE,
                mode,
                Grace.USUAL,
                rehearsed
                        ? Optional.of(new RehearsalRule("rehearsal", RehearsalRule.Required.BY_POLICY))
                        : Optional.empty());
    }

    /** Bytes of the snapshot of what a plan writes; its chunks go where they are read from. */
    static byte[] snapshot(MigrationId id, Plan plan, InMemoryTarget source, Map<Digest, byte[]> chunks) {
        var states = new TreeMap<EntryKey, EntryState>();
        plan.written().forEach(key -> states.put(key, source.truth(key)));
        var writer = new ChunkWriter(
                ChunkRules.STANDARD, chunk -> chunks.put(chunk.ref().digest(), chunk.compressed()));
        states.forEach((key, state) -> writer.add(new SnapshotEntry(key, state)));
        Contents contents = writer.finish();
        return ManifestCodec.bytes(new Manifest(
                Plans.ENVIRONMENT,
                new Coverage.OfPlan(id.value(), 3, TestPlans.digest(plan), "4be21d0"),
                contents,
                new TreeMap<>(Map.of(Plans.TARGET, "")),
                new TreeMap<>(),
                Instant.parse("2026-01-02T03:04:05Z"),
                "test"));
    }
}
