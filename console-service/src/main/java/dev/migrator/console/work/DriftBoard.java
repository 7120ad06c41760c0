package dev.migrator.console.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drift.Acknowledgement;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.events.v1.DriftCheckRequested;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.avro.DriftMessages;
import dev.migrator.kit.avro.InventoryMessages;
import dev.migrator.kit.feed.DriftFeed;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is known of drift, and the question for more. Never takes an old report, or none, for "nothing was found". */
public final class DriftBoard {
    /** Reads reports; a test has its own. */
    public interface Reports {
        /** Whether everything was read that was there at the start. */
        boolean ready();

        /** @throws Unavailable if the newest report cannot be read */
        Optional<DriftReport> report(String environment);

        /** Who has silenced a finding for now, empty if nobody has. */
        Optional<Acknowledgement> acknowledged(String environment, DriftFinding finding, Instant now);

        static Reports of(DriftFeed feed) {
            return new Reports() {
                @Override
                public boolean ready() {
                    return feed.ready();
                }

                @Override
                public Optional<DriftReport> report(String environment) {
                    return feed.report(environment);
                }

                @Override
                public Optional<Acknowledgement> acknowledged(String environment, DriftFinding finding, Instant now) {
                    return feed.acknowledged(environment, finding, now);
                }
            };
        }
    }

    /** A finding as somebody saw it. */
    public record Seen(String uid, String kind, Digest found) {
        boolean is(DriftFinding finding) {
            return uid.equals(finding.uid()) && kind.equals(finding.key().kind()) && found.equals(finding.found());
        }
    }

    /** As many as one entry of the audit log has. */
    private static final int MOST_DETAILS = 100;

    private final Environments environments;
    private final Reports reports;
    private final Publisher publisher;
    private final Audit audit;
    private final Clock clock;

    public DriftBoard(Environments environments, Reports reports, Publisher publisher, Audit audit, Clock clock) {
        this.environments = environments;
        this.reports = reports;
        this.publisher = publisher;
        this.audit = audit;
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * A report that counts now.
     *
     * @throws Unavailable {@code DRF-UNKNOWN} if nothing is known, {@code DRF-OLD} if what is known does not count any
     *     more, {@code DRF-UNREADABLE}
     * @throws ProblemException {@code ENV-UNKNOWN}
     */
    public DriftReport current(String environment) {
        declared(environment);
        if (!reports.ready()) {
            throw unknown(environment, "the reports are still being read");
        }
        var report = reports.report(environment).orElseThrow(() -> unknown(environment, "no report"));
        if (report.isFresh(now())) {
            return report;
        }
        var why = report.problem().map(problem -> "; " + problem.message()).orElse("");
        throw report.checkedAt()
                .map(at -> old(environment, at, why))
                .orElseGet(() -> unknown(environment, "it was never read in full" + why));
    }

    /**
     * Asks for a check now.
     *
     * @return the id that the report carries which answers it
     */
    public String ask(String environment, String by) {
        declared(environment);
        var id = UUID.randomUUID().toString();
        publisher.send(
                Topics.DRIFT_ORDERS,
                environment,
                new DriftCheckRequested(environment, id, by, now().truncatedTo(ChronoUnit.MILLIS)));
        return id;
    }

    public Optional<Acknowledgement> acknowledged(String environment, DriftFinding finding) {
        return reports.acknowledged(environment, finding, now());
    }

    /**
     * Silences findings, all of them or none. In the log of decisions before it counts.
     *
     * @throws ProblemException {@code DRF-CHANGED} if one of them is not what is found now
     * @throws Unavailable as {@link #current}
     */
    public List<Acknowledgement> acknowledge(
            String environment, List<Seen> seen, String reason, Instant until, String by) {
        var findings = current(environment).findings();
        var at = now().truncatedTo(ChronoUnit.MILLIS);
        var all = new ArrayList<Acknowledgement>();
        var details = new ArrayList<String>();
        for (var one : seen) {
            var finding = findings.stream().filter(one::is).findFirst().orElseThrow(() -> changed(environment, one));
            all.add(new Acknowledgement(environment, one.uid(), one.kind(), one.found(), by, reason, at, until));
            details.add(finding.key() + ", " + finding.found() + ", until " + until + ": " + reason);
        }
        for (int from = 0; from < details.size(); from += MOST_DETAILS) {
            audit.record(
                    environment,
                    Optional.empty(),
                    "drift-acknowledged",
                    by,
                    Optional.empty(),
                    Optional.empty(),
                    details.subList(from, Math.min(details.size(), from + MOST_DETAILS)));
        }
        all.forEach(acknowledgement -> publisher.send(
                Topics.DRIFT_ORDERS,
                InventoryMessages.key(environment, acknowledgement.uid(), acknowledgement.kind()),
                DriftMessages.of(acknowledgement)));
        return all;
    }

    private static ProblemException changed(String environment, Seen seen) {
        return new ProblemException(
                Problem.of("DRF-CHANGED", "this is not what is found there now; nothing was acknowledged")
                        .about(seen.kind() + " " + seen.uid())
                        .expected("a finding of the newest check")
                        .found("none with this uid and these values")
                        .todo("migrator drift --env " + environment + "    shows what is found now"));
    }

    /** @throws ProblemException {@code ENV-UNKNOWN} unless there is such an environment */
    public void declared(String environment) {
        environments.declared(environment);
    }

    private static Unavailable unknown(String environment, String found) {
        return new Unavailable(
                Problem.of("DRF-UNKNOWN", "it is not known whether this environment has drifted")
                        .about("environment " + environment)
                        .expected("a check by the planner")
                        .found(found)
                        .todo("migrator drift --env " + environment + " --check    asks for one now"),
                null);
    }

    private Unavailable old(String environment, Instant at, String why) {
        return new Unavailable(
                Problem.of("DRF-OLD", "what is known of this environment's drift is too old to say anything")
                        .about("environment " + environment)
                        .expected("a check that counts now")
                        .found("last read at " + at.truncatedTo(ChronoUnit.SECONDS) + ", "
                                + Duration.between(at, now()).toMinutes() + " min ago" + why)
                        .todo("migrator drift --env " + environment + " --check    asks for one now"),
                null);
    }
}
