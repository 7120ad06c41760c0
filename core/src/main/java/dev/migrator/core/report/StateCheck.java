package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.snapshot.ChunkRef;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.SnapshotReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the state before is that of the snapshot, and the state after a rollback is the state before. */
final class StateCheck {
    private static final String BEFORE = "state-before";
    private static final String AFTER = "state-after";
    /** Names under which the topics of answers and of snapshots are said to be missing. */
    private static final String RESULTS = "results";

    private static final String SNAPSHOTS = "snapshots";
    private static final String OTHER_FORMAT = "SNP-FORMAT";
    private static final String WHAT_TO_DO = "nothing follows from what the report says of the state";

    private final ReportContents contents;
    private final MigrationStatus newest;

    private StateCheck(ReportContents contents, MigrationStatus newest) {
        this.contents = contents;
        this.newest = newest;
    }

    static List<CheckLine> of(ReportContents contents) {
        if (contents.newest().isEmpty()) {
            return List.of(
                    CheckLine.notChecked(BEFORE, "the report holds no status"),
                    CheckLine.notChecked(AFTER, "the report holds no status"));
        }
        var check = new StateCheck(contents, contents.newest().get());
        return Stream.concat(check.before().stream(), check.after().stream()).toList();
    }

    private List<CheckLine> before() {
        var lines = new CheckLines(BEFORE);
        var stated = newest.beforeHash();
        if (stated.isEmpty()) {
            if (contents.hasEndedAfterWriting()) {
                contents.lacks("the state hash before", SNAPSHOTS, lines);
            } else {
                lines.notChecked("no snapshot was verified");
            }
            return lines.all();
        }
        if (contents.hasEndedAfterWriting() && stored().isEmpty()) {
            contents.lacks("what the snapshotter said of the snapshot", SNAPSHOTS, lines);
        }
        contents.plan()
                .filter(plan -> !plan.beforeHash().equals(stated.get()))
                .ifPresent(plan -> lines.fail(differs(
                        "the plan started from another state than the status states",
                        "RPT-STATE-BEFORE",
                        plan.beforeHash().toString(),
                        stated.get().toString())));
        var snapshot = contents.zip().find(ReportRules.SNAPSHOT);
        if (snapshot.isEmpty()) {
            if (newest.snapshotUri().isPresent()) {
                contents.absent(ReportRules.SNAPSHOT, lines);
            } else if (contents.hasEndedAfterWriting()) {
                contents.lacks("the snapshot", SNAPSHOTS, lines);
            } else {
                lines.notChecked("what the snapshot says: the status names none");
            }
            return lines.all();
        }
        if (contents.plan().isEmpty()) {
            lines.notChecked("which entries the plan writes: there is no plan that can be read");
            return lines.all();
        }
        var recomputed = recomputed(snapshot.get(), contents.plan().get(), lines);
        recomputed
                .filter(hash -> !hash.equals(stated.get()))
                .ifPresent(hash -> lines.fail(differs(
                        "the snapshot holds another state than the status states",
                        "RPT-STATE-BEFORE",
                        stated.get().toString(),
                        hash.toString())));
        return recomputed.isEmpty()
                ? lines.all()
                : lines.passing("computed again from the snapshot's entries: " + stated.get());
    }

    private Optional<Digest> recomputed(byte[] bytes, Plan plan, CheckLines lines) {
        isTheOneThatWasStored(bytes, lines);
        try {
            var manifest = ManifestCodec.read(bytes);
            isOfThePlan(manifest, lines);
            var reader = new SnapshotReader(manifest, chunk -> contents.zip().find(ReportRules.CHUNKS + chunk.hex()));
            if (isNamedAsMissing(manifest)) {
                lines.notChecked("what the snapshot says: not all of its chunks are in the report");
                return Optional.empty();
            }
            manifest.contents().chunks().forEach(StateCheck::bounded);
            var hash = new StateHash.Running(StateHash.pairs(plan));
            var broken = reader.verify(entry -> hash.add(entry.key(), entry.state()));
            broken.forEach(lines::fail);
            return broken.isEmpty() ? Optional.of(hash.finish()) : Optional.empty();
        } catch (ProblemException e) {
            if (isOfAFormatWithoutChunksHere(e.problem())) {
                lines.open("what the snapshot says: its chunks are " + contents.why(ReportRules.CHUNKS));
            } else {
                lines.fail(e.problem().about(ReportRules.SNAPSHOT));
            }
            return Optional.empty();
        }
    }

    /** Whoever made the report could not read it either, and said so. */
    private boolean isOfAFormatWithoutChunksHere(Problem problem) {
        return problem.code().equals(OTHER_FORMAT) && contents.isSaidToBeMissing(ReportRules.CHUNKS);
    }

    /** A chunk says how large it gets when it is expanded; one that says too much is not expanded. */
    private static void bounded(ChunkRef chunk) {
        if (chunk.bytes() > ReportRules.MOST_BYTES) {
            throw ReportRules.tooMuch(
                    "chunk " + chunk.digest(),
                    "at most " + ReportRules.MOST_BYTES + " bytes before compression",
                    String.valueOf(chunk.bytes()));
        }
    }

