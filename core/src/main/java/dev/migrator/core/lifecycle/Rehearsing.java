package dev.migrator.core.lifecycle;

import static dev.migrator.core.lifecycle.Step.WAIT;

import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import java.util.Optional;

/** Whether a plan has to be done and undone elsewhere before anything is written, and what comes next until it was. */
record Rehearsing(EnvironmentState environment, Facts facts, LifecycleRules rules) {
    static final String LINE = "rehearsed";

    /** What comes next because of it; empty if nothing does. */
    Optional<Step> next(PlanSummary plan) {
        if (plan.rehearsedFor().isEmpty()) {
            return Optional.empty();
        }
        var report = facts.preparation().rehearsal();
        if (report.isPresent()) {
            return report.get().problem().<Step>map(why -> Step.End.at(MigrationState.REJECTED, why));
        }
        var place = rules.rehearsalOf(environment.name());
        if (place.isEmpty()) {
            return Optional.of(Step.End.at(
                    MigrationState.REJECTED, Problems.nowhereToRehearse(environment.name(), plan.rehearsedFor())));
        }
        // two at once in one place would find each other's half-done work
        return Optional.of(before().isPresent() ? WAIT : new Step.Ask(new Question.Rehearsal(place.get())));
    }

    /** Whose rehearsal has to come to its end first. */
    Optional<MigrationId> before() {
        return environment.rehearsing().filter(other -> !other.equals(facts.id()));
    }

    /** Whether it waits for another one's rehearsal, and for nothing else. */
    boolean isWaiting() {
        return Checklist.isSnapshotVerified(facts) && line(facts, rules).mark() == Mark.MISSING && before().isPresent();
    }

    static ChecklistLine line(Facts facts, LifecycleRules rules) {
        var environment = facts.change().orElseThrow().environment();
        var plan = facts.plan();
        if (plan.isEmpty()) {
            return rules.rehearsalOf(environment).isPresent()
                    ? new ChecklistLine(LINE, Mark.MISSING, "a plan, which says whether it is rehearsed")
                    : new ChecklistLine(
                            LINE, Mark.NOT_REQUIRED, "environment " + environment + " has no rehearsal environment");
        }
        var asking = plan.get().rehearsedFor();
        if (asking.isEmpty()) {
            return new ChecklistLine(LINE, Mark.NOT_REQUIRED, "no policy asks for a rehearsal of this plan");
        }
        var report = facts.preparation().rehearsal();
        return report.filter(RehearsalReport::isPassed)
                .map(passed -> new ChecklistLine(LINE, Mark.PASSED, evidence(facts, passed)))
                .orElseGet(() -> new ChecklistLine(
                        LINE,
                        Mark.MISSING,
                        "a rehearsal"
                                + rules.rehearsalOf(environment)
                                        .map(place -> " in " + place)
                                        .orElse("")
                                + ", asked for by " + String.join(", ", asking)))
                .linking(
                        report.flatMap(said -> EvidenceLink.ifKept(EvidenceLink.REHEARSAL, said.uri(), said.digest())));
    }

    /** What it cannot prove is for the approver to know: it stands here, one reason a line. */
    private static String evidence(Facts facts, RehearsalReport report) {
        var evidence = new StringBuilder();
        evidence.append(report.asPredicted()).append(" of ").append(report.operations());
        evidence.append(" operations came out as predicted (").append(report.score());
        evidence.append(" %), then undone to the same state");
        if (report.notProven() > 0) {
            evidence.append("; ").append(report.notProven()).append(" NOT PROVEN");
        }
        evidence.append("; plan ")
                .append(facts.plan().orElseThrow().planDigest().brief())
                .append(" on state ")
                .append(facts.snapshot().orElseThrow().stateHash().brief());
        evidence.append("; ").append(report.digest().map(Object::toString).orElse(""));
        evidence.append(" at ").append(report.uri());
        report.reasons().forEach(reason -> evidence.append("\nnot proven: ").append(reason));
        return evidence.toString();
    }
}
