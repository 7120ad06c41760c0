package dev.migrator.core.report;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.FactJson;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the files of a report say, as far as they can be read.
 *
 * @param statuses in the order of the file, as all lists here
 * @param plan empty if it is not there or is none
 * @param unreadable what cannot be read
 */
record ReportContents(
        StoredZipReader zip,
        ReportManifest manifest,
        Optional<ReportKey> key,
        List<Recorded<MigrationStatus>> statuses,
        List<Recorded<SignedApproval>> approvals,
        List<Recorded<Fact.OfMigration>> facts,
        List<AuditChain.Link> audit,
        Optional<Plan> plan,
        List<Problem> unreadable) {
    private static final Set<MigrationState> ENDED_AFTER_WRITING =
            EnumSet.of(MigrationState.SUCCEEDED, MigrationState.ROLLED_BACK, MigrationState.ROLLBACK_INCOMPLETE);
    private static final Set<MigrationState> WRITING = EnumSet.of(
            MigrationState.EXECUTING,
            MigrationState.VERIFYING,
            MigrationState.ROLLING_BACK,
            MigrationState.SUCCEEDED,
            MigrationState.ROLLED_BACK,
            MigrationState.ROLLBACK_INCOMPLETE);

    static ReportContents read(StoredZipReader zip, ReportManifest manifest) {
        var unreadable = new ArrayList<Problem>();
        var reading = new Reading(zip, unreadable);
        return new ReportContents(
                zip,
                manifest,
                reading.key(manifest),
                reading.recorded(ReportRules.STATUSES, StatusJson::fromValue),
                reading.recorded(ReportRules.APPROVALS, ReportLines::approvalOf),
                reading.recorded(ReportRules.FACTS, FactJson::fromValue),
                reading.lines(ReportRules.AUDIT, AuditChain::fromValue),
                reading.plan(),
                unreadable);
    }

    Optional<MigrationStatus> newest() {
        return statuses.isEmpty()
                ? Optional.empty()
                : Optional.of(statuses.getLast().said());
    }

    /** Why something is not in the report, for a line about what was not checked. */
    String why(String what) {
        return manifest.whyMissing(what)
                .map(problem -> "not in the report: " + problem.code() + ", " + problem.message())
                .orElse("not in the report");
    }

    boolean isSaidToBeMissing(String what) {
        return manifest.whyMissing(what).isPresent();
    }

    /** A file that should be there is not: that was said when the report was made, or somebody took it out. */
    void absent(String name, CheckLines lines) {
        if (isSaidToBeMissing(name)) {
            lines.open(name + ": " + why(name));
        } else {
            lines.fail(FileCheck.without(name).problem());
        }
    }

    /**
     * Something that the migration cannot have come to its state without is not there.
     *
     * @param what name under which it is said to be missing, if it was
     */
    void lacks(String thing, String what, CheckLines lines) {
        if (isSaidToBeMissing(what)) {
            lines.open(thing + ": " + why(what));
        } else {
            lines.fail(Problem.of("RPT-ABSENT", "something is not there without which the migration cannot stand there")
                    .about(thing)
                    .expected("in state "
                            + newest().map(status -> status.state().name()).orElse("unknown") + ", that it is there")
                    .found("nothing")
                    .todo("find out who took it out"));
        }
    }

    /** Whether it stands where nothing comes to without writing: a plan without operations ends otherwise. */
    boolean hasEndedAfterWriting() {
        return newest().filter(status -> ENDED_AFTER_WRITING.contains(status.state()))
                .isPresent();
    }

    boolean hasBegunToWrite() {
        return statuses.stream().map(status -> status.said().state()).anyMatch(WRITING::contains);
    }

    /** Of this migration. */
    List<WorkerAnswer> answers(WorkerAnswer.Kind kind) {
        return facts.stream()
                .flatMap(fact -> fact.said() instanceof Fact.Answered(var answer) ? Stream.of(answer) : Stream.empty())
                .filter(answer -> answer.kind() == kind && answer.id().equals(manifest.migration()))
                .toList();
    }

    private record Reading(StoredZipReader zip, List<Problem> unreadable) {
        <T> List<Recorded<T>> recorded(String name, Function<Value, T> said) {
            return lines(name, line -> ReportLines.recordedOf(line, said));
        }

        <T> List<T> lines(String name, Function<Value.Obj, T> line) {
            try {
                return zip.find(name)
                        .map(bytes -> ReportLines.read(name, bytes, line))
                        .orElse(List.of());
            } catch (ProblemException e) {
                unreadable.add(e.problem());
                return List.of();
            }
        }

        Optional<Plan> plan() {
            try {
                return zip.find(ReportRules.PLAN).map(PlanCodec::read);
            } catch (ProblemException e) {
                unreadable.add(e.problem().about(ReportRules.PLAN));
                return Optional.empty();
            }
        }

        Optional<ReportKey> key(ReportManifest manifest) {
            try {
                return Optional.of(ReportKey.ofBase64(manifest.key()));
            } catch (ProblemException e) {
                unreadable.add(e.problem().about(ReportRules.MANIFEST + ", key"));
                return Optional.empty();
            }
        }
    }
}
