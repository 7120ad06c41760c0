package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the lifecycle says when something goes wrong after the first write. */
final class Mishaps {
    /** Where snapshots lie that can be restored; earlier versions kept them elsewhere. */
    private static final Pattern SNAPSHOT = Pattern.compile("snapshots/[^/]+/([^/]+)/manifest\\.json");

    private Mishaps() {}

    static Problem pausedTooLong(Orders.Pause pause) {
        return Problem.of("CMD-PAUSE-OVER", "nobody resumed it in time")
                .expected("a resume before " + pause.deadline())
                .found("still paused by " + pause.by())
                .todo("submit again under a new id");
    }

    static Problem checkFailed() {
        return Problem.of("EXE-CHECK-FAILED", "the target could not be read before the first write")
                .todo("look into the executor's log; then submit again under a new id");
    }

    static Problem noUndoKit() {
        return Problem.of("EXE-NO-KIT", "the worker kept no undo kit, so nothing is written")
                .expected("an undo kit in the bucket before the first write")
                .found("an answer without one")
                .todo("see that all executors have the same version; then submit again under a new id");
    }

    static Problem batchNotApplied(WorkerAnswer answer) {
        return answer.problem()
                .orElseGet(() -> Problem.of(
                                answer.result() == WorkerAnswer.Result.FAILED ? "EXE-BATCH-FAILED" : "EXE-CONFLICT",
                                answer.result() == WorkerAnswer.Result.FAILED
                                        ? "the target refused a part of the batch"
                                        : "the target holds what nobody planned; it was left alone")
                        .about("batch " + answer.batch())
                        .expected("every operation applied")
                        .found(brief(answer.differences()))
                        .todo("correct what differs; then submit again"));
    }

    static Problem batchNotReverted(WorkerAnswer answer) {
        return answer.problem()
                .orElseGet(() -> Problem.of("RBK-BATCH", "a part of the batch could not be undone")
                        .about("batch " + answer.batch())
                        .expected("every operation undone")
                        .found(brief(answer.differences()))
                        .todo("see the differences; they tell what is left"));
    }

    static Problem notAsBefore(Facts facts, WorkerAnswer answer) {
        return answer.problem()
                .map(problem -> problem.todo(putRight(facts)))
                .orElseGet(() -> Problem.of(
                                answer.stateHash().isPresent() ? "RBK-DIFFERS" : "RBK-UNMEASURED",
                                "after the rollback the target is not known to be as before")
                        .expected("state "
                                + facts.plan()
                                        .map(plan -> plan.beforeHash().brief())
                                        .orElse("of the snapshot"))
                        .found(answer.stateHash()
                                .map(hash -> "state " + hash.brief())
                                .orElse("a state that could not be measured"))
                        .todo(putRight(facts)));
    }

    /**
     * The snapshot of the migration is what it found; a restore of it is a migration of its own. What the migration made and
     * could not be removed is managed by nobody, so a restore leaves it: the undo kit tries the same reverts again.
     */
    private static String putRight(Facts facts) {
        return restore(facts)
                + facts.undoKit()
                        .map(kit ->
                                "; what the migration has made and is still there, migrator undo --kit FILE removes,"
                                        + " with " + kit.uri() + " as FILE")
                        .orElse("");
    }

    private static String restore(Facts facts) {
        return facts.snapshot()
                .map(stored -> SNAPSHOT.matcher(stored.uri()))
                .filter(Matcher::matches)
                .map(matched -> matched.group(1))
                .map(id -> "see the differences; migrator restore " + id
                        + " --dry-run shows what of them can be put back, and without --dry-run it is")
                .orElse("see the differences, and put right by hand what is listed");
    }

    static Problem endNotMeasured() {
        return Problem.of("EXE-END-UNMEASURED", "every phase was verified, but the end state could not be measured")
                .todo("nothing is wrong as far as is known; look into the executor's log");
    }

    static List<Problem> anomaly(Fact.AnomalyDetected fact) {
        return fact.problems().isEmpty()
                ? List.of(Problem.of("VRF-ANOMALY", "verification found the phase wrong")
                        .about("phase " + fact.phase()))
                : fact.problems();
    }

    static List<Problem> rollbackCommanded(Fact.RollbackCommanded fact) {
        return List.of(Problem.of("VRF-ROLLBACK", "verification commanded the rollback")
                .about("phase " + fact.phase())
                .found(fact.reason()));
    }

    static Problem verdictTooLate(Problem why) {
        return Problem.of("VRF-LATE", "the verdict comes after every phase was judged good")
                .found(why.code() + " " + why.message())
                .todo("look at it; to take the change back, submit the earlier commit as a new migration");
    }

    static Problem verificationSilent(int phase, int attempts) {
        return Problem.of("VRF-SILENT", "verification did not answer in time, and late counts as no")
                .about("phase " + phase)
                .expected("an answer")
                .found("none to " + attempts + " requests")
                .todo("look into the verifier's log");
    }

    private static String brief(List<String> differences) {
        if (differences.isEmpty()) {
            return "no details";
        }
        var some = new ArrayList<>(differences.subList(0, Math.min(3, differences.size())));
        if (differences.size() > some.size()) {
            some.add("and " + (differences.size() - some.size()) + " more");
        }
        return String.join("; ", some);
    }
}