    private boolean isNamedAsMissing(Manifest manifest) {
        return contents.isSaidToBeMissing(ReportRules.CHUNKS)
                || manifest.contents().chunks().stream()
                        .anyMatch(chunk -> contents.isSaidToBeMissing(
                                ReportRules.CHUNKS + chunk.digest().hex()));
    }

    private void isOfThePlan(Manifest manifest, CheckLines lines) {
        var plan = newest.planDigest()
                .orElseThrow(() ->
                        new ProblemException(Problem.of("RPT-SNAPSHOT", "a snapshot was taken, and there is no plan")
                                .found("no plan")));
        var expected = newest.id() + ", plan " + plan;
        var found =
                manifest.covers() instanceof Coverage.OfPlan of ? of.migration() + ", plan " + of.plan() : "targets";
        if (!expected.equals(found) || !manifest.environment().equals(newest.environment())) {
            lines.fail(Problem.of("RPT-SNAPSHOT", "the snapshot was taken for something else")
                    .about(ReportRules.SNAPSHOT)
                    .expected(expected + " in " + newest.environment())
                    .found(found + " in " + manifest.environment())
                    .todo(WHAT_TO_DO));
        }
    }

    private Optional<Digest> stored() {
        return newest.snapshotUri().flatMap(key -> ReportRules.snapshotDigest(contents.facts(), key));
    }

    private void isTheOneThatWasStored(byte[] bytes, CheckLines lines) {
        stored().filter(stored -> !stored.equals(Digest.of(bytes)))
                .ifPresent(stored ->
                        lines.fail(Problem.of("RPT-SNAPSHOT", "the snapshot is another one than the snapshotter stored")
                                .about(ReportRules.SNAPSHOT)
                                .expected(stored.toString())
                                .found(Digest.of(bytes).toString())
                                .todo(WHAT_TO_DO)));
    }

    private List<CheckLine> after() {
        var lines = new CheckLines(AFTER);
        measured(lines);
        return switch (newest.state()) {
            case ROLLED_BACK -> rolledBack(lines);
            case ROLLBACK_INCOMPLETE -> incomplete(lines);
            default -> {
                lines.notChecked("nothing was undone; the state after a " + newest.state()
                        + " is what the verdicts and the executor say of it");
                yield lines.all();
            }
        };
    }

    /** The hash at the end is the executor's measurement: it can be compared with its answer, and not be taken again. */
    private void measured(CheckLines lines) {
        var closed = contents.answers(WorkerAnswer.Kind.CLOSE);
        if (contents.hasEndedAfterWriting() && closed.isEmpty()) {
            contents.lacks("the answer to CLOSE", RESULTS, lines);
            return;
        }
        var measured =
                closed.stream().flatMap(answer -> answer.stateHash().stream()).toList();
        newest.endHash()
                .filter(end -> !closed.isEmpty() && !measured.contains(end))
                .ifPresent(end -> lines.fail(differs(
                        "the executor measured another state at the end than the status states",
                        "RPT-STATE-AFTER",
                        measured.isEmpty() ? "no state" : measured.getLast().toString(),
                        end.toString())));
    }

    private List<CheckLine> rolledBack(CheckLines lines) {
        if (newest.endHash().isEmpty() || !newest.endHash().equals(newest.beforeHash())) {
            lines.fail(Problem.of("RPT-STATE-AFTER", "it says rolled back, and the state is not the one before")
                    .about("migration " + newest.id())
                    .expected(newest.beforeHash().map(Digest::toString).orElse("a state before"))
                    .found(newest.endHash().map(Digest::toString).orElse("no measurement"))
                    .todo(WHAT_TO_DO));
        }
        if (!newest.differences().isEmpty()) {
            lines.fail(Problem.of("RPT-STATE-AFTER", "it says rolled back, and lists what is not as before")
                    .about("migration " + newest.id())
                    .expected("no difference")
                    .found(String.join("; ", newest.differences()))
                    .todo(WHAT_TO_DO));
        }
        return lines.passing("the state measured after the rollback is the state before"
                + (newest.retained().isEmpty() ? "" : "; kept out of use: " + String.join(", ", newest.retained())));
    }

    private List<CheckLine> incomplete(CheckLines lines) {
        if (newest.endHash().isPresent()
                && newest.endHash().equals(newest.beforeHash())
                && newest.differences().isEmpty()) {
            lines.fail(Problem.of("RPT-STATE-AFTER", "it says rollback incomplete, and nothing differs")
                    .about("migration " + newest.id())
                    .expected("another state, or what is not as before")
                    .found("the state before")
                    .todo(WHAT_TO_DO));
        }
        if (newest.differences().isEmpty()) {
            lines.open(newest.endHash()
                    .map(end -> "it ended in state " + end + ", and what differs there is not listed")
                    .orElse("nobody could measure the state at the end"));
        }
        return lines.passing("not as before: " + String.join("; ", newest.differences()));
    }

    private static Problem differs(String message, String code, String expected, String found) {
        return Problem.of(code, message)
                .about("state hash")
                .expected(expected)
                .found(found)
                .todo(WHAT_TO_DO);
    }
}
