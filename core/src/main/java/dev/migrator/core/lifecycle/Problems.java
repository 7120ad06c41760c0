package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the lifecycle says when it refuses a fact, or ends a migration before the first write. */
final class Problems {
    private Problems() {}

    static Problem idReused(ChangeRequest known, ChangeRequest other) {
        return Problem.of("CHG-ID-REUSED", "this id already belongs to another change")
                .about("migration " + known.id())
                .expected("bundle " + known.bundleDigest().brief() + ", commit " + known.commit() + ", requested by "
                        + known.requester())
                .found("bundle " + other.bundleDigest().brief() + ", commit " + other.commit() + ", requested by "
                        + other.requester())
                .todo("publish the change again under an id of its own");
    }

    static Problem observed(String environment) {
        return Problem.of("CHG-OBSERVED", "the environment is only looked at; nothing is written there")
                .about("environment " + environment)
                .expected("a change that is only planned")
                .found("one that is to be carried out")
                .todo("plan it, or set mode: gated in environments.yaml and give the executor a write credential");
    }

    static Problem forRehearsals(String environment) {
        return Problem.of("CHG-REHEARSAL", "the environment is there for rehearsals; nothing else changes it")
                .about("environment " + environment)
                .expected("an environment that lasts")
                .found("one whose entries are removed before and after each rehearsal")
                .todo("submit the change to the environment that it is meant for; it is rehearsed on the way");
    }

    static Problem unknownEnvironment(String name, Collection<String> known) {
        return Problem.of("ENV-UNKNOWN", "there is no environment of this name")
                .about("environment " + name)
                .expected(known.isEmpty() ? "a declared environment" : "one of " + String.join(", ", known))
                .found(name)
                .todo("correct the name, or declare it in environments.yaml; then submit under a new id");
    }

    static Problem tooManyLive(ChangeRequest change, int bound) {
        return Problem.of("CHG-TOO-MANY", "too many migrations of this environment are under way")
                .about("environment " + change.environment())
                .expected("at most " + bound + " that have not ended")
                .found("one more")
                .todo("wait for some to end or cancel them; then submit again under a new id");
    }

    static Problem bundleTooLarge(int bound, int found) {
        return Problem.of("CHG-TOO-LARGE", "the bundle in the request is too large")
                .expected("at most " + bound + " bytes inline")
                .found(found + " bytes")
                .todo("put the bundle in the bucket and send its key");
    }

    static Problem tooManyHolds(String environment, int bound) {
        return Problem.of("HLD-FULL", "too many rolled-back changes of this environment are held")
                .about("environment " + environment)
                .expected("fewer than " + bound)
                .todo("release those that are understood: migrator get holds, migrator release ID --reason …");
    }

    static Problem held(MigrationId by, Instant since, int count, int of) {
        return Problem.of("CHG-HELD", "a change that was rolled back before may not simply be made again")
                .about("migration " + by)
                .expected("changes that no rolled-back migration made")
                .found(count + " of " + of + " changes are those that " + by + " made, rolled back at " + since)
                .todo("correct the manifests, or let go of it with: migrator release " + by
                        + " --reason …; then submit again under a new id");
    }

    static Problem denied(String approver, Digest plan) {
        return Problem.of("APR-DENIED", "the plan was denied")
                .about("plan " + plan.brief())
                .expected("no denial; one outweighs any grant")
                .found("denied by " + approver)
                .todo("talk to " + approver + "; then submit again under a new id");
    }

    static Problem ownApproval(String requester) {
        return Problem.of("APR-OWN", "nobody may approve their own change")
                .expected("an approver other than " + requester)
                .found(requester)
                .todo("ask someone else to approve it");
    }

    static Problem approvalTooLate(Facts facts) {
        return Problem.of("APR-LATE", "this decision comes after the migration began to write")
                .about("migration " + facts.id())
                .expected("a decision before the first write")
                .found(stateOf(facts))
                .todo(facts.isEnded() ? "nothing; it has ended" : "to stop it: migrator rollback " + facts.id());
    }

    static Problem tooManyVotes(int bound) {
        return Problem.of("APR-TOO-MANY", "too many decisions about one migration")
                .expected("at most " + bound)
                .todo("submit the change again under a new id");
    }

    static Problem groupsTooMany(Fact.Approval fact, int groups, int characters) {
        return Problem.of("APR-GROUPS", "the approver is in more groups than can be kept")
                .about("approver " + fact.approver())
                .expected("at most " + groups + " groups, with names of at most " + characters + " characters")
                .found(fact.groups().size() + " groups")
                .todo("take the approver out of some groups, or shorten their names; then approve again");
    }

