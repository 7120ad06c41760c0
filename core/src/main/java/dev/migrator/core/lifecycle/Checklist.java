package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.Preparation.ScopeCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What has to hold, and how it is known. Everything but {@value #STATE_VERIFIED} holds before the first write. */
final class Checklist {
    static final String STATE_VERIFIED = "state-verified";

    private Checklist() {}

    static List<ChecklistLine> of(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
        var plan = planValidated(facts);
        if (facts.change().map(ChangeRequest::intent).equals(Optional.of(ChangeRequest.Intent.PLAN))) {
            return List.of(plan, dryRun(facts, rules));
        }
        return List.of(
                plan,
                snapshotVerified(facts),
                approved(facts, rules),
                dryRun(facts, rules),
                Rehearsing.line(facts, rules),
                Drilling.line(environment, facts, now, rules),
                new Monitoring(facts, now, rules).line(),
                targetUnchanged(facts),
                undoKit(facts),
                stateVerified(facts));
    }

    /** All that can be known before the scope is held. */
    static boolean isReadyToQueue(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
        return List.of(
                        planValidated(facts),
                        snapshotVerified(facts),
                        approved(facts, rules),
                        dryRun(facts, rules),
                        Rehearsing.line(facts, rules),
                        Drilling.line(environment, facts, now, rules))
                .stream()
                .allMatch(line -> line.mark() != Mark.MISSING);
    }

    static boolean isSnapshotVerified(Facts facts) {
        return snapshotVerified(facts).mark() == Mark.PASSED;
    }

    static boolean isApproved(Facts facts, LifecycleRules rules) {
        return approved(facts, rules).mark() != Mark.MISSING;
    }

    static boolean isDryRunPassed(Facts facts) {
        return dryRun(facts).mark() == Mark.PASSED;
    }

    /** Who denied this very plan. */
    static Optional<String> denial(Facts facts, PlanSummary plan) {
        return facts.votes().stream()
                .filter(vote -> !vote.granted() && vote.planDigest().equals(plan.planDigest()))
                .map(Facts.Vote::approver)
                .sorted()
                .findFirst();
    }

    private static ChecklistLine planValidated(Facts facts) {
        return facts.plan()
                .map(plan -> passed("plan-validated", "plan " + plan.planDigest() + " at " + plan.planUri())
                        .linking(planOf(plan)))
                .orElseGet(() -> missing("plan-validated", "a plan by the planner"));
    }

    private static ChecklistLine snapshotVerified(Facts facts) {
        var name = "snapshot-verified";
        var matching = facts.plan()
                .flatMap(plan -> facts.snapshot()
                        .filter(snapshot -> snapshot.planDigest().equals(plan.planDigest())
                                && snapshot.stateHash().equals(plan.beforeHash())));
        return matching.map(snapshot -> passed(
                                name,
                                "snapshot " + snapshot.digest() + " at " + snapshot.uri() + ", " + snapshot.entries()
                                        + " entries, read back; same state as the plan saw")
                        .linking(snapshotOf(snapshot)))
                .orElseGet(() -> missing(name, "a snapshot of the same state as the plan saw"));
    }

    private static ChecklistLine dryRun(Facts facts, LifecycleRules rules) {
        var environment = facts.change().orElseThrow().environment();
        return rules.isObserved(environment)
                ? notRequired("dry-run", "environment " + environment + " is observed: no credential there can write")
                : dryRun(facts);
    }

    private static ChecklistLine dryRun(Facts facts) {
        var name = "dry-run";
        var report = facts.preparation().dryRun();
        if (report.isEmpty()) {
            return facts.isStarted()
                    ? notRequired(name, "it began to write under a version that had no dry runs")
                    : missing(name, "the targets' own word on the plan");
        }
        var line = report.get().isRefused()
                ? missing(
                        name,
                        "a plan that no target refuses; refused " + report.get().refused())
                : passed(name, dryRunEvidence(report.get()));
        return line.linking(EvidenceLink.ifKept(
                EvidenceLink.DRY_RUN, report.get().uri(), report.get().digest()));
    }

    /** What the targets could not judge is for the approver to know: it stands here, one reason a line. */
    private static String dryRunEvidence(DryRunReport report) {
        var evidence = new StringBuilder();
        evidence.append(report.accepted()).append(" accepted");
        if (report.unchecked() > 0) {
            evidence.append(", ").append(report.unchecked()).append(" NOT CHECKED");
        }
        evidence.append("; ").append(report.digest().map(Digest::toString).orElse(""));
        evidence.append(" at ").append(report.uri());
        report.notChecked().forEach(reason -> evidence.append("\nnot checked: ").append(reason));
        return evidence.toString();
    }

    private static ChecklistLine approved(Facts facts, LifecycleRules rules) {
        var name = "approved";
        var change = facts.change().orElseThrow();
        var protection = facts.execution()
                .start()
                .map(Execution.Start::under)
                .or(() -> rules.protection(change.environment()))
                .orElse(Protection.PROTECTED);
        var plan = facts.plan();
        if (plan.isEmpty()) {
            return missing(name, "a plan to approve");
        }
        var approvals = Approvals.of(facts, plan.get(), protection);
        if (approvals.needs().isEmpty()) {
            return notRequired(name, "environment " + change.environment() + " is open and no policy asks for one");
        }
        // the signed statements are on the topic, from where the report takes them
        return approvals.areGiven()
                ? passed(name, approvals.given()).linking(planOf(plan.get()), EvidenceLink.report())
                : missing(name, approvals.missing()).linking(planOf(plan.get()));
    }

    private static ChecklistLine targetUnchanged(Facts facts) {
        var name = "target-unchanged";
        return facts.preparation().check().orElse(null) instanceof ScopeCheck.Unchanged(var hash, var _)
                ? passed(name, "state " + hash + ", read again while holding the scope")
                        .linking(sameState(facts))
                : missing(name, "its turn in the queue; then the target is read again");
    }

    private static ChecklistLine undoKit(Facts facts) {
        var name = "undo-kit";
        if (!(facts.preparation().check().orElse(null) instanceof ScopeCheck.Unchanged(var _, var kit))) {
            return missing(name, "the worker, which keeps it in the bucket before the first write");
        }
        return kit.map(stored -> passed(
                                name,
                                "kit " + stored.digest() + " at " + stored.uri()
                                        + ", read back; undoes it without any service")
                        .linking(EvidenceLink.of(EvidenceLink.UNDO_KIT, stored)))
                .orElseGet(() -> notRequired(name, "it began to write under a version that had no undo kits"));
    }

    private static ChecklistLine stateVerified(Facts facts) {
        var execution = facts.execution();
        var phases = facts.plan().map(plan -> plan.phases().size()).orElse(0);
        if (execution.evidence().isPresent() && execution.verified() == phases) {
            return passed(STATE_VERIFIED, execution.evidence().get()).linking(verified(facts));
        }
        return missing(
                        STATE_VERIFIED,
                        "each phase is read again and checked once it is applied; done for " + execution.verified()
                                + " of " + phases + baking(facts))
                .linking(verified(facts));
    }

    private static String baking(Facts facts) {
        return facts.bakesUntil()
                .map(until -> "; the current one is good since "
                        + facts.execution().bakingSince().orElseThrow() + " ("
                        + facts.execution().evidence().orElseThrow() + ") and is checked again after its bake, at "
                        + until)
                .orElse("");
    }

    private static EvidenceLink planOf(PlanSummary plan) {
        return EvidenceLink.of(EvidenceLink.PLAN, plan.planUri(), plan.planDigest());
    }

    private static EvidenceLink snapshotOf(Preparation.SnapshotAnswer.Stored snapshot) {
        return EvidenceLink.of(EvidenceLink.SNAPSHOT, snapshot.uri(), snapshot.digest());
    }

    /** What was read again is the state of the snapshot; that it was, the worker has answered. */
    private static EvidenceLink[] sameState(Facts facts) {
        return Stream.concat(facts.snapshot().map(Checklist::snapshotOf).stream(), Stream.of(EvidenceLink.report()))
                .toArray(EvidenceLink[]::new);
    }

    /** Of the phase that was judged last. */
    private static Optional<EvidenceLink> verified(Facts facts) {
        return facts.execution()
                .evidence()
                .flatMap(uri -> EvidenceLink.ifKept(EvidenceLink.VERIFICATION, uri, Optional.empty()));
    }

    private static ChecklistLine passed(String name, String evidence) {
        return new ChecklistLine(name, Mark.PASSED, evidence);
    }

    private static ChecklistLine notRequired(String name, String rule) {
        return new ChecklistLine(name, Mark.NOT_REQUIRED, rule);
    }

    private static ChecklistLine missing(String name, String waitsFor) {
        return new ChecklistLine(name, Mark.MISSING, waitsFor);
    }
}
