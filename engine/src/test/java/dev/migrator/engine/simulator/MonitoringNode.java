package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.MonitoringReport;
import dev.migrator.core.lifecycle.WorkerCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a monitored system says, and a verifier that listens to it. The source falls silent and comes back; and once all else is
 * calm, it is silent as long as anything is undone, as undoing must not need it.
 */
final class MonitoringNode {
    static final Problem SILENT = Problem.of("SIG-SILENT", "the source is silent");

    private final World world;
    private final Map<MigrationId, MigrationStatus> statuses;
    private boolean isBroken;

    /** @param statuses as last published */
    MonitoringNode(World world, Map<MigrationId, MigrationStatus> statuses) {
        this.world = world;
        this.statuses = statuses;
    }

    /** Now and then it breaks, and later it works again. */
    void live() {
        if (world.monitored && world.chance.accident(isBroken ? 20 : 60)) {
            isBroken = !isBroken;
            world.trace(() -> "the monitored source " + (isBroken ? "falls silent" : "comes back"));
        }
    }

    boolean isSilent() {
        boolean isUndoing =
                statuses.values().stream().anyMatch(status -> status.state() == MigrationState.ROLLING_BACK);
        return world.monitored && (world.chance.isCalm() ? isUndoing : isBroken);
    }

    void listen(Effect.MonitoringRequested asked) {
        boolean isHeard = !isSilent();
        if (isHeard) {
            world.oracle.monitoring.heard(asked);
        }
        var report = isHeard
                ? new MonitoringReport(
                        List.of("source"), List.of(), "bucket:monitoring", Optional.of(Digest.ofText("heard")))
                : MonitoringReport.impossible(SILENT);
        world.broker.publish(
                "verdicts",
                World.ENVIRONMENT,
                new Fact.MonitoringAnswered(asked.id(), asked.revision(), asked.asking(), asked.planDigest(), report));
    }

    /** What was really asked and heard. */
    static final class Told {
        /** As in the documentation: what was heard longer ago is no reason to begin writing. */
        private static final Duration FRESH = Duration.ofMinutes(5);

        private final World world;
        private final Map<MigrationId, Effect.MonitoringRequested> asked = new HashMap<>();
        private final Map<Effect.MonitoringRequested, Instant> heard = new HashMap<>();
        private final Set<MigrationId> begun = new HashSet<>();

        Told(World world) {
            this.world = world;
        }

        /** The lifecycle asks, maybe again. */
        void asked(Effect.MonitoringRequested question) {
            var last = statusOf(question.id());
            if (last == MigrationState.ROLLING_BACK) {
                throw new Violation("undoing-needs-no-monitoring", question.id() + " asks for it while it is undone");
            }
            asked.put(question.id(), question);
        }

        private MigrationState statusOf(MigrationId id) {
            var last = world.oracle.status(id);
            return last == null ? MigrationState.REQUESTED : last.state();
        }

        void heard(Effect.MonitoringRequested question) {
            heard.put(question, world.now());
        }

        /** The first write of a migration needs the answer to its last question, for its plan, and lately. */
        void require(WorkerCommand.ApplyBatch apply) {
            var id = apply.envelope().id();
            if (!world.monitored || !begun.add(id)) {
                return;
            }
            var question = asked.get(id);
            if (question == null || !heard.containsKey(question)) {
                throw new Violation("fail-closed", Oracle.name(apply) + " though monitoring was not heard");
            }
            if (!question.planDigest().equals(apply.envelope().planDigest())) {
                throw new Violation("fail-closed", Oracle.name(apply) + " though it was heard for another plan");
            }
            if (!world.now().isBefore(heard.get(question).plus(FRESH))) {
                throw new Violation("fail-closed", Oracle.name(apply) + " though it was heard long ago");
            }
        }
    }
}
