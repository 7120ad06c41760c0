package dev.migrator.planner.work;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.bundle.Resolved;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.error.Selection;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.impact.SurroundingsCodec;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.KeysToRead;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.PlanSummaries;
import dev.migrator.core.plan.Planner;
import dev.migrator.core.plan.PurgePlanner;
import dev.migrator.core.plan.PutBackPlanner;
import dev.migrator.core.purge.Purge;
import dev.migrator.core.purge.PurgeCodec;
import dev.migrator.core.restore.Restore;
import dev.migrator.core.restore.RestoreCodec;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.schemachecks.SchemaChecks;
import dev.migrator.target.Survey;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Answers PlanRequested: checks the bundle, reads what the targets hold, plans, and puts bundle and plan into the bucket. The
 * same question is answered again and again with the same plan, for as long as the targets hold the same.
 */
public final class PlanWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(PlanWork.class);
    /**
     * A purge waits for approvals, and meanwhile a migration may take an entry into use and retire it again: to the target it
     * is the same then, so what is known of it is looked at once more before anything goes.
     */
    private static final Duration PURGE_HOLDS_FOR = Duration.ofMinutes(5);

    /** As many as a status shows. */
    private static final int MOST_PROBLEMS = 100;

    private final Environments environments;
    private final TargetPool targets;
    private final ObjectStore objects;
    private final Publisher publisher;
    private final PlanLimits limits;
    private final PlanJudge judge;
    private final KnownInventory inventory;
    private final Clock clock;

    public PlanWork(
            Environments environments,
            TargetPool targets,
            ObjectStore objects,
            Publisher publisher,
            PlanLimits limits,
            PlanJudge judge,
            KnownInventory inventory,
            Clock clock) {
        this.environments = environments;
        this.targets = targets;
        this.objects = objects;
        this.publisher = publisher;
        this.limits = limits;
        this.judge = judge;
        this.inventory = inventory;
        this.clock = clock;
    }

    @Override
    public void handle(Task task) throws TargetException.Unavailable {
        if (Messages.effect(task.value()).orElse(null) instanceof Effect.PlanRequested asked) {
            var answer = answer(asked);
            publisher.send(Topics.PLANS, asked.environment(), Messages.of(answer));
            LOG.infof(
                    "Plan answered: migrationId=%s, revision=%d, answer=%s",
                    asked.id(), asked.revision(), answer.getClass().getSimpleName());
        }
    }

    private Fact.OfMigration answer(Effect.PlanRequested asked) throws TargetException.Unavailable {
        try {
            var environment = environments
                    .find(asked.environment())
                    .orElseThrow(() -> new ProblemException(unknownEnvironment(asked)));
            var bytes = bundleBytes(asked);
            return BundleReader.beginsAsBundle(bytes)
                    ? manifests(asked, environment, bytes)
                    : document(asked, environment, bytes);
        } catch (ProblemException refused) {
            return new Fact.PlanRejected(asked.id(), asked.revision(), List.of(refused.problem()));
        } catch (TargetException.Unavailable later) {
            throw later;
        } catch (TargetException refused) {
            return new Fact.PlanRejected(asked.id(), asked.revision(), List.of(refused.problem()));
        }
    }

    private Fact.OfMigration document(Effect.PlanRequested asked, Environment environment, byte[] bytes)
            throws TargetException {
        var document = CanonicalJson.parse(bytes);
        if (RestoreCodec.isOne(document)) {
            return putBack(asked, environment, RestoreCodec.read(document), bytes);
        }
        if (PurgeCodec.isOne(document)) {
            return purge(asked, environment, PurgeCodec.read(document), bytes);
        }
        return manifests(asked, environment, bytes);
    }

    private Fact.OfMigration manifests(Effect.PlanRequested asked, Environment environment, byte[] bytes)
            throws TargetException {
        var read = BundleReader.read(bytes, asked.bundleDigest(), SchemaChecks.standard());
        return read.bundle().isPresent() && read.valid()
                ? plan(asked, environment, read.bundle().get(), bytes)
                : rejected(asked, read.findings());
    }

    private Fact.OfMigration plan(Effect.PlanRequested asked, Environment environment, Bundle bundle, byte[] bytes)
            throws TargetException {
        var elsewhere = bundle.rolloutsElsewhere(environments.names());
        if (!elsewhere.isEmpty()) {
            return rejected(asked, elsewhere);
        }
        var resolved = bundle.resolve(environment.name()).on(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        if (resolved.stops()) {
            return rejected(asked, resolved.findings());
        }
        // before the targets are read: what is made known meanwhile can only be newer than what is known here
        var known = inventory.current(environment.name());
        var pruning = resolved.projects().pruning();
        var keys = Planner.keysToRead(environment, resolved.resources(), known, pruning, asked.selector());
        if (keys.stops()) {
            return rejected(asked, keys.findings());
        }
        var since = clock.instant();
        var facts = TargetFacts.read(targets, environment, keys);
        var result = Planner.plan(new PlanInput(
                        environment,
                        resolved.resources(),
                        asked.bundleDigest(),
                        facts.states(),
                        facts.capabilities(),
                        limits.byTarget(batchSizes(environment, keys)),
                        judge.policy(environment).digest())
                .selecting(asked.selector())
                .knowing(known, pruning, drift(asked, environment))
                .owned(resolved.projects())
                .rollingOut(resolved.rollout()));
        return judged(
                asked,
                result,
                plan -> judge.judge(
                        environment,
                        selected(asked, resolved),
                        facts.states(),
                        remarked(asked, plan),
                        asked.selector()),
                new Look(environment, keys, since),
                bytes,
                List.of());
    }

    /** A document of kind Restore stands where a bundle does: what was recorded is planned as what manifests want is. */
    private Fact.OfMigration putBack(Effect.PlanRequested asked, Environment environment, Restore restore, byte[] bytes)
            throws TargetException {
        if (!restore.environment().equals(environment.name())) {
            throw new ProblemException(Problem.of("RST-ENVIRONMENT", "what was recorded is of another environment")
                    .about(restore.source().title())
                    .expected("environment " + restore.environment())
                    .found(environment.name())
                    .todo("restore it where it was recorded; to move it on, use migrator promote"));
        }
        var known = inventory.current(environment.name());
        var keys = PutBackPlanner.keysToRead(environment, restore.what(), known);
        if (keys.stops()) {
            return rejected(asked, keys.findings());
        }
        var since = clock.instant();
        var facts = TargetFacts.read(targets, environment, keys);
        var result = PutBackPlanner.plan(new PutBackPlanner.Input(
                environment,
                restore.what(),
                restore.source().where(),
                asked.bundleDigest(),
                facts.states(),
                facts.capabilities(),
                limits.byTarget(batchSizes(environment, keys)),
                judge.policy(environment).digest(),
                known));
        return judged(
                asked,
                result,
                plan -> judge.judge(environment, plan, restore.document(), known),
                new Look(environment, keys, since),
                bytes,
                restore.what().changes());
    }

    /** A document of kind Purge. The time of grace is counted by this clock as well: whoever made the document may lie. */
    private Fact.OfMigration purge(Effect.PlanRequested asked, Environment environment, Purge purge, byte[] bytes)
            throws TargetException {
        if (!purge.environment().equals(environment.name())) {
            throw new ProblemException(Problem.of("PRG-ENVIRONMENT", "the purge is meant for another environment")
                    .about(purge.title())
                    .expected("environment " + purge.environment())
                    .found(environment.name())
                    .todo("migrator purge --env " + environment.name()));
        }
        var since = clock.instant();
        var latest = since.minus(environment.grace().duration());
        var retiredBy = purge.retiredBy().isBefore(latest) ? purge.retiredBy() : latest;
        var known = inventory.current(environment.name());
        var keys = PurgePlanner.keysToRead(environment, retiredBy, purge.selection(), known);
        if (keys.stops()) {
            return rejected(asked, keys.findings());
        }
        var facts = TargetFacts.read(targets, environment, keys);
        var result = PurgePlanner.plan(new PurgePlanner.Input(
                environment,
                retiredBy,
                purge.selection(),
                asked.bundleDigest(),
                facts.states(),
                facts.capabilities(),
                limits.byTarget(batchSizes(environment, keys)),
                judge.policy(environment).digest(),
                known));
        return judged(
                asked,
                result,
                plan -> judge.judge(environment, plan, purge.document(), known)
                        .atMostUntil(since.plus(PURGE_HOLDS_FOR)),
                new Look(environment, keys, since),
                bytes,
                List.of());
    }

    /** @param since when reading began */
    private record Look(Environment environment, KeysToRead keys, Instant since) {}

    /** @param undoes changes of an earlier migration that are taken back */
    private Fact.OfMigration judged(
            Effect.PlanRequested asked,
            PlanResult result,
            Function<Plan, PlanJudge.Judged> policies,
            Look look,
            byte[] bytes,
            List<String> undoes) {
        return switch (result) {
            case PlanResult.Rejected(var findings) -> rejected(asked, findings);
            case PlanResult.Planned planned ->
                switch (policies.apply(planned.plan())) {
                    case PlanJudge.Judged.Refused(var findings) -> rejected(asked, findings);
                    case PlanJudge.Judged.Passed(var plan, var until) -> {
                        var around = new Survey(new PooledReaders(targets, look.environment()))
                                .around(plan, planned.unchanged(), look.keys(), look.since(), clock.instant());
                        yield proposed(asked, plan, around, until, bytes, undoes);
                    }
                };
        };
    }

    private Map<String, Integer> batchSizes(Environment environment, KeysToRead keys) {
        var sizes = new TreeMap<String, Integer>();
        keys.byTarget()
                .keySet()
                .forEach(target -> sizes.put(
                        target, targets.provider(environment.name(), target).batchSize()));
        return sizes;
    }

    /** Said to whoever approves it, and part of the plan's bytes: the same bundle without it is another plan. */
    private static Plan remarked(Effect.PlanRequested asked, Plan plan) {
        return asked.overwritesDrift()
                ? plan.judged(
                        List.of("overwrites what others changed since it was last applied, as this change asks"),
                        List.of())
                : plan;
    }

    private static DriftDecision drift(Effect.PlanRequested asked, Environment environment) {
        return asked.overwritesDrift() ? DriftDecision.OVERWRITE : environment.drift();
    }

    /** Policies judge what is planned. */
    private static List<Resource> selected(Effect.PlanRequested asked, Resolved resolved) {
        return resolved.resources().stream()
                .filter(resource ->
                        asked.selector().isEmpty() || asked.selector().get().selects(resource))
                .toList();
    }

    private Fact.OfMigration proposed(
            Effect.PlanRequested asked,
            Plan plan,
            Surroundings around,
            Optional<Instant> judgedUntil,
            byte[] bundle,
            List<String> undoes) {
        var bundleUri = asked.bundleUri().orElseGet(() -> ObjectKeys.bundle(asked.commit(), asked.id()));
        if (asked.bundleUri().isEmpty()) {
            objects.put(bundleUri, bundle);
        }
        var bytes = PlanCodec.bytes(plan);
        var planUri = ObjectKeys.plan(asked.commit(), asked.id(), Digest.of(bytes));
        objects.put(planUri, bytes);
        var summary = PlanSummaries.of(plan, planUri, bundleUri)
                .judgedUntil(judgedUntil)
                .surroundings(Optional.of(stored(asked, around)))
                .undoing(undoes);
        return new Fact.PlanProposed(asked.id(), asked.revision(), summary);
    }

    /** Beside the plan, and no part of it. */
    private StoredObject stored(Effect.PlanRequested asked, Surroundings around) {
        var bytes = SurroundingsCodec.bytes(around);
        var digest = Digest.of(bytes);
        var uri = ObjectKeys.surroundings(asked.commit(), asked.id(), around.plan(), digest);
        objects.put(uri, bytes);
        return new StoredObject(uri, digest);
    }

    private byte[] bundleBytes(Effect.PlanRequested asked) {
        var bytes = asked.inlineBundle()
                .or(() -> asked.bundleUri().map(uri -> objects.get(uri, asked.bundleDigest())))
                .orElseThrow(() -> new ProblemException(Problem.of("BND-MISSING", "the change brings no bundle")
                        .about("migration " + asked.id())
                        .expected("a bundle inline, or its key in the bucket")
                        .todo("publish the change with one of them, under a new id")));
        var found = Digest.of(bytes);
        if (!found.equals(asked.bundleDigest())) {
            throw new ProblemException(Problem.of("BND-DIGEST", "the bundle is not the one that the change names")
                    .about("migration " + asked.id())
                    .expected(asked.bundleDigest().toString())
                    .found(found.toString())
                    .todo("package the bundle again and publish it with its own digest, under a new id"));
        }
        return bytes;
    }

    private static Fact.PlanRejected rejected(Effect.PlanRequested asked, List<Finding> findings) {
        var problems = findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .map(Finding::problem)
                .toList();
        return new Fact.PlanRejected(asked.id(), asked.revision(), Selection.of(problems, MOST_PROBLEMS));
    }

    private Problem unknownEnvironment(Effect.PlanRequested asked) {
        return Problem.of("ENV-UNKNOWN", "there is no such environment")
                .about("migration " + asked.id())
                .expected("one of " + environments.names())
                .found(asked.environment())
                .todo("correct the name, or declare it in environments.yaml");
    }
}
