package dev.migrator.core.report;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.FactJson;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
            lines.notChecked(name + ": " + why(name));
        } else {
            lines.fail(FileCheck.without(name).problem());
        }
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
