package dev.migrator.planner.work;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.environment.RehearsalRule.Required;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.ManagedCounts;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Policy;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.policy.Policies;
import dev.migrator.policy.Subject;
import dev.migrator.policy.TrackRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Lets the policies judge a plan, here and now. */
public final class PlanJudge {
    /** Longest that policies may take over one plan; what is not judged by then is refused. */
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final Environments environments;
    private final Policies policies;
    private final BundleHistory history;
    private final Duration validity;
    private final Clock clock;

    /** What becomes of a plan. */
    sealed interface Judged {
        /** @param judgedUntil see {@link dev.migrator.core.lifecycle.PlanSummary} */
        record Passed(Plan plan, Optional<Instant> judgedUntil) implements Judged {}

        /** @param findings at least one of them stops */
        record Refused(List<Finding> findings) implements Judged {}

        /** The same, to be judged again then at the latest. */
        default Judged atMostUntil(Instant time) {
            return switch (this) {
                case Refused refused -> refused;
                case Passed(var plan, var until) ->
                    new Passed(plan, Optional.of(until.filter(time::isAfter).orElse(time)));
            };
        }
    }

    /** @param validity how long a judgement that looks at the time counts at most */
    public PlanJudge(
            Environments environments, Policies policies, BundleHistory history, Duration validity, Clock clock) {
        this.environments = environments;
        this.policies = policies;
        this.history = history;
        this.validity = validity;
        this.clock = clock;
    }

    /** What is in force there, for the plan's bytes. */
    Policy policy(Environment environment) {
        return Policy.of(environment).governedBy(policies.digest(environment));
    }

    /**
     * @param resources as the environment gets them
     * @param selector by which they were selected, empty for all of the bundle
     */
    Judged judge(
            Environment environment,
            List<Resource> resources,
            Map<EntryKey, EntryState> states,
            Plan plan,
            Optional<LabelSelector> selector) {
        var managed = ManagedCounts.of(environment, resources, states, plan);
        return judge(
                Subject.of(environments, environment, plan.bundleDigest(), resources)
                        .planned(plan, managed),
                history.of(plan.bundleDigest(), selector),
                plan);
    }

    /**
     * What another document asks for, without manifests.
     *
     * @param instead what stands where a bundle does
     * @param known of which the managed entries are
     */
    Judged judge(Environment environment, Plan plan, Document instead, Inventory known) {
        var managed = new TreeMap<String, Integer>();
        known.live().forEach(entry -> managed.merge(entry.key().kind(), 1, Integer::sum));
        return judge(
                Subject.of(environments, environment, plan.bundleDigest(), List.of())
                        .of(instead)
                        .planned(plan, managed),
                TrackRecord.NONE,
                plan);
    }

    private Judged judge(Subject unknown, TrackRecord known, Plan plan) {
        var subject = unknown.known(known);
        var now = clock.instant();
        var judgement = policies.judge(subject, now, timer(now));
        if (judgement.refuses()) {
            return new Judged.Refused(judgement.findings());
        }
        var until = policies.holdsUntil(subject, now, validity, timer(clock.instant()));
        var reliedOn =
                ReliedOn.sentences(known, judgement, other -> policies.judge(subject.known(other), now, timer(now)));
        var remarks =
                Stream.concat(judgement.warnings().stream(), reliedOn.stream()).toList();
        var rehearsals = rehearsals(subject.environment(), plan, judgement.rehearsals());
        if (!rehearsals.isEmpty() && subject.environment().rehearsal().isEmpty()) {
            return new Judged.Refused(List.of(Finding.error(nowhere(subject.environment(), rehearsals))));
        }
        return new Judged.Passed(plan.judged(remarks, judgement.approvals()).rehearsedFor(rehearsals), until);
    }

    /** What the environment says goes before what policies say. */
    private static List<String> rehearsals(Environment environment, Plan plan, List<String> policies) {
        return switch (environment.rehearsal().map(RehearsalRule::required).orElse(Required.BY_POLICY)) {
            case NEVER -> List.of();
            case BY_POLICY -> policies;
            case ALWAYS ->
                plan.operations().allMatch(PlanJudge::isNowhereRehearsed)
                        ? policies
                        : List.of("environment " + environment.name());
        };
    }

    /** What is removed for good comes back nowhere, and what reaches beyond any place is left out of it. */
    private static boolean isNowhereRehearsed(PlannedOperation planned) {
        return planned.operation().isPurge()
                || Untouched.isOutside(planned.operation().key());
    }

    private static Problem nowhere(Environment environment, List<String> policies) {
        return Problem.of("REH-NOWHERE", "the plan has to be rehearsed, and there is no place for it")
                .about("environment " + environment.name())
                .expected("a rehearsal environment, as asked for by " + String.join(", ", policies))
                .found("none")
                .todo("name one in environments.yaml (rehearsal.environment), or correct the policy");
    }

    private BooleanSupplier timer(Instant from) {
        var end = from.plus(AT_MOST);
        return () -> clock.instant().isAfter(end);
    }
}
