package dev.migrator.core.plan;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredCheck;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.SmokeCheckKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns what is wanted and what is there into a plan. A pure function: the same input, in any order, gives the same
 * bytes. Whatever it cannot say with certainty is a finding that stops.
 */
public final class Planner {
    /** Findings and warnings that are named; above that, the last one gives the count. */
    static final int MAX_FINDINGS = 1_000;

    private static final int MAX_CYCLES = 100;

    private final Kinds kinds = Kinds.standard();
    private final PlanInput input;
    private final Desired desired;
    private final List<Finding> findings = new ArrayList<>();
    private final TreeMap<EntryKey, Step> steps = new TreeMap<>();

    private Planner(PlanInput input, Targets targets) {
        this.input = input;
        this.desired = Desired.of(kinds, input.resources(), targets::name);
        findings.addAll(targets.findings());
    }

    /** The keys whose state {@link #plan} needs: everything desired, and what that depends on. */
    public static KeysToRead keysToRead(Environment environment, List<Resource> resources) {
        var targets = Targets.of(environment, resources);
        var desired = Desired.of(Kinds.standard(), resources, targets::name);
        var keys = new TreeSet<>(desired.entries().keySet());
        desired.entries().values().forEach(entry -> keys.addAll(entry.dependsOn()));
        desired.checks().forEach(check -> check.subject().ifPresent(keys::add));
        var findings = new ArrayList<>(targets.findings());
        desired.remarks().forEach(remark -> findings.add(finding(remark.resource(), remark.note())));
        return new KeysToRead(keys, bounded(findings));
    }

    public static PlanResult plan(PlanInput input) {
        return new Planner(input, Targets.of(input.environment(), input.resources())).result();
    }

    private PlanResult result() {
        desired.entries().values().forEach(this::compare);
        desired.checks().forEach(this::fill);
        remarks();
        steps.values().forEach(this::warn);
        steps.values().forEach(this::referencesExist);
        desired.checks().forEach(this::subjectExists);
        if (steps.size() > input.limits().maxOperations()) {
            findings.add(Finding.error(Problem.of("PLN-TOO-LARGE", "the plan has too many operations")
                    .expected("at most " + input.limits().maxOperations())
                    .found(String.valueOf(steps.size()))
                    .todo("migrate in several steps")));
        }
        var needs = desired.needs();
        var order = new DependencyOrder(needs, steps::containsKey);
        order.cycles(MAX_CYCLES).forEach(cycle -> findings.add(Finding.error(circle(cycle))));
        if (findings.stream().anyMatch(Finding::stops)) {
            return new PlanResult.Rejected(bounded(findings));
        }
        var phases = new Phases(steps, needs, order, kinds, input.limits()).of(desired.checks());
        var warnings = bounded(findings);
        return new PlanResult.Planned(plan(phases, warnings), desired.entries().size() - steps.size(), warnings);
    }

    /** Errors always; warnings only where something changes, as an approver looks at changes. */
    private void remarks() {
        var changing = new HashSet<String>();
        steps.values().forEach(step -> changing.add(step.entry().resource().uid()));
        desired.remarks().stream()
                .filter(remark -> remark.note().severity() == Finding.Severity.ERROR
                        || changing.contains(remark.resource().uid()))
                .forEach(remark -> findings.add(finding(remark.resource(), remark.note())));
    }

    private Plan plan(List<Phase> phases, List<Finding> warnings) {
        var operations = steps.values().stream().map(Step::operation).toList();
        return new Plan(
                input.environment().name(),
                input.bundleDigest(),
                input.policyDigest(),
                StateHash.of(StateHash.pairs(operations), input.states()),
                phases,
                List.copyOf(reads()),
                warnings.stream().map(Planner::sentence).toList(),
                List.of(),
                ApprovalNeeds.of(input.environment().protection()));
    }

    private void compare(DesiredEntry entry) {
        var found = input.states().get(entry.key());
        if (found == null) {
            stop(entry.resource(), notRead(entry.key()));
            return;
        }
        switch (Difference.between(entry, found, kinds, input.capabilities())) {
            case Difference.Same _ -> {}
            case Difference.Change(var step) -> steps.put(entry.key(), step);
            case Difference.Blocked(var problems) -> problems.forEach(problem -> stop(entry.resource(), problem));
        }
    }

    /** A check that writes a record leaves data in its topic, and undoing never deletes data. */
    private void fill(DesiredCheck check) {
        if (check.check().type().equals(SmokeCheckKind.TOPIC_ROUND_TRIP)) {
            check.subject()
                    .ifPresent(topic -> steps.computeIfPresent(topic, (_, step) -> step.holdingDataWhenUndone()));
        }
    }

