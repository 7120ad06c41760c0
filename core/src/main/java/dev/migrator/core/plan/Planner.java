package dev.migrator.core.plan;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredCheck;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.SmokeCheckKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.model.Resource;
import dev.migrator.core.model.Suppression;
import dev.migrator.core.rules.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns what was last applied, what is wanted and what is there into a plan. A pure function: the same input, in any
 * order, gives the same bytes. Whatever it cannot say with certainty is a finding that stops.
 */
public final class Planner {
    /** Findings and warnings that are named; above that, the last one gives the count. */
    static final int MAX_FINDINGS = Findings.MAX;

    private final Kinds kinds = Kinds.standard();
    private final PlanInput input;
    private final Desired whole;
    private final Desired desired;
    private final Ownership ownership;
    private final Findings findings = new Findings();
    private final TreeMap<EntryKey, Step> steps = new TreeMap<>();
    private final List<InventoryChange> inventory = new ArrayList<>();
    private int unchanged;

    private Planner(PlanInput input, Targets targets) {
        this.input = input;
        // what is not planned now still says what names mean and who owns what
        this.whole = Desired.of(kinds, input.resources(), targets);
        this.ownership = new Ownership(input.inventory(), whole, kinds);
        this.desired = part(whole, input.selector());
        findings.addAll(targets.findings());
        input.selector().ifPresent(selector -> findings.add(selected(selector, input.resources())));
    }

    /** All of a bundle, without an inventory. */
    public static KeysToRead keysToRead(Environment environment, List<Resource> resources) {
        return keysToRead(environment, resources, Inventory.NOT_KEPT, Set.of(), Optional.empty());
    }

    /**
     * The keys whose state {@link #plan} needs: everything desired, what that depends on, earlier addresses of renamed
     * resources, and what may be pruned.
     *
     * @param selector as in {@link PlanInput}
     */
    public static KeysToRead keysToRead(
            Environment environment,
            List<Resource> resources,
            Inventory inventory,
            Set<String> pruning,
            Optional<LabelSelector> selector) {
        var targets = Targets.of(environment, resources);
        var names = names(environment);
        var whole = Desired.of(Kinds.standard(), resources, targets);
        var ownership = new Ownership(inventory, whole, Kinds.standard());
        var desired = part(whole, selector);
        var keys = new TreeSet<>(desired.entries().keySet());
        desired.entries().values().forEach(entry -> {
            keys.addAll(entry.dependsOn());
            ownership.earlier(entry).stream()
                    .filter(key -> names.contains(key.target()))
                    .forEach(keys::add);
        });
        desired.checks().forEach(check -> check.subject().ifPresent(keys::add));
        if (selector.isEmpty()) {
            keys.addAll(Pruning.keysToRead(Pruning.left(inventory, ownership, resources, pruning), pruning, names));
        }
        var findings = new Findings();
        findings.addAll(targets.findings());
        selector.ifPresent(some -> findings.add(selected(some, resources)));
        desired.remarks().forEach(remark -> findings.note(remark.resource(), remark.note()));
        return new KeysToRead(keys, findings.bounded(), LockOut.wholeKinds(environment, keys));
    }

    private static Desired part(Desired whole, Optional<LabelSelector> selector) {
        return selector.map(some -> whole.of(some::selects)).orElse(whole);
    }

    /** An approver has to see that this is not all; nobody means nothing at all. */
    private static Finding selected(LabelSelector selector, List<Resource> resources) {
        long count = resources.stream().filter(selector::selects).count();
        return count == 0
                ? Finding.error(Problem.of("CHG-SELECTS-NOTHING", "no resource of the bundle is selected")
                        .about("selector " + selector)
                        .expected("labels of at least one of its " + resources.size() + " resources")
                        .found("none with them")
                        .todo("correct the labels, or leave the selector out to take all of the bundle"))
                : Finding.warning(Problem.of("CHG-SELECTED", "only a part of the bundle is planned")
                        .about("selector " + selector)
                        .found(count + " of " + resources.size() + " resources"));
    }

    private static Set<String> names(Environment environment) {
        return environment.targets().stream().map(TargetConfig::name).collect(Collectors.toSet());
    }

    public static PlanResult plan(PlanInput input) {
        return new Planner(input, Targets.of(input.environment(), input.resources())).result();
    }

    private PlanResult result() {
        desired.entries().values().forEach(this::compare);
        desired.released().values().forEach(this::release);
        prune();
        desired.checks().forEach(this::fill);
        remarks();
        steps.values().forEach(this::warn);
        steps.values().forEach(this::referencesExist);
        var assembly = new PlanAssembly(
                input.environment(),
                input.bundleDigest(),
                input.policyDigest(),
                input.limits(),
                input.states(),
                steps,
                known(),
                findings,
                input.rollout());
        assembly.judgeSteps();
        desired.checks().forEach(this::subjectExists);
        demands().exceeded().forEach(findings::add);
        var titles = new HashMap<EntryKey, String>();
        desired.entries()
                .forEach((key, entry) -> titles.put(key, entry.resource().title()));
        return assembly.assembled(
                desired.withGoing(going()).needs(), titles, desired.checks(), reads(), approvals(), unchanged);
    }

