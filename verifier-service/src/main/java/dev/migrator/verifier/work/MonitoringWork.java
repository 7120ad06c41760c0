package dev.migrator.verifier.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MonitoringReport;
import dev.migrator.core.verdict.SignalFinding;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Answers MonitoringRequested: whether every signal that the environment declares was heard lately, and is well. Only a "yes"
 * leaves evidence in the bucket: a "no" is asked for again and again, and says what is wrong by itself.
 */
public final class MonitoringWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(MonitoringWork.class);

    private final Signals signals;
    private final ObjectStore objects;
    private final Publisher publisher;

    public MonitoringWork(Signals signals, ObjectStore objects, Publisher publisher) {
        this.signals = signals;
        this.objects = objects;
        this.publisher = publisher;
    }

    @Override
    public void handle(Task task) {
        if (Messages.effect(task.value()).orElse(null) instanceof Effect.MonitoringRequested asked) {
            var report = report(asked);
            publisher.send(
                    Topics.VERDICTS,
                    asked.environment(),
                    Messages.of(new Fact.MonitoringAnswered(
                            asked.id(), asked.revision(), asked.asking(), asked.planDigest(), report)));
            LOG.infof(
                    "Monitoring listened to: migrationId=%s, heard=%d, problems=%d",
                    asked.id(), report.heard().size(), report.problems().size());
        }
    }

    private MonitoringReport report(Effect.MonitoringRequested asked) {
        var mismatch = signals.mismatch(asked.environment(), asked.signals());
        if (mismatch.isPresent()) {
            return MonitoringReport.impossible(mismatch.get());
        }
        if (signals.declared(asked.environment()).isEmpty()) {
            return MonitoringReport.impossible(Signals.undeclared(asked.environment(), "none in the verifier's"));
        }
        var heard = signals.listen(asked.environment(), Optional.empty());
        var well = heard.findings().stream()
                .filter(finding -> finding.state() == SignalFinding.State.HEARD)
                .map(MonitoringWork::line)
                .toList();
        var problems = heard.findings().stream()
                .flatMap(finding -> finding.problems().stream())
                .limit(MonitoringReport.MOST)
                .toList();
        if (!problems.isEmpty()) {
            return new MonitoringReport(well, problems, "", Optional.empty());
        }
        var evidence = SignalsJson.bytes(asked, heard);
        var digest = Digest.of(evidence);
        var uri = ObjectKeys.monitoring(asked.commit(), asked.id(), asked.revision(), asked.asking(), digest);
        objects.put(uri, evidence);
        return new MonitoringReport(well, problems, uri, Optional.of(digest));
    }

    private static String line(SignalFinding finding) {
        return finding.signal().name() + ", last sample " + finding.last().orElseThrow();
    }
}
