package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.WorkerAnswer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether each verdict is one about a phase of the plan, with the evidence that it names, and none is missing that had to be given. */
final class VerdictCheck {
    private static final String NAME = "verdicts";
    /** Code with which a status says that the verifier had it undone. */
    private static final String COMMANDED = "VRF-ROLLBACK";

    private final ReportContents contents;
    private final Map<Integer, Integer> phaseOfBatch = new HashMap<>();
    private final Set<Integer> phases = new TreeSet<>();
    /** Phases that are verified once more after their bake. */
    private final Set<Integer> baking = new HashSet<>();

    /** Epochs in which a phase was judged good; each judgement has one of its own. */
    private final Map<Integer, Set<Integer>> verified = new HashMap<>();

    private final CheckLines lines = new CheckLines(NAME);
    private int verdicts;

    private VerdictCheck(ReportContents contents) {
        this.contents = contents;
        contents.plan().stream().flatMap(plan -> plan.phases().stream()).forEach(phase -> {
            phases.add(phase.number());
            if (!phase.bake().isNone()) {
                baking.add(phase.number());
            }
            phase.batches().forEach(batch -> phaseOfBatch.put(batch.number(), phase.number()));
        });
    }

    static List<CheckLine> of(ReportContents contents) {
        var check = new VerdictCheck(contents);
        contents.facts().forEach(check::judge);
        check.complete();
        if (contents.isSaidToBeMissing(NAME)) {
            check.lines.notChecked("further ones: " + contents.why(NAME));
        }
        if (check.verdicts > 0 && contents.plan().isEmpty()) {
            check.lines.open("whether the plan has their phases: there is no plan that can be read");
        }
        if (check.verdicts == 0 && contents.hasBegunToWrite()) {
            check.lines.open("none is there; what was undone early needs none");
        }
        return check.lines.passing(
                check.verdicts == 0 ? "none was given" : check.verdicts + ", each about a phase of the plan");
    }

    /** No phase begins before the one before it was verified, no success without all, and none undoes that nobody hears of. */
    private void complete() {
        if (!contents.hasEndedAfterWriting()) {
            return;
        }
        var newest = contents.newest().orElseThrow();
        var begun = contents.answers(WorkerAnswer.Kind.APPLY_BATCH).stream()
                .map(answer -> phaseOfBatch.getOrDefault(answer.batch(), 0))
                .max(Integer::compare)
                .orElse(0);
        phases.stream()
                .filter(phase -> newest.state() == MigrationState.SUCCEEDED || phase < begun)
                .forEach(this::verifiedInFull);
        var commanded =
                newest.problems().stream().anyMatch(problem -> problem.code().equals(COMMANDED));
        if (commanded && contents.facts().stream().noneMatch(fact -> fact.said() instanceof Fact.RollbackCommanded)) {
            contents.lacks("the command of the verifier to roll back", NAME, lines);
        }
    }

    private void verifiedInFull(int phase) {
        int times = verified.getOrDefault(phase, Set.of()).size();
        if (times == 0) {
            contents.lacks("the verdict on phase " + phase, NAME, lines);
        } else if (times == 1 && baking.contains(phase)) {
            contents.lacks("the verdict on phase " + phase + " after its bake", NAME, lines);
        }
    }

    private void judge(Recorded<Fact.OfMigration> fact) {
        switch (fact.said()) {
            case Fact.PhaseVerified good -> {
                phase(fact, good.phase());
                evidence(fact, good.evidenceUri());
                verified.computeIfAbsent(good.phase(), _ -> new HashSet<>()).add(good.epoch());
            }
            case Fact.AnomalyDetected anomaly -> phase(fact, anomaly.phase());
            case Fact.RollbackCommanded rollback -> phase(fact, rollback.phase());
            default -> {
                // no verdict
            }
        }
    }

    private void phase(Recorded<Fact.OfMigration> fact, int phase) {
        verdicts++;
        if (!fact.said().id().equals(contents.manifest().migration())) {
            lines.fail(problem(
                    fact,
                    "a verdict is one about another migration",
                    contents.manifest().migration().value(),
                    fact.said().id().value()));
        } else if (contents.plan().isPresent() && !phases.contains(phase)) {
            lines.fail(problem(
                    fact,
                    "a verdict is about a phase that the plan does not have",
                    phases.toString(),
                    String.valueOf(phase)));
        }
    }

    private void evidence(Recorded<Fact.OfMigration> fact, String key) {
        var name = ReportRules.EVIDENCE + ReportRules.lastPart(key);
        var file = contents.zip().find(name);
        if (file.isEmpty()) {
            contents.absent(name, lines);
        } else if (!ReportRules.isNamedBy(name, Digest.of(file.get()))) {
            lines.fail(problem(
                    fact,
                    "the evidence of a verdict is not the one that it names",
                    name,
                    Digest.of(file.get()).toString()));
        }
    }

    private static Problem problem(Recorded<Fact.OfMigration> fact, String message, String expected, String found) {
        return Problem.of("RPT-VERDICT", message)
                .about(fact.said().getClass().getSimpleName() + ", " + fact.place())
                .expected(expected)
                .found(found)
                .todo("nothing follows from this verdict");
    }
}
