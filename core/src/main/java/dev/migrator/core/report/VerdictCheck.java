package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.WorkerAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    /** Of phases that are verified once more after it. */
    private final Map<Integer, Bake> bakes = new HashMap<>();

    private final Map<Integer, List<Good>> verified = new HashMap<>();

    private final CheckLines lines = new CheckLines(NAME);
    private int verdicts;

    /** That a phase was judged good; the judgement after a bake has an epoch of its own. */
    private record Good(int epoch, Instant at) {}

    private VerdictCheck(ReportContents contents) {
        this.contents = contents;
        contents.plan().stream().flatMap(plan -> plan.phases().stream()).forEach(phase -> {
            phases.add(phase.number());
            if (!phase.bake().isNone()) {
                bakes.put(phase.number(), phase.bake());
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
        var good = verified.getOrDefault(phase, List.of());
        var bake = bakes.get(phase);
        if (good.isEmpty()) {
            contents.lacks("the verdict on phase " + phase, NAME, lines);
        } else if (bake != null && !isVerifiedAfter(bake, good)) {
            contents.lacks("the verdict on phase " + phase + " after its bake", NAME, lines);
        }
    }

    /** One that came sooner was given, and was refused: a bake begins with the first one that counts. */
    private static boolean isVerifiedAfter(Bake bake, List<Good> verdicts) {
        var first = verdicts.stream()
                .min(Comparator.comparingInt(Good::epoch).thenComparing(Good::at))
                .orElseThrow();
        var least = bake.duration().minus(ReportRules.CLOCKS);
        return verdicts.stream()
                .filter(good -> good.epoch() > first.epoch())
                .map(good -> Duration.between(first.at(), good.at()))
                .anyMatch(passed -> passed.compareTo(least) >= 0);
    }

    private void judge(Recorded<Fact.OfMigration> fact) {
        switch (fact.said()) {
            case Fact.PhaseVerified good -> {
                phase(fact, good.phase());
                evidence(fact, good.evidenceUri());
                verified.computeIfAbsent(good.phase(), _ -> new ArrayList<>()).add(new Good(good.epoch(), fact.at()));
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