    static Problem judgementOver(int revision, Instant until) {
        return Problem.of("POL-JUDGED-AGAIN", "what the plan was judged by depends on the time, so it is judged again")
                .about("plan of revision " + revision)
                .expected("a judgement that holds now")
                .found("one that held until " + until)
                .todo("nothing; it is planned again, and the approvals stay if the plan is the same");
    }

    static Problem stale(int revision, Digest expected, Optional<Digest> found) {
        return Problem.of("PLN-STALE", "the target is not as the plan saw it; nothing was written")
                .about("plan of revision " + revision)
                .expected("state " + expected.brief())
                .found(found.map(hash -> "state " + hash.brief()).orElse("another state"))
                .todo("nothing; it is planned again");
    }

    static Problem otherPlan(Digest expected, Digest found) {
        return Problem.of("PLN-STALE", "what would be done now is not what the plan says; nothing was written")
                .about("plan " + expected.brief())
                .expected("a target, a policy and a bundle that still give this plan")
                .found("plan " + found.brief())
                .todo("read the plan that is there now and submit that one");
    }

    static Problem keepsChanging(int revisions) {
        return Problem.of("PLN-KEEPS-CHANGING", "the target changed under every plan; nothing was written")
                .expected("a target that nobody else changes for as long as planning takes")
                .found(revisions + " plans, none of which was still true")
                .todo("find out what changes it; then submit again under a new id");
    }

    static Problem planShape(String expected, String found) {
        return Problem.of("PLN-SHAPE", "the plan does not fit together")
                .expected(expected)
                .found(found)
                .todo("report this; the planner and the executor may be of different versions");
    }

    static Problem rejectedWithoutReason() {
        return Problem.of("PLN-REJECTED", "the planner rejected the change and gave no reason")
                .todo("look into the planner's log");
    }

    static Problem snapshotOfOtherPlan(Digest found, Optional<Digest> expected) {
        return Problem.of("SNP-OTHER-PLAN", "the snapshot was taken for another plan")
                .expected(expected.map(Digest::toString).orElse("no snapshot, as there is no plan"))
                .found(found.toString())
                .todo("nothing; it is not used");
    }

    static Problem dryRunOfOtherPlan(Digest found, Optional<Digest> expected) {
        return Problem.of("DRY-OTHER-PLAN", "the dry run was made of another plan")
                .expected(expected.map(Digest::toString).orElse("no dry run, as there is no plan"))
                .found(found.toString())
                .todo("nothing; it is not used");
    }

    static Problem monitoringForOtherPlan(Digest found, Optional<Digest> expected) {
        return Problem.of("SIG-OTHER-PLAN", "monitoring was listened to for another plan")
                .expected(expected.map(Digest::toString).orElse("nothing, as there is no plan"))
                .found(found.toString())
                .todo("nothing; it is not used");
    }

    static Problem rehearsalOfOther(String what, Digest found, Optional<Digest> expected) {
        return Problem.of("REH-OTHER-PLAN", "the rehearsal was of another plan, or began with another state")
                .about(what)
                .expected(expected.map(Digest::toString).orElse("none, as there is no " + what))
                .found(found.toString())
                .todo("nothing; it is not used");
    }

    static Problem nowhereToRehearse(String environment, List<String> policies) {
        return Problem.of("REH-NOWHERE", "the plan has to be rehearsed, and there is no place for it")
                .about("environment " + environment)
                .expected("a rehearsal environment, as asked for by " + String.join(", ", policies))
                .found("none")
                .todo("name one in environments.yaml (rehearsal.environment), then submit again under a new id");
    }

    /** As many as a status takes; when some are left out, the last one says how many operations there are in all. */
    static List<Problem> refusedInDryRun(DryRunReport report) {
        if (report.problems().isEmpty()) {
            return List.of(dryRunRefused(report, "no reason was given"));
        }
        return report.problems().size() < DryRunReport.MOST_PROBLEMS
                ? report.problems()
                : Stream.concat(
                                report.problems().stream().limit(DryRunReport.MOST_PROBLEMS - 1L),
                                Stream.of(dryRunRefused(report, "more problems than are shown")))
                        .toList();
    }

    private static Problem dryRunRefused(DryRunReport report, String found) {
        return Problem.of("DRY-MORE", "the targets would refuse a part of the plan")
                .about(report.refused() + " operations")
                .expected("a plan that the targets accept")
                .found(found)
                .todo(report.uri().isBlank() ? "look into the executor's log" : "see " + report.uri());
    }

    static Problem nowhereToDrill(String environment) {
        return Problem.of(DrillReport.NOT_POSSIBLE, "there is no place to drill in")
                .about("environment " + environment)
                .expected("a rehearsal environment")
                .found("none")
                .todo("name one in environments.yaml (rehearsal.environment)");
    }

