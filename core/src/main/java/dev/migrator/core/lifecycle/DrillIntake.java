package dev.migrator.core.lifecycle;

import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import java.util.Optional;

/** Orders for drills, and what came of them. They change nothing of a migration: its plan and its snapshot are borrowed. */
final class DrillIntake {
    private static final String WORKER = "executor";

    private DrillIntake() {}

    /** The same order again asks again: the worker does it once, and answers the same. */
    static boolean isJudged(Turn turn, Fact.DrillOrdered fact) {
        var order = fact.order();
        var facts = turn.facts;
        var environment = turn.environment.name();
        if (!order.environment().equals(environment)) {
            turn.audit(
                    "drill-refused",
                    order.by(),
                    Problems.drillOfOther(order.request(), order.environment(), environment));
            return true;
        }
        var fault = order.fault().orElseGet(() -> DrillFault.drawn(order.request()));
        var place = turn.rules.rehearsalOf(environment);
        if (place.isEmpty()) {
            refuse(turn, order, fault, "", Problems.nowhereToDrill(environment));
            return true;
        }
        if (!Checklist.isSnapshotVerified(facts)) {
            refuse(turn, order, fault, place.get(), Problems.nothingToDrill(facts));
            return true;
        }
        var change = facts.change().orElseThrow();
        var plan = facts.plan().orElseThrow();
        var snapshot = facts.snapshot().orElseThrow();
        turn.publish(new Effect.DrillRequested(
                facts.id(),
                order.request(),
                fault,
                order.by(),
                environment,
                change.commit(),
                plan.planDigest(),
                plan.planUri(),
                place.get(),
                new StoredObject(snapshot.uri(), snapshot.digest()),
                plan.beforeHash()));
        turn.audit("drill-ordered", order.by(), "request " + order.request(), fault.label() + " in " + place.get());
        return true;
    }

    private static void refuse(Turn turn, DrillOrder order, DrillFault fault, String place, Problem why) {
        turn.audit("drill-refused", order.by(), why);
        turn.publish(new Effect.DrillReported(DrillReport.refused(
                turn.environment.name(), order.request(), order.migration(), place, fault, why, order.by(), turn.now)));
    }

    /** The last one counts, as far as it says something; one that comes twice, or late, changes nothing. */
    static boolean isJudged(Turn turn, Fact.DrillAnswered fact) {
        // refused without a note in the facts: of a forgotten migration there are none
        var report = fact.report();
        if (!report.environment().equals(turn.environment.name())) {
            turn.audit(
                    "fact-refused",
                    WORKER,
                    Problems.drillOfOther(report.request(), report.environment(), turn.environment.name()));
            return true;
        }
        if (report.isPassed() && (report.uri().isBlank() || report.digest().isEmpty())) {
            turn.audit("fact-refused", WORKER, Problems.noEvidence("the drill"));
            return true;
        }
        turn.publish(new Effect.DrillReported(report));
        // by a clock that is ahead of ours, later ones would be older, and overdue would never come
        var at = report.at().isAfter(turn.now) ? turn.now : report.at();
        var isKnown = turn.environment
                .drilled()
                .filter(last -> !last.at().isBefore(at) || last.evidence().equals(report.evidence()))
                .isPresent();
        if (report.isTelling() && !isKnown) {
            turn.environment = turn.environment.drilled(new EnvironmentState.Drilled(
                    at, report.evidence(), report.problem().map(DrillIntake::briefly), kept(report)));
            turn.audit(report.isPassed() ? "drill-passed" : "drill-failed", WORKER, report.evidence());
        }
        return true;
    }

    private static Optional<StoredObject> kept(DrillReport report) {
        return report.digest()
                .filter(_ -> !report.uri().isBlank())
                .map(digest -> new StoredObject(report.uri(), digest));
    }

    private static String briefly(Problem why) {
        return why.code() + " " + why.message()
                + Optional.of(why.thing())
                        .filter(thing -> !thing.isBlank())
                        .map(thing -> " (" + thing + ")")
                        .orElse("");
    }
}
