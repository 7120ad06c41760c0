package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Everything that a set of resources asks for, by entry.
 *
 * @param entries ascending by key, with dependencies
 * @param checks ascending by name
 * @param remarks what was noticed, with the resource it is about
 * @param released entries that manifests let go of, ascending by key, without content; no other resource sees them
 */
public record Desired(
        NavigableMap<EntryKey, DesiredEntry> entries,
        List<DesiredCheck> checks,
        List<Remark> remarks,
        NavigableMap<EntryKey, DesiredEntry> released) {
    public Desired {
        entries = Collections.unmodifiableNavigableMap(entries);
        released = Collections.unmodifiableNavigableMap(released);
        checks = List.copyOf(checks);
        remarks = List.copyOf(remarks);
    }

    /** Kinds of entries that several resources may ask for: what all versions of something have in common. */
    private static final Set<String> SHARED = Set.of(SchemaKind.ARTIFACT, SubjectKind.SUBJECT);

    public record Remark(Resource resource, Notes.Note note) {}

    /** A prefixed ACL depends on every topic of the bundle that it covers: this bounds the product. */
    static final int MAX_DEPENDENCIES = 1_000_000;

    private static final Comparator<Resource> ORDER =
            Comparator.comparing(Resource::kind).thenComparing(Resource::name).thenComparing(Resource::project);

    /**
     * With target types for target names, where manifests name none: what can be said before any environment is known.
     */
    public static Desired inNoEnvironment(Kinds kinds, Collection<Resource> resources) {
        return of(kinds, resources, (type, wished) -> Optional.of(wished.orElse(type)));
    }

    /** As {@link #of(Kinds, Collection, TargetNames)}, where there is one target of each type, whatever manifests wish. */
    public static Desired of(
            Kinds kinds, Collection<Resource> resources, Function<String, Optional<String>> targetNames) {
        return of(kinds, resources, (type, _) -> targetNames.apply(type));
    }

    /**
     * @param resources valid each by itself; any order gives the same result
     * @param targetNames resources without a target are left out
     */
    public static Desired of(Kinds kinds, Collection<Resource> resources, TargetNames targetNames) {
        return new Assembly(kinds, targetNames)
                .of(resources.stream().sorted(ORDER).toList());
    }

    /**
     * The part that some resources ask for, with the checks that look at it. What it depends on keeps its meaning, because
     * all of the bundle was looked at to find out.
     */
    public Desired of(Predicate<Resource> selected) {
        var some = new TreeMap<>(entries);
        some.values().removeIf(entry -> !selected.test(entry.resource()));
        var letGo = new TreeMap<>(released);
        letGo.values().removeIf(entry -> !selected.test(entry.resource()));
        return new Desired(
                some,
                checks.stream()
                        .filter(check -> selected.test(check.resource())
                                || check.subject().filter(some::containsKey).isPresent())
                        .toList(),
                remarks.stream()
                        .filter(remark -> selected.test(remark.resource()))
                        .toList(),
                letGo);
    }

    /** With entries that go although no resource speaks of them, or that go after other ones than it is written. */
    public Desired withGoing(Collection<DesiredEntry> going) {
        var more = new TreeMap<>(entries);
        going.forEach(entry -> more.put(entry.key(), entry));
        return new Desired(more, checks, remarks, released);
    }

    /** What has to be done before each entry: its dependencies, turned round for entries that go. */
    public SortedMap<EntryKey, SortedSet<EntryKey>> needs() {
        var needs = new TreeMap<EntryKey, SortedSet<EntryKey>>();
        entries.keySet().forEach(key -> needs.put(key, new TreeSet<>()));
        entries.values()
                .forEach(entry -> entry.dependsOn().forEach(key -> {
                    var other = entries.get(key);
                    if (other != null && other.absent() == entry.absent()) {
                        needs.get(entry.absent() ? key : entry.key()).add(entry.absent() ? entry.key() : key);
                    }
                }));
        return needs;
    }

    private static final class Assembly {
        private final Kinds kinds;
        private final TargetNames targetNames;
        private final List<Remark> remarks = new ArrayList<>();
        private final TreeMap<EntryKey, DesiredEntry> entries = new TreeMap<>();
        private DeclaredDependencies declared = new DeclaredDependencies(List.of());
        private long dependencies;

        Assembly(Kinds kinds, TargetNames targetNames) {
            this.kinds = kinds;
            this.targetNames = targetNames;
        }

        Desired of(List<Resource> all) {
            var resources =
                    all.stream().filter(resource -> !resource.unmanaged()).toList();
            resources.forEach(this::collect);
            var around = new Neighbours(resources, entries.values(), targetNames);
            declared = new DeclaredDependencies(entries.values());
            entries.replaceAll((_, entry) -> complete(entry, around));
            var checks = new ArrayList<DesiredCheck>();
            for (var resource : resources) {
                var notes = new Notes();
                rules(resource).check(resource, around, notes).ifPresent(checks::add);
                remark(resource, notes);
            }
            checks.sort(
                    Comparator.comparing((DesiredCheck check) -> check.check().name())
                            .thenComparing(check -> check.resource().project()));
            return new Desired(entries, checks, remarks, released(all));
        }

        private NavigableMap<EntryKey, DesiredEntry> released(List<Resource> all) {
            var released = new TreeMap<EntryKey, DesiredEntry>();
            all.stream().filter(Resource::unmanaged).map(Resource::asAbsent).forEach(resource -> {
                var rules = rules(resource);
                if (!rules.entryKinds().isEmpty()) {
                    rules.targetTypeOf(resource)
                            .flatMap(type -> targetNames.of(type, resource.target()))
                            .ifPresent(target -> rules.entries(resource, target)
                                    .forEach(entry -> released.putIfAbsent(entry.key(), entry.inNamedTarget())));
                }
            });
            return released;
        }

        private void collect(Resource resource) {
            var rules = rules(resource);
            if (rules.entryKinds().isEmpty()) {
                return;
            }
            var held = rules.targetTypeOf(resource).flatMap(type -> targetNames.of(type, resource.target()));
            held.ifPresent(target -> {
                for (var made : rules.entries(resource, target)) {
                    var entry = made.inNamedTarget();
                    var other = entries.putIfAbsent(entry.key(), entry);
                    if (other != null) {
                        meet(other, entry);
                    }
                }
            });
        }

        /** Versions of one artifact share it, as long as they agree about it; everything else has one owner. */
        private void meet(DesiredEntry first, DesiredEntry second) {
            boolean shared = SHARED.contains(first.key().kind());
            if (shared && first.absent() != second.absent()) {
                entries.put(first.key(), first.absent() ? second : first);
            } else if (!shared || !first.content().equals(second.content())) {
                var notes = new Notes();
                notes.error("", shared ? disagreement(first, second) : collision(first, second));
                remark(second.resource(), notes);
            }
        }

        private static Problem collision(DesiredEntry first, DesiredEntry second) {
            return Problem.of("BND-DUPLICATE-ADDRESS", "two resources have one address")
                    .about(second.resource().title() + ", " + second.key().kind() + " "
                            + second.key().address())
                    .expected("each address once")
                    .found("also in " + place(first.resource()));
        }

        private static Problem disagreement(DesiredEntry first, DesiredEntry second) {
            return Problem.of("BND-ARTIFACT-DISAGREEMENT", "two versions of one artifact differ in what they say of it")
                    .about(second.resource().title() + ", " + second.key().kind() + " "
                            + second.key().address())
                    .expected("type, rules, name, description and labels of the artifact as in "
                            + place(first.resource()))
                    .found("other ones");
        }

        private DesiredEntry complete(DesiredEntry entry, Neighbours around) {
            var notes = new Notes();
            var rules = rules(entry.resource());
            var needed = new TreeSet<>(rules.dependencies(entry, around, notes));
            needed.addAll(declared.of(entry.resource(), around, notes));
            boolean fitted = dependencies <= MAX_DEPENDENCIES;
            dependencies += needed.size();
            if (fitted && dependencies > MAX_DEPENDENCIES) {
                notes.error(
                        "",
                        Problem.of("BND-TOO-MANY-DEPENDENCIES", "the resources depend on too many others")
                                .expected("at most " + MAX_DEPENDENCIES + " dependencies in all")
                                .todo("use fewer prefixed ACLs over many topics, or split the bundle"));
            }
            remark(entry.resource(), notes);
            var resolved = rules.resolve(entry, around);
            return new DesiredEntry(
                    entry.key(),
                    entry.uid(),
                    entry.resource(),
                    resolved,
                    dependencies > MAX_DEPENDENCIES ? Collections.emptySortedSet() : needed);
        }

        private KindRules rules(Resource resource) {
            return kinds.find(resource.kind())
                    .orElseThrow(() -> new IllegalArgumentException("unknown kind " + resource.kind()));
        }

        private void remark(Resource resource, Notes notes) {
            notes.all().forEach(note -> remarks.add(new Remark(resource, note)));
        }
    }

    static String place(Resource resource) {
        var source = resource.source();
        return source.file().isEmpty()
                ? resource.title()
                : resource.title() + " at " + source.file() + ":" + source.line();
    }
}