    /** What its kind has to say about a resource that changes, and about the change itself. */
    private void warn(Step step) {
        var resource = step.entry().resource();
        var notes = new Notes();
        kinds.find(resource.kind()).orElseThrow().validate(resource, notes);
        notes.all().forEach(note -> findings.add(finding(resource, note)));
        step.assessment()
                .warnings()
                .forEach(warning -> findings.add(located(
                        resource,
                        Finding.warning(Problem.of("PLN-CAUTION", warning)
                                .about(step.key().toString())))));
    }

    /** What is in the bundle as well is there, or will be: only references out of it need a look. */
    private void referencesExist(Step step) {
        if (step.deletes()) {
            return;
        }
        for (var needed : step.entry().dependsOn()) {
            if (!desired.entries().containsKey(needed)) {
                exists(
                        step.entry().resource(),
                        needed,
                        Problem.of(
                                        "PLN-REFERENCE-MISSING",
                                        "what this refers to is neither in the bundle nor in the target")
                                .about(step.key().toString()));
            }
        }
    }

    private void subjectExists(DesiredCheck check) {
        check.subject()
                .filter(subject -> !desired.entries().containsKey(subject))
                .ifPresent(subject -> exists(
                        check.resource(),
                        subject,
                        Problem.of("PLN-CHECK-SUBJECT", "what a check names is neither in the bundle nor in the target")
                                .about(check.resource().title())));
    }

    private void exists(Resource resource, EntryKey key, Problem otherwise) {
        switch (input.states().get(key)) {
            case null -> stop(resource, notRead(key));
            case EntryState.Present _ -> {}
            case EntryState.Absent _ ->
                stop(resource, otherwise.expected(key.toString()).found("nothing there"));
            case EntryState.Retired _ ->
                stop(resource, otherwise.expected(key.toString()).found("retired"));
        }
    }

    private TreeSet<EntryKey> reads() {
        var reads = new TreeSet<EntryKey>();
        if (!steps.isEmpty()) {
            steps.values().stream()
                    .filter(step -> !step.deletes())
                    .forEach(step -> reads.addAll(step.entry().dependsOn()));
            desired.checks().forEach(check -> check.subject().ifPresent(reads::add));
            reads.removeAll(steps.keySet());
        }
        return reads;
    }

    private Problem circle(List<EntryKey> cycle) {
        var chain = new ArrayList<>(cycle.stream().map(EntryKey::toString).toList());
        chain.add(chain.getFirst());
        return Problem.of("PLN-CYCLE", "entries depend on each other in a circle")
                .about(desired.entries().get(cycle.getFirst()).resource().title())
                .expected("dependencies without a way back")
                .found(String.join(" -> ", chain));
    }

    private static Problem notRead(EntryKey key) {
        return Problem.of("PLN-NOT-READ", "it is not known what a target holds")
                .about(key.toString())
                .expected("its state")
                .found("nothing was read")
                .todo("plan again once the target can be read");
    }

    private void stop(Resource resource, Problem problem) {
        findings.add(located(resource, Finding.error(problem)));
    }

    private static Finding finding(Resource resource, Notes.Note note) {
        var problem = note.problem();
        if (problem.thing().isEmpty()) {
            var path = Notes.path(note.pointer());
            problem = problem.about(path.isEmpty() ? resource.title() : resource.title() + ", " + path);
        }
        return located(resource, new Finding(note.severity(), problem, "", 0));
    }

    private static Finding located(Resource resource, Finding finding) {
        return finding.at(resource.source().file(), resource.source().line());
    }

    /** A warning as it stands in the plan. */
    public static String sentence(Finding warning) {
        var problem = warning.problem();
        if (problem.code().equals("PLN-CAUTION")) {
            return problem.message();
        }
        return (problem.thing().isEmpty() ? "" : problem.thing() + ": ")
                + problem.message()
                + (problem.found().isEmpty() ? "" : ", found " + problem.found());
    }

    private static List<Finding> bounded(List<Finding> findings) {
        var sorted = findings.stream().distinct().sorted().toList();
        if (sorted.size() <= MAX_FINDINGS) {
            return sorted;
        }
        // errors first: a cut must not hide that the plan stops
        var first = new ArrayList<>(sorted.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MAX_FINDINGS)
                .sorted()
                .toList());
        first.add(new Finding(
                first.getFirst().severity(),
                Problem.of("PLN-MORE-FINDINGS", "there are more findings than are shown")
                        .found((sorted.size() - MAX_FINDINGS) + " more"),
                "",
                0));
        return first;
    }
}