    /** @param facts of a migration without a plan and a snapshot that belong together */
    static Problem nothingToDrill(Facts facts) {
        return Problem.of(DrillReport.NOT_POSSIBLE, "this migration has nothing to drill with")
                .about("migration " + facts.id())
                .expected("a plan, and a snapshot of the same state")
                .found(facts.plan().isEmpty() ? "no plan" : "no such snapshot")
                .todo("choose a migration that came as far as SNAPSHOTTED");
    }

    static Problem drillOfOther(String request, String found, String environment) {
        return Problem.of("DRL-OTHER", "the drill belongs to another environment")
                .about("drill " + request)
                .expected("environment " + environment)
                .found("environment " + found)
                .todo("publish it under the key of its own environment");
    }

    static Problem noEvidence(String of) {
        return Problem.of("EVD-MISSING", "nothing is ticked without evidence that a person can open")
                .about(of)
                .expected("the place where the evidence lies")
                .found("none")
                .todo("report this; whoever answered has to store it first");
    }

    static Problem contradiction(String about) {
        return Problem.of("FCT-CONTRADICTION", "two different answers to one question; the first one stands")
                .about(about)
                .expected("the same answer again")
                .found("another one")
                .todo("nothing for now; report it if it happens again");
    }

    static Problem unasked(String about) {
        return Problem.of("FCT-UNASKED", "an answer to something that was not asked")
                .about(about)
                .expected("an answer to the open question")
                .todo("nothing for now; report it if it happens again");
    }

    static Problem tooManyEarly(Fact.OfMigration fact, String what, int bound) {
        return Problem.of("FCT-TOO-MANY", "too much arrived before what it belongs to")
                .about(fact.getClass().getSimpleName() + " of migration " + fact.id())
                .expected("at most " + bound + " " + what + " kept for later")
                .todo("publish the change it belongs to first, then this again");
    }

    static Problem tooLong(String what, int bound) {
        return Problem.of("FCT-TOO-LONG", "a name is too long to be kept")
                .about(what)
                .expected("at most " + bound + " characters")
                .todo("use a shorter one");
    }

    static Problem requestIdReused(Fact.Commanded fact, Orders.Seen seen) {
        return Problem.of("CMD-ID-REUSED", "this request id already belongs to another command")
                .about("request " + fact.requestId())
                .expected(seen.command() + " by " + seen.by())
                .found(fact.command() + " by " + fact.by())
                .todo("send the command again under a request id of its own");
    }

    static Problem commandTooLate(Fact.Commanded.Command command, Facts facts) {
        var state = stateOf(facts);
        return Problem.of("CMD-TOO-LATE", command + " comes too late")
                .about("migration " + facts.id())
                .expected(
                        command == Fact.Commanded.Command.PAUSE
                                ? "a migration that is not yet done"
                                : "a migration that can still be undone")
                .found(state)
                .todo(
                        facts.isRollbackDecided() && !facts.isEnded()
                                ? "nothing; it is being rolled back and cannot be stopped"
                                : state.equals("SUCCEEDED")
                                        ? "migrator revert " + facts.id()
                                                + "    takes it back, as a migration of its own; so does"
                                                + " submitting the earlier commit"
                                        : "nothing; it has ended");
    }

    static Problem alreadyPaused(Orders.Pause pause) {
        return Problem.of("CMD-ALREADY-PAUSED", "the migration is paused already")
                .found("paused by " + pause.by() + " until " + pause.deadline())
                .todo("nothing, or resume it");
    }

    static Problem notPaused(Facts facts) {
        return Problem.of("CMD-NOT-PAUSED", "there is no pause to end")
                .about("migration " + facts.id())
                .expected("PAUSED")
                .found(stateOf(facts))
                .todo("nothing");
    }

    static Problem nothingHeld(MigrationId id, Facts facts) {
        return Problem.of("HLD-NONE", "this migration holds no changes")
                .about("migration " + id)
                .expected("a rolled-back migration that was not released yet")
                .found(stateOf(facts))
                .todo("see what is held with: migrator get holds");
    }

    static Problem reasonMissing(Fact.Commanded fact) {
        return Problem.of("CMD-REASON", "holds are released with a reason")
                .about("migration " + fact.id())
                .expected("a reason")
                .found("none")
                .todo("migrator release " + fact.id() + " --reason …");
    }

    static Problem commandedBy(Fact.Commanded fact) {
        var code = fact.command() == Fact.Commanded.Command.CANCEL ? "CMD-CANCEL" : "CMD-ROLL-BACK";
        return Problem.of(code, "stopped by a person")
                .about("migration " + fact.id())
                .found(fact.command() + " by " + fact.by() + (fact.reason().isBlank() ? "" : ": " + fact.reason()));
    }

    private static String stateOf(Facts facts) {
        return facts.ended()
                .map(end -> end.state().name())
                .or(() -> facts.status().map(status -> status.state().name()))
                .orElse("unknown");
    }
}
