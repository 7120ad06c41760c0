package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans that entries are again as they were recorded. A pure function, as {@link Planner}: what differs from today becomes
 * an operation with all that an operation has, what is managed by nobody is left alone, and what others have changed since is
 * said before it goes.
 */
public final class PutBackPlanner {
    private static final int FOR_UNMANAGED = 2;
    private static final String NOBODY = "default";

    /**
     * @param where the states were recorded, for people, e.g. {@code as in snapshot ID}
     * @param digest of the document that asks for it
     * @param states as of {@link PlanInput}, for every key of {@link #keysToRead}
     */
    public record Input(
            Environment environment,
            PutBack what,
            String where,
            Digest digest,
            Map<EntryKey, EntryState> states,
            Map<String, Set<String>> capabilities,
            PlanLimits limits,
            Digest policyDigest,
            Inventory inventory) {
        public Input {
            Objects.requireNonNull(what);
            states = Map.copyOf(states);
            capabilities = Map.copyOf(capabilities);
            Objects.requireNonNull(inventory);
        }
    }

    private final Kinds kinds = Kinds.standard();
    private final Input input;
    private final Findings findings = new Findings();
    private final Map<EntryKey, KnownEntry> deleted = new HashMap<>();
    private final TreeMap<EntryKey, Step> steps = new TreeMap<>();
    private final List<InventoryChange> inventory = new ArrayList<>();
    private int unchanged;
    private int notManaged;

    private PutBackPlanner(Input input) {
        this.input = input;
        input.inventory().deleted().forEach(known -> deleted.putIfAbsent(known.key(), known));
    }

    /** The keys whose state {@link #plan} needs. Findings that stop when the environment has no such target or kind. */
    public static KeysToRead keysToRead(Environment environment, PutBack what, Inventory inventory) {
        var targets = names(environment);
        var findings = new Findings();
        var keys = new TreeSet<EntryKey>();
        what.entries().stream().map(PutBack.Wanted::key).forEach(key -> {
            if (!targets.contains(key.target())) {
                findings.add(Finding.error(Problem.of("TGT-UNKNOWN", "there is no such target")
                        .about(key.toString())
                        .expected("one of " + targets)
                        .found(key.target())
                        .todo("declare it in environments.yaml, or leave it out with --target or --kind")));
            } else if (!Kinds.standard().isKnown(key.kind())) {
                findings.add(Finding.error(Problem.of("RST-KIND", "this kind cannot be put back")
                        .about(key.toString())
                        .expected("a kind that manifests can speak of")
                        .found(key.kind())
                        .todo("leave it out with --kind")));
            } else {
                keys.add(key);
            }
        });
        madeSince(what, inventory).forEach(known -> keys.add(known.key()));
        return new KeysToRead(keys, findings.bounded(), LockOut.wholeKinds(environment, keys));
    }

    private static TreeSet<String> names(Environment environment) {
        var names = new TreeSet<String>();
        environment.targets().stream().map(TargetConfig::name).forEach(names::add);
        return names;
    }

    /** Managed entries that the record would hold if they had been there. */
    private static List<KnownEntry> madeSince(PutBack what, Inventory inventory) {
        if (what.removing().isEmpty()) {
            return List.of();
        }
        var named = new HashSet<EntryKey>();
        what.entries().forEach(wanted -> named.add(wanted.key()));
        return inventory
                .live()
                .filter(known -> !named.contains(known.key()))
                .filter(known -> what.removing()
                        .contains(new PutBack.Covered(
                                known.key().target(), known.key().kind())))
                .toList();
    }

    public static PlanResult plan(Input input) {
        return new PutBackPlanner(input).result();
    }

    private PlanResult result() {
        var left = new LeftForSecrets(input.what().entries(), this::verdict).all();
        findings.add(Finding.warning(Problem.of("RST-PUTS-BACK", "this puts back what was recorded")
                .about(input.where())
                .found(input.what().entries().size() + " entries"
                        + (left.isEmpty() ? "" : ", " + left.size() + " of which are left out for want of a secret"))));
        input.what().entries().stream()
                .filter(wanted -> !left.containsKey(wanted.key()))
                .forEach(this::compare);
        removeMadeSince();
        // one of a whole environment keeps no others from coming back; where nothing else does, nothing was done
        left.values().forEach(why -> findings.add(steps.isEmpty() ? Finding.error(why) : Finding.warning(why)));
        if (notManaged > 0) {
            findings.add(Finding.warning(Problem.of("RST-NOT-MANAGED", "what no manifest manages is left alone")
                    .about(input.where())
                    .expected("managed entries")
                    .found(notManaged + " that nobody manages")
                    .todo("--include-unmanaged puts them back as well, with two approvals")));
        }
        var assembly = new PlanAssembly(
                input.environment(),
                input.digest(),
                input.policyDigest(),
                input.limits(),
                input.states(),
                steps,
                input.inventory().isKept() ? inventory : List.of(),
                findings);
        assembly.judgeSteps();
        return assembly.assembled(needs(), Map.of(), List.of(), List.of(), approvals(), unchanged);
    }

