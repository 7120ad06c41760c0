package dev.migrator.demo.outside;

import static dev.migrator.demo.outside.RegistryHttp.encoded;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.demo.Dump;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One registry, through plain HTTP. */
public final class RegistryOutside implements AutoCloseable {
    private static final int PAGE = 500;

    /** What the registry says of these: all but the times at which something else about them changed. */
    private static final List<String> DESCRIBING = List.of(
            "artifactType", "createdOn", "owner", "name", "description", "labels", "state", "globalId", "contentId");

    private final RegistryHttp http;

    /** @param url of the API, ending in {@code /apis/registry/v3} */
    public RegistryOutside(String url) {
        this.http = new RegistryHttp(url);
    }

    /** Creates those of the entries that are artifacts or versions, in the order given. */
    public void create(Collection<DesiredEntry> entries) {
        for (var entry : entries) {
            switch (entry.key().kind()) {
                case "artifact" -> artifact(entry);
                case "artifact-version" -> version(entry);
                default -> {} // of Kafka
            }
        }
    }

    private void artifact(DesiredEntry entry) {
        var name = ArtifactName.parse(entry.key().address());
        http.post(
                "/groups/" + encoded(name.group()) + "/artifacts",
                Value.object(
                        "artifactId",
                        Value.of(name.artifactId()),
                        "artifactType",
                        entry.content().get("type")));
        entry.content().fields().forEach((field, value) -> {
            if (field.startsWith("rule.") && !value.isNull()) {
                http.post(
                        path(name) + "/rules",
                        Value.object("ruleType", Value.of(field.substring("rule.".length())), "config", value));
            }
        });
    }

    private void version(DesiredEntry entry) {
        var name = ArtifactName.parse(entry.key().address());
        var references = new ArrayList<Value>();
        if (entry.content().get("references") instanceof Value.Arr(var items)) {
            for (var item : items) {
                var reference = new TreeMap<>(((Value.Obj) item).fields());
                reference.put("groupId", reference.remove("group"));
                references.add(Value.object(reference));
            }
        }
        http.post(
                path(name) + "/versions",
                Value.object(
                        "version",
                        Value.of(name.version().orElseThrow()),
                        "content",
                        Value.object(
                                "content", entry.content().get("content"),
                                "contentType", Value.of("application/json"),
                                "references", Value.array(references))));
    }

    /** Everything: groups, artifacts, rules of all three levels, versions in any state with content and references. */
    public Dump read() {
        var entries = new TreeMap<String, SortedMap<String, String>>();
        var registry = new TreeMap<String, String>();
        rules("/admin/rules", registry);
        entries.put("registry", registry);
        for (var group : all("/groups", "groups")) {
            var fields = described(group);
            rules("/groups/" + encoded(text(group, "groupId")) + "/rules", fields);
            entries.put("group " + text(group, "groupId"), fields);
        }
        for (var artifact : all("/search/artifacts", "artifacts")) {
            var name = ArtifactName.artifact(groupOf(artifact), text(artifact, "artifactId"));
            var fields = described(artifact);
            fields.put("type", fields.remove("artifactType"));
            rules(path(name) + "/rules", fields);
            entries.put(Dump.artifact(name.group(), name.artifactId()), fields);
        }
        for (var version : all("/search/versions", "versions")) {
            var fields = described(version);
            var content = "/ids/contentIds/" + fields.get("contentId");
            fields.put("bytes", http.text(content));
            fields.put("content", CanonicalJson.text(CanonicalJson.parse(fields.get("bytes"))));
            fields.put("references", references(http.get(content + "/references")));
            entries.put(Dump.version(groupOf(version), text(version, "artifactId"), text(version, "version")), fields);
        }
        return new Dump(entries);
    }

    private void rules(String path, Map<String, String> fields) {
        for (var type : ((Value.Arr) http.get(path)).items()) {
            var rule = ((Value.Text) type).value();
            fields.put("rule." + rule, text((Value.Obj) http.get(path + "/" + rule), "config"));
        }
    }

    private List<Value.Obj> all(String path, String field) {
        var items = new ArrayList<Value.Obj>();
        while (true) {
            var page = (Value.Obj) http.get(path + "?limit=" + PAGE + "&offset=" + items.size());
            var more = ((Value.Arr) page.get(field)).items();
            more.forEach(item -> items.add((Value.Obj) item));
            if (more.size() < PAGE) {
                return items;
            }
        }
    }

    private static SortedMap<String, String> described(Value.Obj item) {
        var fields = new TreeMap<String, String>();
        for (String field : DESCRIBING) {
            switch (item.get(field)) {
                case Value.Nil _ -> {} // not set
                case Value.Text(var text) -> fields.put(field, text);
                case Value other -> fields.put(field, CanonicalJson.text(other));
            }
        }
        return fields;
    }

    /** As a manifest's entry has them. */
    private static String references(Value found) {
        var references = new ArrayList<Value>();
        for (var item : ((Value.Arr) found).items()) {
            var reference = (Value.Obj) item;
            references.add(Value.object(
                    "name", reference.get("name"),
                    "group", Value.of(groupOf(reference)),
                    "artifactId", reference.get("artifactId"),
                    "version", reference.get("version")));
        }
        return CanonicalJson.text(Value.array(references));
    }

    /** Left out where it is the default one. */
    private static String groupOf(Value.Obj item) {
        return item.get("groupId") instanceof Value.Text(var group) ? group : "default";
    }

    private static String text(Value.Obj item, String field) {
        return ((Value.Text) item.get(field)).value();
    }

    private static String path(ArtifactName name) {
        return "/groups/" + encoded(name.group()) + "/artifacts/" + encoded(name.artifactId());
    }

    @Override
    public void close() {
        http.close();
    }
}
