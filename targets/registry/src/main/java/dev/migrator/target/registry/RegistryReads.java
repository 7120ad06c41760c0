package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The reading half of the API, typed. "Not there" is a value; any other answer than expected is a fault. */
final class RegistryReads {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+-]{1,256}");

    private final RegistryHttp http;

    RegistryReads(RegistryHttp http) {
        this.http = http;
    }

    Optional<Artifact> artifact(ArtifactName name) throws TargetException {
        if (name.group().isEmpty() || name.artifactId().isEmpty()) {
            return Optional.empty();
        }
        var answer = http.get(Paths.artifact(name));
        var found = one(answer, Artifact::from);
        if (found.isPresent() && !found.get().name().equals(name.withoutVersion())) {
            throw Faults.strange(answer); // a proxy that rewrites paths
        }
        return found;
    }

    Optional<Group> group(String id) throws TargetException {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var answer = http.get(Paths.group(id));
        var found = one(answer, Group::from);
        if (found.isPresent() && !found.get().id().equals(id)) {
            throw Faults.strange(answer); // a proxy that rewrites paths
        }
        return found;
    }

    /** The first artifacts of a group that is there, in use or not, and how many there are. */
    Page artifactsOf(String group, int most) throws TargetException {
        return page(Paths.artifacts(group) + "?orderby=artifactId&order=asc", "artifacts", 0, most);
    }

    /**
     * Rules by type of what has its own, those that it inherits left out; empty when it is not there.
     *
     * @param path of the rules, e.g. {@code /admin/rules}
     */
    Optional<SortedMap<String, String>> rules(String path) throws TargetException {
        var answer = http.get(path);
        if (answer.absent()) {
            return Optional.empty();
        }
        var rules = new TreeMap<String, String>();
        for (var type : array(answer)) {
            if (!(type instanceof Value.Text(var ruleType))) {
                throw Faults.strange(answer);
            }
            // gone since it was listed: no rule
            rule(path, ruleType).ifPresent(config -> rules.put(ruleType, config));
        }
        return Optional.of(rules);
    }

    Optional<String> rule(String path, String type) throws TargetException {
        return one(http.get(path + "/" + Paths.encoded(type)), described -> Json.text(described, "config"));
    }

    /** Types of artifacts that the server knows. */
    Set<String> artifactTypes() throws TargetException {
        var answer = http.get("/admin/config/artifactTypes");
        var types = new TreeSet<String>();
        for (var type : array(answer)) {
            if (type instanceof Value.Obj described) {
                Json.text(described, "name").ifPresent(types::add);
            }
        }
        return types;
    }

    /** Whether this credential may write, and as an administrator; empty if the server does not tell. */
    Optional<Roles> roles() throws TargetException {
        var answer = http.get("/users/me");
        return answer.ok() && answer.json().orElse(Value.NULL) instanceof Value.Obj me
                ? Optional.of(
                        new Roles(Json.isTrue(me, "admin") || Json.isTrue(me, "developer"), Json.isTrue(me, "admin")))
                : Optional.empty();
    }

    /** @param administers which rules of the whole registry need */
    record Roles(boolean writes, boolean administers) {}

    Optional<Version> version(ArtifactName name) throws TargetException {
        var version = name.version().orElse("");
        // "branch=latest" in its place would be answered with another version
        if (name.group().isEmpty()
                || name.artifactId().isEmpty()
                || !VERSION.matcher(version).matches()) {
            return Optional.empty();
        }
        var answer = http.get(Paths.version(name));
        var found = one(answer, Version::from);
        if (found.isPresent() && !found.get().name().equals(name)) {
            throw Faults.strange(answer); // a proxy that rewrites paths
        }
        return found;
    }

    /** The version that a client gets which asks for none; empty without artifact, or with no version in use. */
    Optional<Version> latest(ArtifactName artifact) throws TargetException {
        return one(http.get(Paths.versions(artifact) + "/branch=latest"), Version::from);
    }

    /** The content as stored, also of a version that is out of use and answers no more by its name. */
    Optional<byte[]> content(long contentId) throws TargetException {
        return bytes(http.get("/ids/contentIds/" + contentId));
    }

    /** The content as a client asks for it; empty when the version is not there or out of use. */
    Optional<byte[]> contentByName(ArtifactName name) throws TargetException {
        return bytes(http.get(Paths.version(name) + "/content"));
    }

    /** References in the order in which they were given. */
    Optional<List<Reference>> references(long contentId) throws TargetException {
        return references(http.get("/ids/contentIds/" + contentId + "/references"));
    }

    /** What refers to this version. */
    List<Reference> referredFrom(ArtifactName name) throws TargetException {
        return references(http.get(Paths.version(name) + "/references?refType=INBOUND"))
                .orElse(List.of());
    }

    /** Versions of an artifact in any state; none without artifact. */
    long versionCount(ArtifactName name) throws TargetException {
        var answer = http.get(Paths.versions(name) + "?limit=1");
        return one(answer, described -> Json.number(described, "count")).orElse(0L);
    }

    /** Whether artifacts and versions may be deleted, as the server tells its own pages. */
    boolean deletionAllowed() throws TargetException {
        var answer = http.get("/system/uiConfig");
        var features = one(
                        answer,
                        described -> described.get("features") instanceof Value.Obj fields
                                ? Optional.of(fields)
                                : Optional.empty())
                .orElseThrow(() -> Faults.strange(answer));
        return Json.isTrue(features, "deleteArtifact") && Json.isTrue(features, "deleteVersion");
    }

    /**
     * One page of a list.
     *
     * @param path with at least one query parameter
     * @param field that holds the items
     */
    Page page(String path, String field, long offset, int limit) throws TargetException {
        var answer = http.get(path + "&offset=" + offset + "&limit=" + limit);
        if (answer.ok()
                && answer.json().orElse(Value.NULL) instanceof Value.Obj described
                && described.get(field) instanceof Value.Arr(var items)
                && items.stream().allMatch(Value.Obj.class::isInstance)) {
            var count = Json.number(described, "count").orElseThrow(() -> Faults.strange(answer));
            return new Page(items.stream().map(Value.Obj.class::cast).toList(), count);
        }
        throw Faults.strange(answer);
    }

    /** @param count of all items of the list, not of this page */
    record Page(List<Value.Obj> items, long count) {}

    private static Optional<List<Reference>> references(Answer answer) throws TargetException {
        if (answer.absent()) {
            return Optional.empty();
        }
        var references = new ArrayList<Reference>();
        for (var item : array(answer)) {
            if (!(item instanceof Value.Obj described)) {
                throw Faults.strange(answer);
            }
            references.add(Reference.fromApi(described));
        }
        return Optional.of(List.copyOf(references));
    }

    private static Optional<byte[]> bytes(Answer answer) throws TargetException {
        if (answer.absent()) {
            return Optional.empty();
        }
        if (!answer.ok()) {
            throw Faults.strange(answer);
        }
        return Optional.of(answer.body());
    }

    private static <T> Optional<T> one(Answer answer, Function<Value.Obj, Optional<T>> read) throws TargetException {
        if (answer.absent()) {
            return Optional.empty();
        }
        if (answer.ok() && answer.json().orElse(Value.NULL) instanceof Value.Obj described) {
            return Optional.of(read.apply(described).orElseThrow(() -> Faults.strange(answer)));
        }
        throw Faults.strange(answer);
    }

    private static List<Value> array(Answer answer) throws TargetException {
        if (answer.ok() && answer.json().orElse(Value.NULL) instanceof Value.Arr(var items)) {
            return items;
        }
        throw Faults.strange(answer);
    }
}
