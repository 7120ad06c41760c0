package dev.migrator.core.bundle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Manifests for tests, written as JSON with single quotes. */
public final class TestManifests {
    private TestManifests() {}

    /** JSON in which single quotes stand for double ones. */
    public static Value json(String text) {
        return CanonicalJson.parse(text.replace('\'', '"'));
    }

    public static Value.Obj manifest(String kind, String name, String spec) {
        return Value.object(
                "apiVersion", Value.of("migrator.dev/v1"),
                "kind", Value.of(kind),
                "metadata", Value.object("name", Value.of(name)),
                "spec", json(spec));
    }

    public static Value.Obj topic(String name, String config) {
        return manifest("Topic", name, "{'partitions':3,'replicationFactor':1,'config':" + config + "}");
    }

    public static Value.Obj topic(String name) {
        return topic(name, "{}");
    }

    public static Value.Obj acl(String name, String principal, String operations, String resource) {
        return manifest(
                "Acl",
                name,
                "{'principal':'" + principal + "','operations':" + operations + ",'resource':" + resource + "}");
    }

    /** READ for {@code User:reader} on a literal topic. */
    public static Value.Obj readAcl(String name, String topic) {
        return acl(name, "User:reader", "['READ']", "{'type':'topic','name':'" + topic + "'}");
    }

    public static Value.Obj schema(String name, String version, String references) {
        return manifest(
                "Schema",
                name,
                "{'type':'AVRO','version':'" + version + "','content':{'type':'record','name':'" + name
                        + "','fields':[]},'references':" + references + "}");
    }

    public static Value.Obj schema(String name, String version) {
        return schema(name, version, "[]");
    }

    public static String reference(String schema, String version) {
        return "{'name':'" + schema + "','schema':'" + schema + "','version':'" + version + "'}";
    }

    public static Value.Obj absent(Value.Obj manifest) {
        return with(manifest, "state", Value.of("absent"));
    }

    public static Value.Obj canary(Value.Obj manifest) {
        var metadata = (Value.Obj) manifest.get("metadata");
        return with(manifest, "metadata", with(metadata, "labels", Value.object("tier", Value.of("canary"))));
    }

    /** The same, with a suppression that has a reason and no end. */
    public static Value.Obj suppressing(Value.Obj manifest, String rule) {
        return suppressing(manifest, rule, "it was decided so", Optional.empty());
    }

    public static Value.Obj suppressing(Value.Obj manifest, String rule, String reason, Optional<String> until) {
        var suppression = Value.object("rule", Value.of(rule), "reason", Value.of(reason));
        var whole = until.map(day -> with(suppression, "until", Value.of(day))).orElse(suppression);
        var metadata = (Value.Obj) manifest.get("metadata");
        return with(manifest, "metadata", with(metadata, "suppress", Value.array(List.of(whole))));
    }

    public static Value.Obj with(Value.Obj object, String field, Value value) {
        var fields = new TreeMap<>(object.fields());
        fields.put(field, value);
        return Value.object(fields);
    }

    public static Value.Obj without(Value.Obj object, String field) {
        var fields = new TreeMap<>(object.fields());
        fields.remove(field);
        return Value.object(fields);
    }

    public static BundleReader.Result read(Value.Obj... manifests) {
        return BundleReader.read(Value.array(Arrays.asList(manifests)));
    }

    /** The bundle of these manifests, which have to be right. */
    public static Bundle bundle(List<Value.Obj> manifests) {
        var result = BundleReader.read(Value.array(manifests));
        return result.bundle()
                .orElseThrow(() -> new AssertionError(result.findings().toString()));
    }

    public static Bundle bundle(Value.Obj... manifests) {
        return bundle(Arrays.asList(manifests));
    }

    /** {@code CODE thing} of each finding. */
    public static List<String> codes(BundleReader.Result result) {
        return result.findings().stream()
                .map(finding ->
                        finding.problem().code() + " " + finding.problem().thing())
                .toList();
    }
}
