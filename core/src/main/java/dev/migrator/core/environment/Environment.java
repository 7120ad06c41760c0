package dev.migrator.core.environment;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A place that metadata is promoted to.
 *
 * @param order ascending from test to production
 * @param zone where calls to its targets may be made from
 * @param drift what plans do with fields that somebody else has changed
 * @param mode whether migrations may write it
 * @param grace for how long what was retired stays before it may be removed for good
 * @param bake for how long each phase bakes at least, whatever a bundle says
 * @param rehearsal where and when its plans are rehearsed; empty if there is no place for it
 * @param onAnomaly what follows when verification says "no"
 * @param monitoring what has to be heard before the first write and stays watched until the end; none if nothing has to
 */
public record Environment(
        String name,
        int order,
        Protection protection,
        String zone,
        List<TargetConfig> targets,
        DriftDecision drift,
        Mode mode,
        Grace grace,
        Bake bake,
        Optional<RehearsalRule> rehearsal,
        AnomalyDecision onAnomaly,
        List<MonitoredSignal> monitoring) {
    public Environment {
        targets = List.copyOf(targets);
        monitoring = List.copyOf(monitoring);
        Objects.requireNonNull(drift);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(grace);
        Objects.requireNonNull(bake);
        Objects.requireNonNull(rehearsal);
        Objects.requireNonNull(onAnomaly);
    }

    /** In which an anomaly is undone at once, and that declares no monitoring. */
    public Environment(
            String name,
            int order,
            Protection protection,
            String zone,
            List<TargetConfig> targets,
            DriftDecision drift,
            Mode mode,
            Grace grace,
            Bake bake,
            Optional<RehearsalRule> rehearsal) {
        this(
                name,
                order,
                protection,
                zone,
                targets,
                drift,
                mode,
                grace,
                bake,
                rehearsal,
                AnomalyDecision.ROLLBACK,
                List.of());
    }

    /** One whose plans are rehearsed nowhere. */
    public Environment(
            String name,
            int order,
            Protection protection,
            String zone,
            List<TargetConfig> targets,
            DriftDecision drift,
            Mode mode,
            Grace grace,
            Bake bake) {
        this(name, order, protection, zone, targets, drift, mode, grace, bake, Optional.empty());
    }

    /** In which a bundle alone says how long phases bake. */
    public Environment(
            String name,
            int order,
            Protection protection,
            String zone,
            List<TargetConfig> targets,
            DriftDecision drift,
            Mode mode,
            Grace grace,
            Optional<RehearsalRule> rehearsal) {
        this(name, order, protection, zone, targets, drift, mode, grace, Bake.NONE, rehearsal);
    }

    /** In which a bundle alone says how long phases bake. */
    public Environment(
            String name,
            int order,
            Protection protection,
            String zone,
            List<TargetConfig> targets,
            DriftDecision drift,
            Mode mode,
            Grace grace) {
        this(name, order, protection, zone, targets, drift, mode, grace, Bake.NONE);
    }

    /** That keeps what was retired as long as is usual. */
    public Environment(
            String name,
            int order,
            Protection protection,
            String zone,
            List<TargetConfig> targets,
            DriftDecision drift,
            Mode mode) {
        this(name, order, protection, zone, targets, drift, mode, Grace.USUAL);
    }

    /** One that migrations may write. */
    public Environment(
            String name,
            int order,
            Protection protection,
            String zone,
            List<TargetConfig> targets,
            DriftDecision drift) {
        this(name, order, protection, zone, targets, drift, Mode.GATED);
    }

    /** With the decision on drift that goes with the protection. */
    public Environment(String name, int order, Protection protection, String zone, List<TargetConfig> targets) {
        this(name, order, protection, zone, targets, usualDrift(protection));
    }

    /** Protected environments keep what others set until a person decides; open ones follow the manifests. */
    public static DriftDecision usualDrift(Protection protection) {
        return switch (protection) {
            case OPEN -> DriftDecision.OVERWRITE;
            case PROTECTED -> DriftDecision.KEEP;
        };
    }

    /** Names of the targets that a manifest has to name to mean one of them, as there are others of their type. */
    public Set<String> targetsToBeNamed() {
        return targets.stream()
                .filter(one -> targets.stream()
                        .anyMatch(other -> !other.equals(one) && other.type().equals(one.type())))
                .map(TargetConfig::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    public Optional<TargetConfig> target(String targetName) {
        return targets.stream().filter(t -> t.name().equals(targetName)).findFirst();
    }
}
