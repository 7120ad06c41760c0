package dev.migrator.core.bundle;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A mapping of names must not change whom an access rule for a beginning of names is about. */
final class PrefixCheck {
    /** Topics looked at for all rules together; bundles that need more are refused for their dependencies. */
    private static final int MAX_LOOKS = 1_000_000;

    private final Kinds kinds;
    private final Map<String, Resource> before = new HashMap<>();
    private final NavigableMap<String, List<String>> topicsBefore = new TreeMap<>();
    private final NavigableMap<String, List<String>> topicsAfter = new TreeMap<>();
    private int looks;

    private PrefixCheck(Kinds kinds, List<Resource> before, List<Resource> after) {
        this.kinds = kinds;
        before.forEach(resource -> this.before.put(resource.uid(), resource));
        before.stream().filter(resource -> !resource.unmanaged()).forEach(resource -> collect(resource, topicsBefore));
        after.stream().filter(resource -> !resource.unmanaged()).forEach(resource -> collect(resource, topicsAfter));
    }

    /** @param after the same resources, renamed */
    static List<Desired.Remark> check(Kinds kinds, List<Resource> before, List<Resource> after) {
        var check = new PrefixCheck(kinds, before, after);
        var remarks = new ArrayList<Desired.Remark>();
        for (var resource : after) {
            check.problem(resource).ifPresent(problem -> {
                var notes = new Notes();
                notes.error("/spec/resource/name", problem);
                remarks.add(new Desired.Remark(resource, notes.all().getFirst()));
            });
        }
        return remarks;
    }

    private void collect(Resource resource, Map<String, List<String>> topics) {
        if (resource.kind().equals(TopicKind.KIND)) {
            kinds.find(resource.kind())
                    .orElseThrow()
                    .entries(resource, "")
                    .forEach(entry -> topics.computeIfAbsent(entry.key().address(), _ -> new ArrayList<>(1))
                            .add(resource.uid()));
        }
    }

    private Optional<Problem> problem(Resource resource) {
        var old = before.get(resource.uid());
        if (old == null || !resource.kind().equals(AclKind.KIND) || resource.unmanaged() || looks > MAX_LOOKS) {
            return Optional.empty();
        }
        var was = tuple(old);
        var is = tuple(resource);
        if (!is.resourceType().equals("TOPIC") || !is.patternType().equals("PREFIXED")) {
            return Optional.empty();
        }
        var covered = covered(topicsBefore, was.resourceName());
        var coveredNow = covered(topicsAfter, is.resourceName());
        return covered.equals(coveredNow)
                ? Optional.empty()
                : Optional.of(Problem.of(
                                "MAP-PREFIX",
                                "a rule for a beginning of names is about other topics once names are mapped")
                        .expected("the same topics as before, under their names here")
                        .found(was.resourceName() + "* covers " + covered.size() + " topics of the bundle, "
                                + is.resourceName() + "* covers " + coveredNow.size()
                                + (covered.size() == coveredNow.size() ? " others" : ""))
                        .todo("write the mapping rule so that it also matches the beginning alone, e.g. shop\\.(.*)"));
    }

    private AclTuple tuple(Resource resource) {
        var entries = kinds.find(resource.kind()).orElseThrow().entries(resource, "");
        return AclTuple.parse(entries.getFirst().key().address());
    }

    private TreeSet<String> covered(NavigableMap<String, List<String>> topics, String beginning) {
        var found = new TreeSet<String>();
        Collection<List<String>> those = topics.subMap(beginning, true, beginning + Character.MAX_VALUE, true)
                .values();
        for (var uids : those) {
            looks += uids.size();
            found.addAll(uids);
        }
        return found;
    }
}
