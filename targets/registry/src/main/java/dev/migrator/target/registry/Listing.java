package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Lists what is in use. Pages are asked for in an order without ties, so that no entry falls between two of them. */
final class Listing {
    /** Most items in one registry; keys of that many take some 100 MB. */
    static final int MAX_ITEMS = 250_000;

    private static final int PAGE = 500;
    private static final int READINGS = 3;

    private final String target;
    private final RegistryReads reads;

    Listing(String target, RegistryReads reads) {
        this.target = target;
        this.reads = reads;
    }

    /** Those that a manifest can speak of. */
    List<EntryKey> globalRules() throws TargetException {
        return reads.rules(Paths.GLOBAL_RULES).orElseGet(TreeMap::new).keySet().stream()
                .filter(Rules.TYPES::contains)
                .map(type -> new EntryKey(target, Fields.GLOBAL_RULE, type))
                .sorted()
                .toList();
    }

    List<EntryKey> groups() throws TargetException {
        return allGroups().stream()
                .filter(group -> !group.retired())
                .map(group -> new EntryKey(target, Fields.GROUP, SchemaGroupKind.address(group.id())))
                .sorted()
                .toList();
    }

    private List<Group> allGroups() throws TargetException {
        return whole("/groups?orderby=groupId&order=asc", "groups", Group::from);
    }

    List<EntryKey> artifacts() throws TargetException {
        var groups = new ArrayList<>(List.of("default")); // is never among the listed ones
        allGroups().stream().map(Group::id).filter(id -> !id.equals("default")).forEach(groups::add);
        // artifacts of two groups may have the same id: ordered by it, only a single group is without ties
        var artifacts = Parallel.map(
                groups,
                group -> whole(
                        "/search/artifacts?orderby=artifactId&order=asc&groupId=" + Paths.encoded(group),
                        "artifacts",
                        Artifact::from));
        var keys = new TreeSet<EntryKey>();
        for (int i = 0; i < groups.size(); i++) {
            for (var artifact : artifacts.get(i)) {
                if (artifact.name().group().equals(groups.get(i)) && !artifact.retired()) {
                    keys.add(key(Fields.ARTIFACT, artifact.name()));
                }
            }
        }
        return List.copyOf(keys);
    }

    List<EntryKey> versions() throws TargetException {
        var keys = new TreeSet<EntryKey>();
        for (var version : whole("/search/versions?orderby=globalId&order=asc", "versions", Version::from)) {
            if (!version.retired()) {
                keys.add(key(Fields.VERSION, version.name()));
            }
        }
        return List.copyOf(keys);
    }

    private EntryKey key(String kind, ArtifactName name) {
        return new EntryKey(target, kind, name.address());
    }

    /** A list that held still while its pages were read: as many different items as it says it has. */
    private <T> List<T> whole(String path, String field, Function<Value.Obj, Optional<T>> read) throws TargetException {
        for (int reading = 0; reading < READINGS; reading++) {
            var items = new ArrayList<T>();
            var page = reads.page(path, field, 0, PAGE);
            long count = page.count();
            if (count > MAX_ITEMS) {
                throw tooMany(path, count);
            }
            boolean still = true;
            while (still && !page.items().isEmpty()) {
                for (var described : page.items()) {
                    items.add(read.apply(described).orElseThrow(() -> strange(path)));
                }
                if (items.size() >= count) {
                    break;
                }
                page = reads.page(path, field, items.size(), PAGE);
                still = page.count() == count;
            }
            if (still && items.size() == count && new HashSet<>(items).size() == items.size()) {
                return items;
            }
        }
        throw new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", "the list keeps changing while it is read")
                        .about("GET " + path)
                        .expected("as many items as the registry counts")
                        .found("another number, " + READINGS + " times")
                        .todo("the call is tried again; if it stays so, find out who else writes"),
                null);
    }

    private static TargetException.Unavailable strange(String path) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNEXPECTED-ANSWER", "a listed item lacks what every item has")
                        .about("GET " + path)
                        .expected("items of Apicurio Registry's API version 3")
                        .todo("check the version of the registry"),
                null);
    }

    private static TargetException.Refused tooMany(String path, long count) {
        return new TargetException.Refused(
                Problem.of("TGT-TOO-MANY", "the registry holds more than can be listed")
                        .about("GET " + path)
                        .expected("at most " + MAX_ITEMS)
                        .found(String.valueOf(count)),
                null);
    }
}