    private List<ApprovalNeed> approvals() {
        var byEnvironment = ApprovalNeeds.of(
                input.environment().protection(), steps.values().stream().anyMatch(Step::isOneWay));
        return input.what().includesUnmanaged() && !steps.isEmpty()
                ? ApprovalNeeds.merged(
                        byEnvironment, List.of(new ApprovalNeed(FOR_UNMANAGED, "", "restores what is not managed")))
                : byEnvironment;
    }

    /** Among what changes, told from the targets and the records alone: no manifest speaks of it here. */
    private SortedMap<EntryKey, java.util.SortedSet<EntryKey>> needs() {
        var going = new TreeSet<EntryKey>();
        var coming = new TreeSet<EntryKey>();
        steps.values().forEach(step -> (step.deletes() ? going : coming).add(step.key()));
        var said = new HashMap<EntryKey, List<EntryKey>>();
        input.what().entries().forEach(wanted -> said.put(wanted.key(), wanted.dependsOn()));
        var entries = new TreeMap<EntryKey, DesiredEntry>();
        steps.values().forEach(step -> {
            var content = step.operation() instanceof Operation.Delete(var _, var before, var _)
                    ? before
                    : step.entry().content();
            var needed = new TreeSet<>(kinds.ofEntry(step.key().kind())
                    .dependenciesAmong(step.deletes() ? going : coming, step.key(), content));
            needed.addAll(said.getOrDefault(step.key(), List.of()));
            entries.put(step.key(), step.entry().dependingOn(needed));
        });
        return new Desired(entries, List.of(), List.of(), new TreeMap<>()).needs();
    }

    private void compare(PutBack.Wanted wanted) {
        var key = wanted.key();
        var found = input.states().get(key);
        if (found == null) {
            findings.add(Finding.error(Problem.of("PLN-NOT-READ", "it is not known what a target holds")
                    .about(key.toString())
                    .expected("its state")
                    .found("nothing was read")
                    .todo("plan again once the target can be read")));
            return;
        }
        var recorded = recorded(wanted, found);
        switch (recorded.verdict()) {
            case RecordedEntry.Verdict.NoSecret(var why) -> findings.add(Finding.error(why));
            case RecordedEntry.Verdict.NotManaged _ -> notManaged++;
            case RecordedEntry.Verdict.Left(var why) -> findings.add(Finding.warning(why));
            case RecordedEntry.Verdict.Refused(var why) -> findings.add(Finding.error(why));
            case RecordedEntry.Verdict.Asks asks -> {
                asks.warnings().forEach(warning -> findings.add(Finding.warning(warning)));
                decide(recorded, asks);
                takenAlong(wanted, found);
            }
        }
    }

    /** Empty where nothing was read, which is a finding of its own. */
    private Optional<RecordedEntry.Verdict> verdict(PutBack.Wanted wanted) {
        return Optional.ofNullable(input.states().get(wanted.key()))
                .map(found -> recorded(wanted, found).verdict());
    }

    private RecordedEntry recorded(PutBack.Wanted wanted, EntryState found) {
        return new RecordedEntry(
                wanted,
                found,
                input.inventory().at(wanted.key()),
                Optional.ofNullable(deleted.get(wanted.key())),
                kinds.ofEntry(wanted.key().kind()),
                input.what().includesUnmanaged());
    }