    private List<ApprovalNeed> approvals() {
        return ApprovalNeeds.merged(
                ApprovalNeeds.of(
                        input.environment().protection(),
                        steps.values().stream().anyMatch(Step::isOneWay)),
                demands().approvals(input.environment()));
    }

    /** What goes, with what has to wait for it: also between entries that no manifest speaks of. */
    private List<DesiredEntry> going() {
        var going = new TreeMap<EntryKey, DesiredEntry>();
        steps.values().stream().filter(Step::deletes).forEach(step -> going.put(step.key(), step.entry()));
        if (steps.values().stream().noneMatch(Step::isPruned)) {
            return List.of();
        }
        return going.values().stream()
                .map(entry -> {
                    var before = ((Operation.Delete) steps.get(entry.key()).operation()).before();
                    var all = new TreeSet<>(entry.dependsOn());
                    all.addAll(kinds.ofEntry(entry.key().kind())
                            .dependenciesAmong(going.navigableKeySet(), entry.key(), before));
                    return entry.dependingOn(all);
                })
                .toList();
    }

    /** Errors always; warnings only where something changes, as an approver looks at changes. */
    private void remarks() {
        var changing = new HashSet<String>();
        steps.values().forEach(step -> changing.add(step.entry().resource().uid()));
        desired.remarks().stream()
                .filter(remark -> remark.note().severity() == Finding.Severity.ERROR
                        || changing.contains(remark.resource().uid()))
                .forEach(remark -> findings.note(remark.resource(), remark.note()));
    }

    private ProjectDemands demands() {
        return new ProjectDemands(input, desired, steps.values());
    }

    /** An approval binds to what will happen: what nobody will remember is not in the plan. */
    private List<InventoryChange> known() {
        return input.inventory().isKept() ? inventory : List.of();
    }

    private void compare(DesiredEntry entry) {
        var standing = ownership.of(entry);
        standing.problems().forEach(problem -> findings.stop(entry.resource(), problem));
        var found = input.states().get(entry.key());
        if (found == null) {
            findings.stop(entry.resource(), notRead(entry.key()));
        } else if (standing.problems().isEmpty()) {
            compare(entry, found, standing);
        }
    }

    private void compare(DesiredEntry entry, EntryState found, Standing standing) {
        switch (Difference.between(entry, found, standing, input.drift(), kinds, input.capabilities())) {
            case Difference.Same(var ending) -> {
                unchanged++;
                end(entry, found, standing, ending, Optional.empty());
            }
            case Difference.Change(var step, var ending) -> {
                var whole = renamed(step, standing);
                steps.put(entry.key(), whole);
                end(entry, found, standing, ending, Optional.of(whole));
            }
            case Difference.Blocked(var problems) ->
                problems.forEach(problem -> findings.stop(entry.resource(), problem));
        }
    }

    private static Step renamed(Step step, Standing standing) {
        return step.operation() instanceof Operation.Create && standing.former().isPresent()
                ? step.because(
                        step.reason().renamedFrom(standing.former().get().key().address()))
                : step;
    }

    private void end(
            DesiredEntry entry, EntryState found, Standing standing, Difference.Ending ending, Optional<Step> step) {
        ending.warnings().forEach(warning -> findings.warn(entry.resource(), warning));
        if (ending.managed().isEmpty()) {
            return;
        }
        var retiring = Bookkeeping.retiring(standing, address -> isLeftOver(entry, address));
        standing.former()
                .map(KnownEntry::key)
                .filter(key -> retiring.contains(key.address()))
                .ifPresent(key -> findings.warn(entry.resource(), leftInPlace(entry, key)));
        Bookkeeping.of(entry, found, standing, ending.managed().get(), step, retiring)
                .ifPresent(inventory::add);
        // the entry had another identity before: its record would go on to say who owns it
        standing.last()
                .filter(last -> !last.uid().equals(entry.uid()) && !ownership.isRewritten(last))
                .ifPresent(last -> inventory.add(new InventoryChange.Forget(last.uid(), last.key())));
    }

    private boolean isLeftOver(DesiredEntry entry, String address) {
        var key = new EntryKey(entry.key().target(), entry.key().kind(), address);
        return !entry.key().equals(key)
                && !desired.entries().containsKey(key)
                && !desired.released().containsKey(key)
                && input.states().get(key) instanceof EntryState.Present;
    }

    private static Problem leftInPlace(DesiredEntry entry, EntryKey earlier) {
        return Problem.of("PLN-RENAMED", "this was renamed; the entry under the old address is left in place")
                .about(entry.key().toString())
                .expected("to be retired once nobody uses it any more")
                .found("still there: " + earlier)
                .todo("move its users, then delete it with a manifest that says state: absent");
    }

