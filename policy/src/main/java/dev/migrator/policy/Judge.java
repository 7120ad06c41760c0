package dev.migrator.policy;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.ApprovalNeeds;
import dev.migrator.policy.PolicyRule.Demand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Asks policies about one thing after the other and keeps what they say. Used once. */
final class Judge {
    /** Findings of one policy that are named; above that, there is one more that says so. */
    static final int MAX_FINDINGS = 100;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final BooleanSupplier timeIsUp;
    private final Map<CompiledRule, List<Finding>> findings = new LinkedHashMap<>();
    private final TreeSet<ApprovalNeed> approvals = new TreeSet<>();
    private final TreeSet<String> rehearsals = new TreeSet<>();
    private boolean late;

    /** @param rules in the order in which they are to be heard */
    Judge(List<CompiledRule> rules, BooleanSupplier timeIsUp) {
        this.timeIsUp = timeIsUp;
        rules.forEach(rule -> findings.put(rule, new ArrayList<>()));
    }

    void ask(Over over, Asked asked) {
        findings.forEach((rule, said) -> {
            if (rule.rule().over() == over && said.size() <= MAX_FINDINGS && !isLate()) {
                ask(rule, said, asked);
            }
        });
    }

    private boolean isLate() {
        late = late || timeIsUp.getAsBoolean();
        return late;
    }

    private void ask(CompiledRule compiled, List<Finding> said, Asked asked) {
        try {
            if (compiled.when().isPresent() && !isTrue("when", compiled.when().get(), asked)) {
                return;
            }
            switch (compiled.rule().demand()) {
                case Demand.Require _ -> {
                    if (!isTrue("require", compiled.condition().orElseThrow(), asked)) {
                        say(
                                said,
                                asked,
                                refusal(compiled, asked),
                                compiled.rule().severity());
                    }
                }
                case Demand.Deny _ -> {
                    if (isTrue("deny", compiled.condition().orElseThrow(), asked)) {
                        say(
                                said,
                                asked,
                                refusal(compiled, asked),
                                compiled.rule().severity());
                    }
                }
                case Demand.Rehearsal _ -> {
                    if (isTrue("rehearsal", compiled.condition().orElseThrow(), asked)) {
                        rehearsals.add(compiled.rule().name());
                    }
                }
                case Demand.Approvals wanted -> need(compiled, wanted, asked);
            }
        } catch (Cel.Failed e) {
            var problem = Problem.of(
                            "POL-EVALUATION",
                            "policy " + compiled.rule().name() + " comes to no answer, which counts as no")
                    .about(asked.thing())
                    .expected(compiled.rule().message())
                    .found(e.getMessage())
                    .todo("correct the policy: it has to answer for whatever it is asked about");
            // one that would only remark stops nothing when it cannot; one that asks for a rehearsal never only remarks
            var severity = compiled.rule().demand() instanceof Demand.Rehearsal
                    ? Severity.ERROR
                    : compiled.rule().severity();
            say(said, asked, problem, severity);
        }
    }

    private void need(CompiledRule compiled, Demand.Approvals wanted, Asked asked) throws Cel.Failed {
        var group = wanted.group();
        if (compiled.groupFrom().isPresent()) {
            group = CelValues.text(compiled.groupFrom().get().run(asked.variables()));
            if (!group.isEmpty() && !GROUP.matcher(group).matches()) {
                throw new Cel.Failed("groupFrom gives no group: 1 to 64 letters, digits, . _ - are one");
            }
        }
        var need = new ApprovalNeed(wanted.count(), group, compiled.rule().name());
        if (approvals.size() >= ApprovalNeeds.MAX_NEEDS && !approvals.contains(need)) {
            throw new Cel.Failed("more than " + ApprovalNeeds.MAX_NEEDS + " groups would have to approve");
        }
        approvals.add(need);
    }

    private static boolean isTrue(String field, Cel.Program program, Asked asked) throws Cel.Failed {
        var answer = program.run(asked.variables());
        if (answer instanceof Boolean truth) {
            return truth;
        }
        throw new Cel.Failed(field + " answers neither true nor false");
    }

    private static Problem refusal(CompiledRule compiled, Asked asked) {
        var rule = compiled.rule();
        var warns = rule.severity() == Severity.WARNING;
        return Problem.of(
                        warns ? "POL-WARNED" : "POL-DENIED",
                        "policy " + rule.name() + (warns ? " remarks on this" : " refuses this"))
                .about(asked.thing())
                .expected(rule.message())
                .found(found(compiled, asked))
                .todo(
                        warns
                                ? "nothing, or change the manifests"
                                : "change the manifests, or ask whoever keeps the policies");
    }

    private static String found(CompiledRule compiled, Asked asked) {
        if (compiled.found().isEmpty()) {
            return asked.found();
        }
        try {
            return CelValues.text(compiled.found().get().run(asked.variables()));
        } catch (Cel.Failed e) {
            return asked.found(); // it refuses already; only the words are missing
        }
    }

    private static void say(List<Finding> said, Asked asked, Problem problem, Severity severity) {
        var told = said.size() < MAX_FINDINGS
                ? problem
                : Problem.of("POL-MORE-FINDINGS", "a policy has more to say than is shown")
                        .expected("at most " + MAX_FINDINGS + " findings of one policy")
                        .found("more")
                        .todo("correct those that are shown first");
        said.add(new Finding(
                severity, told, asked.source().file(), asked.source().line()));
    }

    Judgement judgement() {
        var all = new ArrayList<Finding>();
        if (late) {
            all.add(Finding.error(
                    Problem.of("POL-TIME", "the policies did not come to an end in time, which counts as no")
                            .expected("an answer of every policy about everything")
                            .found("fewer")
                            .todo("migrate in several steps, or make the policies simpler")));
        }
        findings.values().forEach(all::addAll);
        return new Judgement(all, ApprovalNeeds.merged(approvals), List.copyOf(rehearsals));
    }
}