    private void decide(RecordedEntry recorded, RecordedEntry.Verdict.Asks asks) {
        var key = recorded.wanted().key();
        var found = recorded.found();
        var identity = asks.identity();
        var resource = new Resource(
                recorded.rules().kind(),
                identity.map(KnownEntry::uid).orElse(key.toString()),
                key.address(),
                identity.map(KnownEntry::project).orElse(NOBODY),
                Collections.emptySortedMap(),
                asks.content().isEmpty(),
                Value.object(),
                Resource.Source.UNKNOWN);
        var entry =
                DesiredEntry.of(key, resource.uid(), resource, asks.content().orElse(asks.secrets()));
        var last = identity.filter(known -> !known.deleted());
        var standing = new Standing(
                last, Optional.empty(), last.map(KnownEntry::guarded).orElse(false), List.of());
        var difference =
                Difference.between(entry, found, standing, DriftDecision.OVERWRITE, kinds, input.capabilities());
        switch (difference) {
            case Difference.Blocked(var problems) -> blocked(recorded, problems);
            case Difference.Same(var ending) -> {
                unchanged++;
                remember(entry, found, identity, standing, ending, Optional.empty());
            }
            case Difference.Change(var step, var ending) -> {
                var putBack = step.because(step.reason().recorded(input.where()));
                steps.put(key, putBack);
                remember(entry, found, identity, standing, ending, Optional.of(putBack));
            }
        }
    }

    /** One entry of a whole environment must not keep all others from coming back; a revert is done whole or not at all. */
    private void blocked(RecordedEntry recorded, List<Problem> problems) {
        for (var problem : problems) {
            findings.add(
                    recorded.wanted().left().isPresent()
                            ? Finding.error(problem)
                            : Finding.warning(recorded.cannot(problem.code() + ", " + problem.message(), "")));
        }
    }

    /** Putting something back makes nobody its owner: what nobody managed stays so. */
    private void remember(
            DesiredEntry entry,
            EntryState found,
            Optional<KnownEntry> identity,
            Standing standing,
            Difference.Ending ending,
            Optional<Step> step) {
        ending.warnings().forEach(warning -> findings.add(Finding.warning(warning)));
        if (ending.managed().isEmpty() || identity.isEmpty()) {
            return;
        }
        if (entry.absent() && !standing.retiring().isEmpty()) {
            // the name before a rename is still there: whoever manages it again needs the uid
            inventory.add(new InventoryChange.Forget(entry.uid(), entry.key()));
            return;
        }
        // fields that this does not speak of keep what is known of them: what drifted there still has
        var known = new TreeMap<String, Digest>();
        standing.last().ifPresent(last -> known.putAll(last.fields()));
        known.putAll(ending.managed().get());
        Bookkeeping.of(entry, found, standing, known, step, standing.retiring()).ifPresent(inventory::add);
    }

    /** What others have made of it since the migration that is reverted goes along with it: that has to be seen. */
    private void takenAlong(PutBack.Wanted wanted, EntryState found) {
        if (wanted.left().isEmpty() || !found.exists() || !steps.containsKey(wanted.key())) {
            return;
        }
        var left = wanted.left().get().content();
        var changed = new TreeSet<String>();
        if (left.isEmpty()) {
            changed.add("it is in use again");
        } else {
            var actual = found.contentIfPresent().orElseThrow();
            var expected = kinds.ofEntry(wanted.key().kind()).asFound(left.get(), found);
            expected.readable().fields().forEach((field, value) -> {
                if (!value.equals(actual.get(field))) {
                    changed.add(field);
                }
            });
        }
        if (!changed.isEmpty()) {
            findings.add(Finding.warning(Problem.of(
                            "RST-TAKES-ALONG", "changed since, and goes along with what is reverted")
                    .about(wanted.key().toString())
                    .expected("as the migration left it")
                    .found(String.join(", ", changed)
                            + input.inventory()
                                    .at(wanted.key())
                                    .map(known -> "; last written by migration " + known.migrationId())
                                    .orElse(""))
                    .todo("leave it out, or make the later change again afterwards")));
        }
    }

    private void removeMadeSince() {
        var recorded = new HashSet<PutBack.Covered>();
        input.what().entries().stream()
                .filter(wanted -> wanted.content().isPresent())
                .forEach(wanted -> recorded.add(
                        new PutBack.Covered(wanted.key().target(), wanted.key().kind())));
        for (var known : madeSince(input.what(), input.inventory())) {
            var covered = new PutBack.Covered(known.key().target(), known.key().kind());
            var found = input.states().get(known.key());
            if (!recorded.contains(covered)) {
                findings.add(Finding.error(
                        Problem.of("RST-EMPTY", "a record without any of a kind never means to remove all")
                                .about(known.key().toString())
                                .expected("at least one recorded " + covered.kind() + " in " + covered.target())
                                .found("none")
                                .todo("leave the kind out, or remove what has to go with state: absent")));
            } else if (found instanceof EntryState.Present) {
                compare(new PutBack.Wanted(known.key(), Optional.empty(), Optional.empty()));
            }
        }
    }
}
