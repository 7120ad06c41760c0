package dev.migrator.verifier.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.core.verdict.SignalFinding;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Answers VerifyPhase: reads back what was written so far, runs the phase's smoke checks, listens to monitoring, and keeps
 * what it saw as evidence. A phase that is not as planned is reported with everything found, and undone by the rollback command that
 * follows. What cannot be known counts as "no".
 */
public final class VerifyWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(VerifyWork.class);
    private static final int MOST_PROBLEMS = 100;
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(30);

    private final TargetPool targets;
    private final ObjectStore objects;
    private final Publisher publisher;
    private final SmokeChecks checks;
    private final Signals signals;
    private final StateVerification.Clock clock;
    private final VerifySettings settings;
    private final LastAnswers answers;

    public VerifyWork(
            TargetPool targets,
            ObjectStore objects,
            Publisher publisher,
            SmokeChecks checks,
            Signals signals,
            StateVerification.Clock clock,
            VerifySettings settings) {
        this.targets = targets;
        this.objects = objects;
        this.publisher = publisher;
        this.checks = checks;
        this.signals = signals;
        this.clock = clock;
        this.settings = settings;
        this.answers = new LastAnswers(clock);
    }

    @Override
    public void handle(Task task) throws TargetException.Unavailable, InterruptedException {
        if (Messages.effect(task.value()).orElse(null) instanceof Effect.VerifyPhase asked) {
            verify(asked);
        }
    }

    /** Only what was published counts as answered; a repeated question is answered again, as the answer may be lost. */
    private void verify(Effect.VerifyPhase asked) throws TargetException.Unavailable, InterruptedException {
        var known = answers.to(asked);
        var answer = known.isPresent() ? known.get() : answer(asked);
        answer.forEach(fact -> publisher.send(
                fact instanceof Fact.RollbackCommanded ? Topics.ROLLBACKS : Topics.VERDICTS,
                asked.environment(),
                Messages.of(fact)));
        if (known.isEmpty()) {
            answers.keep(asked, answer);
        }
    }

    private List<Fact.OfMigration> answer(Effect.VerifyPhase asked)
            throws TargetException.Unavailable, InterruptedException {
        try {
            var plan = PlanCodec.read(objects.get(asked.planUri(), asked.planDigest()), asked.planDigest());
            return judge(asked, plan);
        } catch (ProblemException untrusted) {
            return anomaly(asked, List.of(untrusted.problem()));
        } catch (TargetException.Unavailable later) {
            throw later;
        } catch (TargetException refused) {
            return anomaly(asked, List.of(refused.problem()));
        }
    }

    private List<Fact.OfMigration> judge(Effect.VerifyPhase asked, Plan plan)
            throws TargetException, InterruptedException {
        var phase = plan.phases().stream()
                .filter(p -> p.number() == asked.phase())
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("VRF-PHASE", "the plan has no such phase")
                        .about("phase " + asked.phase())
                        .found(plan.phases().size() + " phases")));
        var state = new StateVerification(keys -> readAll(asked.environment(), keys), clock, settings.patience())
                .verify(writtenSoFar(plan, phase));
        var problems = new ArrayList<>(state.problems());
        // checks of what is not even there would only repeat the finding, and wait
        var results =
                state.problems().isEmpty() ? checks.run(asked.environment(), phase.checks()) : List.<CheckResult>of();
        results.forEach(result -> result.problem().ifPresent(problems::add));
        signals.mismatch(asked.environment(), asked.signals()).ifPresent(problems::add);
        // what is wrong already waits for no sample
        var heard = problems.isEmpty() ? listen(asked) : Signals.Heard.NOTHING;
        heard.findings().forEach(finding -> problems.addAll(finding.problems()));
        var evidence = keep(asked, EvidenceJson.bytes(asked, state, results, heard));
        if (!problems.isEmpty()) {
            return anomaly(asked, problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
        }
        LOG.infof("Phase verified: migrationId=%s, phase=%d, entries=%d", asked.id(), asked.phase(), state.entries());
        return List.of(new Fact.PhaseVerified(asked.id(), asked.epoch(), asked.phase(), evidence));
    }

    /**
     * What monitoring says of the time since the phase began. Each signal is waited for until it was heard once, at most as
     * long as it may be silent: a look right after the last write would else be one at nothing. What is wrong already waits for
     * no other signal.
     */
    private Signals.Heard listen(Effect.VerifyPhase asked) throws InterruptedException {
        boolean isTold = false;
        while (true) {
            var heard = signals.listen(asked.environment(), asked.since());
            if (heard.isWrong() || heard.waiting().isEmpty()) {
                return heard;
            }
            if (!isTold) {
                tell(asked, heard);
                isTold = true;
            }
            clock.pause(untilNext(heard.waiting()));
        }
    }

    /** Each time all of the window is read: the longer a signal may take, the more rarely, but not past its time. */
    private static Duration untilNext(List<SignalFinding> waiting) {
        var next = SELDOM;
        for (var finding : waiting) {
            var every = finding.signal().every().duration();
            var left = Duration.between(finding.to(), finding.from().plus(every));
            next = shorter(next, shorter(every.dividedBy(20), left));
        }
        return next.compareTo(OFTEN) < 0 ? OFTEN : next;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** For the status. */
    private void tell(Effect.VerifyPhase asked, Signals.Heard heard) {
        var first = heard.waiting().getFirst();
        var problem = Problem.of("SIG-NOT-YET", "no sample since the phase began, which is waited for")
                .about(first.signal().name())
                .expected("one within " + first.signal().every() + " after " + first.from())
                .found("none by " + first.to());
        publisher.send(
                Topics.VERDICTS,
                asked.environment(),
                Messages.of(new Fact.WorkDelayed(asked.id(), "verifier", problem)));
    }

    /** The verdict first, then the order to undo: whoever reads only one of them comes to the same end. */
    private static List<Fact.OfMigration> anomaly(Effect.VerifyPhase asked, List<Problem> problems) {
        LOG.warnf(
                "Anomaly, rollback commanded: migrationId=%s, phase=%d, problems=%d, first=%s",
                asked.id(), asked.phase(), problems.size(), problems.getFirst().code());
        return List.of(
                new Fact.AnomalyDetected(asked.id(), asked.epoch(), asked.phase(), problems),
                new Fact.RollbackCommanded(
                        asked.id(),
                        asked.epoch(),
                        asked.phase(),
                        problems.getFirst().message()));
    }

    /** Evidence is part of a passed line: without the store there is no verdict, and the question is kept. */
    private String keep(Effect.VerifyPhase asked, byte[] evidence) throws ObjectStoreUnavailable {
        var uri = ObjectKeys.evidence(asked.commit(), asked.id(), asked.epoch(), asked.phase(), Digest.of(evidence));
        objects.put(uri, evidence);
        return uri;
    }

    private Map<EntryKey, EntryState> readAll(String environment, Set<EntryKey> keys) throws TargetException {
        var byTarget = new TreeMap<String, Set<EntryKey>>();
        keys.forEach(key ->
                byTarget.computeIfAbsent(key.target(), _ -> new TreeSet<>()).add(key));
        var states = new TreeMap<EntryKey, EntryState>();
        for (var wanted : byTarget.entrySet()) {
            states.putAll(targets.reading(environment, wanted.getKey(), reader -> reader.readAll(wanted.getValue())));
        }
        return states;
    }

    /** This phase and those before it: a later phase must not break what an earlier one did. */
    private static List<Operation> writtenSoFar(Plan plan, Phase phase) {
        return plan.phases().stream()
                .filter(earlier -> earlier.number() <= phase.number())
                .flatMap(p -> p.batches().stream())
                .flatMap(batch -> batch.operations().stream())
                .map(planned -> planned.operation())
                .toList();
    }
}