    /** What a manifest lets go of is forgotten. */
    private void release(DesiredEntry entry) {
        var known = input.inventory()
                .at(entry.key())
                .or(() ->
                        input.inventory().find(entry.uid(), entry.key().kind()).filter(other -> !other.deleted()));
        if (known.isEmpty() || desired.entries().containsKey(known.get().key())) {
            return;
        }
        if (!known.get().project().equals(entry.resource().project())) {
            findings.stop(entry.resource(), Ownership.claimed(entry, known.get()));
        } else if (entry.resource().deletionProtection().orElse(known.get().guarded())) {
            findings.stop(entry.resource(), Comparing.guarded(entry));
        } else {
            inventory.add(
                    new InventoryChange.Forget(known.get().uid(), known.get().key()));
        }
    }

    private void prune() {
        if (input.selector().isPresent()) {
            return;
        }
        var pruning = new Pruning(input, names(input.environment()), kinds, findings);
        var left = Pruning.left(input.inventory(), ownership, input.resources(), input.pruning());
        if (left.isEmpty()) {
            return;
        }
        var needed = new TreeMap<EntryKey, String>();
        desired.entries().values().stream()
                .filter(entry -> !entry.absent())
                .forEach(entry -> entry.dependsOn()
                        .forEach(key -> needed.putIfAbsent(key, entry.resource().title())));
        desired.checks()
                .forEach(check -> check.subject()
                        .ifPresent(
                                key -> needed.putIfAbsent(key, check.resource().title())));
        pruning.of(left, input.pruning(), desired, needed);
        steps.putAll(pruning.steps);
        inventory.addAll(pruning.changes);
    }

    /** A check that writes a record leaves data in its topic, and undoing never deletes data. */
    private void fill(DesiredCheck check) {
        if (check.check().type().equals(SmokeCheckKind.TOPIC_ROUND_TRIP)) {
            check.subject()
                    .ifPresent(topic -> steps.computeIfPresent(topic, (_, step) -> step.holdingDataWhenUndone()));
        }
    }

    /** What its kind has to say about a resource that changes. */
    private void warn(Step step) {
        var resource = step.entry().resource();
        if (!step.isPruned()) {
            var notes = new Notes();
            kinds.find(resource.kind()).orElseThrow().validate(resource, notes);
            notes.all().forEach(note -> findings.note(resource, note));
            resource.suppressions().stream()
                    .filter(Planner::isOfAnError)
                    .forEach(suppression -> findings.warn(resource, suppressed(resource, suppression)));
        }
    }

    private static boolean isOfAnError(Suppression suppression) {
        return Rules.find(suppression.rule())
                .filter(rule -> rule.severity() == Finding.Severity.ERROR)
                .isPresent();
    }

    /** An error is suppressed for the author, never for the approver. */
    private static Problem suppressed(Resource resource, Suppression suppression) {
        return Problem.of("PLN-SUPPRESSED", "a rule that stops is suppressed for what this changes")
                .about(resource.title())
                .expected("no suppressed error")
                .found(suppression.rule() + ", because: " + suppression.reason())
                .todo("make sure that this is right; migrator explain " + suppression.rule() + " says what it finds");
    }

    /** What is in the bundle as well is there, or will be: only references out of it need a look. */
    private void referencesExist(Step step) {
        if (step.deletes()) {
            return;
        }
        for (var needed : step.entry().dependsOn()) {
            if (!desired.entries().containsKey(needed)) {
                var missing = notSelected(needed)
                        .orElse(Problem.of(
                                "PLN-REFERENCE-MISSING",
                                "what this refers to is neither in the bundle nor in the target"));
                exists(step.entry().resource(), needed, missing.about(step.key().toString()));
            }
        }
    }

    private Optional<Problem> notSelected(EntryKey key) {
        return whole.entries().containsKey(key)
                ? Optional.of(Problem.of(
                                "CHG-SELECTED-WITHOUT",
                                "what this depends on is in the bundle, but neither selected nor in the target")
                        .todo("select " + key + " as well, or migrate it before"))
                : Optional.empty();
    }

    private void subjectExists(DesiredCheck check) {
        check.subject()
                .filter(subject -> !desired.entries().containsKey(subject))
                .ifPresent(subject -> exists(
                        check.resource(),
                        subject,
                        notSelected(subject)
                                .orElse(Problem.of(
                                        "PLN-CHECK-SUBJECT",
                                        "what a check names is neither in the bundle nor in the target"))
                                .about(check.resource().title())));
    }

    private void exists(Resource resource, EntryKey key, Problem otherwise) {
        switch (input.states().get(key)) {
            case null -> findings.stop(resource, notRead(key));
            case EntryState.Present _ -> {}
            case EntryState.Absent _ ->
                findings.stop(resource, otherwise.expected(key.toString()).found("nothing there"));
            case EntryState.Retired _ ->
                findings.stop(resource, otherwise.expected(key.toString()).found("retired"));
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

    private static Problem notRead(EntryKey key) {
        return Problem.of("PLN-NOT-READ", "it is not known what a target holds")
                .about(key.toString())
                .expected("its state")
                .found("nothing was read")
                .todo("plan again once the target can be read");
    }

    /** A warning as it stands in the plan. */
    public static String sentence(Finding warning) {
        return Findings.sentence(warning);
    }
}
