package dev.migrator.core.bundle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Resource;
import java.util.Comparator;
import java.util.List;

/**
 * All manifests at a commit in canonical form: the same manifests in any order give the same bytes, and so the same
 * digest. Immutable.
 */
public final class Bundle {
    public static final String API_VERSION = "migrator.dev/v1";
    public static final String KIND = "Bundle";

    /** A bundle up to this size may travel inside an event; a larger one goes to the object store first. */
    public static final int MAX_INLINE_BYTES = 256 * 1024;

    /** Bound of a bundle's canonical bytes. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    public static final int MAX_RESOURCES = 100_000;

    private final List<Resource> resources;
    private final byte[] bytes;
    private final Digest digest;

    private Bundle(List<Resource> resources, byte[] bytes) {
        this.resources = resources;
        this.bytes = bytes;
        this.digest = Digest.of(bytes);
    }

    static Bundle of(List<Resource> resources, List<Value.Obj> manifests) {
        record Keyed(String order, Value.Obj manifest) {}
        var sorted = manifests.stream()
                .map(manifest -> new Keyed(order(manifest), manifest))
                .sorted(Comparator.comparing(Keyed::order))
                .map(Keyed::manifest)
                .toList();
        var bundle = Value.object(
                "apiVersion", Value.of(API_VERSION), "kind", Value.of(KIND), "resources", Value.array(sorted));
        var ordered = resources.stream()
                .sorted(Comparator.comparing(Resource::kind)
                        .thenComparing(Resource::name)
                        .thenComparing(Resource::project))
                .toList();
        return new Bundle(ordered, CanonicalJson.bytes(bundle));
    }

    /** By kind, then name, then all the rest. Names cannot contain the separator. */
    private static String order(Value.Obj manifest) {
        return text(manifest.get("kind"))
                + '\0'
                + text(((Value.Obj) manifest.get("metadata")).get("name"))
                + '\0'
                + CanonicalJson.text(manifest);
    }

    private static String text(Value value) {
        return ((Value.Text) value).value();
    }

    /** Ascending by kind, name and project. */
    public List<Resource> resources() {
        return resources;
    }

    /** Canonical JSON, UTF-8. A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    public Digest digest() {
        return digest;
    }

    public boolean fitsInline() {
        return bytes.length <= MAX_INLINE_BYTES;
    }
}
