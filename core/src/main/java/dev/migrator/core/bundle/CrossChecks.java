package dev.migrator.core.bundle;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.TableName;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What can only be said about all resources together. The order in which they come makes no difference. */
final class CrossChecks {
    private static final int MAX_CYCLES = 100;
    private static final Comparator<Resource> BY_PLACE = Comparator.comparing(
                    (Resource resource) -> resource.source().file())
            .thenComparingInt(resource -> resource.source().line())
            .thenComparing(Resource::kind)
            .thenComparing(Resource::name)
            .thenComparing(Resource::project);

    private final Kinds kinds;
    private final Set<String> broken;
    private final List<Desired.Remark> remarks = new ArrayList<>();

    /** @param broken titles of resources that were left out, with findings of their own or for an environment to say */
    CrossChecks(Kinds kinds, Set<String> broken) {
        this.kinds = kinds;
        this.broken = broken;
    }

    /** @param desired what the resources ask for */
    List<Desired.Remark> check(List<Resource> resources, Desired desired) {
        uids(resources);
        desired.remarks().stream().filter(remark -> !isAboutBroken(remark)).forEach(remarks::add);
        collidingTopics(desired);
        keysOfTables(resources);
        cycles(desired);
        return remarks;
    }

    /** What is there but wrong gets its own finding; that it cannot be referred to needs no second one. */
    private boolean isAboutBroken(Desired.Remark remark) {
        var problem = remark.note().problem();
        return switch (problem.code()) {
            case "BND-DANGLING-REFERENCE" -> broken.contains("Schema/" + problem.found());
            case "BND-DEPENDS-ON" -> broken.contains(problem.found());
            default -> false;
        };
    }

    private void uids(List<Resource> resources) {
        var owners = new HashMap<String, Resource>();
        resources.stream().sorted(BY_PLACE).forEach(resource -> {
            var owner = owners.putIfAbsent(resource.uid(), resource);
            if (owner != null && !owner.kind().equals(resource.kind())) {
                remark(
                        resource,
                        "/metadata/uid",
                        Problem.of("BND-UID-REUSED", "a uid is used again for another kind")
                                .expected("a uid that never named anything of another kind")
                                .found("also of " + place(owner))
                                .todo("leave uid out, or write another one"));
            } else if (owner != null) {
                boolean sameName = owner.title().equals(resource.title());
                remark(
                        resource,
                        "/metadata",
                        Problem.of("BND-DUPLICATE-UID", "two resources have one uid")
                                .expected(sameName ? "each name once per kind and project" : "each uid once")
                                .found("also in " + place(owner))
                                .todo(sameName ? "rename one, or remove it" : "give one another uid"));
            }
        });
    }

    /** Kafka names metrics after topics with dots turned into underscores, and refuses two that would share them. */
    private void collidingTopics(Desired desired) {
        var owners = new HashMap<String, DesiredEntry>();
        desired.entries().values().stream()
                .filter(entry -> entry.key().kind().equals(TopicKind.ENTRY) && !entry.absent())
                .forEach(entry -> {
                    var address = entry.key().address();
                    var owner = owners.putIfAbsent(entry.key().target() + " " + address.replace('.', '_'), entry);
                    if (owner != null) {
                        remark(
                                entry.resource(),
                                "",
                                Problem.of("TOP-COLLISION", "two topics differ only in '.' and '_'")
                                        .expected("names that differ otherwise")
                                        .found(address + ", and " + owner.key().address() + " in "
                                                + place(owner.resource())));
                    }
                });
    }

    /** One row under two keys would be two entries that contradict each other unseen. */
    private void keysOfTables(List<Resource> resources) {
        var first = new HashMap<TableName, Resource>();
        resources.stream()
                .filter(resource -> resource.kind().equals(TableRowsKind.KIND))
                .sorted(BY_PLACE)
                .forEach(resource -> TableRowsKind.table(resource).ifPresent(table -> {
                    var other = first.putIfAbsent(table, resource);
                    if (other != null && !key(other).equals(key(resource))) {
                        remark(
                                resource,
                                "/spec/key",
                                Problem.of("ROW-KEYS-DIFFER", "rows of one table have different keys")
                                        .expected(String.join(", ", key(other)) + ", as in " + place(other))
                                        .found(String.join(", ", key(resource)))
                                        .todo("write the same columns under key everywhere"));
                    }
                }));
    }

    private static Set<String> key(Resource resource) {
        return new TreeSet<>(TableRowsKind.key(resource));
    }

    private void cycles(Desired desired) {
        for (var cycle : new DependencyOrder(desired.needs(), _ -> true).cycles(MAX_CYCLES)) {
            var first = desired.entries().get(cycle.getFirst()).resource();
            remark(
                    first,
                    "",
                    Problem.of("BND-CYCLE", "resources refer to each other in a circle")
                            .expected("references without a way back")
                            .found(chain(desired, cycle)));
        }
    }

    /** {@code A -> B -> A}, where each refers to the next. */
    private static String chain(Desired desired, List<EntryKey> cycle) {
        var titles = new ArrayList<String>();
        for (var key : cycle) {
            var title = desired.entries().get(key).resource().title();
            if (titles.isEmpty() || !titles.getLast().equals(title)) {
                titles.add(title);
            }
        }
        if (titles.size() == 1 || !titles.getLast().equals(titles.getFirst())) {
            titles.add(titles.getFirst());
        }
        return String.join(" -> ", titles);
    }

    private void remark(Resource resource, String pointer, Problem problem) {
        var notes = new Notes();
        notes.error(pointer, problem);
        notes.all().forEach(note -> remarks.add(new Desired.Remark(resource, note)));
    }

    private static String place(Resource resource) {
        var source = resource.source();
        return source.file().isEmpty()
                ? resource.title()
                : resource.title() + " at " + source.file() + ":" + source.line();
    }
}
