package dev.migrator.core.bundle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Projects;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** Settings documents, at most. */
    public static final int MAX_SETTINGS = 1_000;

    private final Resolver resolver;
    private final Resolved anywhere;
    private final byte[] bytes;
    private final Digest digest;

    private Bundle(Resolver resolver, Resolved anywhere, byte[] bytes) {
        this.resolver = resolver;
        this.anywhere = anywhere;
        this.bytes = bytes;
        this.digest = Digest.of(bytes);
    }

    /** @param anywhere what the manifests ask for without any environment */
    static Bundle of(Resolver resolver, Resolved anywhere, List<SourcedManifest> manifests) {
        var fields = new TreeMap<String, Value>();
        fields.put("apiVersion", Value.of(API_VERSION));
        fields.put("kind", Value.of(KIND));
        fields.put("resources", sorted(manifests.stream().filter(manifest -> !SettingsManifests.isOne(manifest))));
        var settings = sorted(manifests.stream().filter(SettingsManifests::isOne));
        // what has no settings keeps the bytes that it always had
        if (!settings.items().isEmpty()) {
            fields.put("settings", settings);
        }
        return new Bundle(resolver, anywhere, CanonicalJson.bytes(Value.object(fields)));
    }

    private static Value.Arr sorted(Stream<SourcedManifest> manifests) {
        record Keyed(String order, Value.Obj manifest) {}
        return Value.array(manifests
                .map(SourcedManifest::manifest)
                .map(manifest -> new Keyed(order(manifest), manifest))
                .sorted(Comparator.comparing(Keyed::order))
                .map(Keyed::manifest)
                .toList());
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

    /** Those that need no environment, with the defaults of variables; ascending by kind, name and project. */
    public List<Resource> resources() {
        return anywhere.resources();
    }

    /** How many resources there are in all, with those that need an environment. */
    public int manifests() {
        return resolver.size();
    }

    /** The declared projects, with addresses as they are before any mapping. */
    public Projects projects() {
        return anywhere.projects();
    }

    /**
     * What the bundle asks for in an environment. A pure function of both. What settings say of the environments that they name
     * was checked when the bundle was read; whether there are such environments a bundle does not know, see {@link
     * #rolloutsElsewhere}. One that none of them names gets the defaults.
     */
    public Resolved resolve(String environment) {
        return resolver.resolve(Optional.of(environment));
    }

    /**
     * What is wrong with rollouts that are for another environment than these: a misspelt one would quietly take its phases and
     * bakes away.
     *
     * @param declared all environments that there are
     */
    public List<Finding> rolloutsElsewhere(Collection<String> declared) {
        return resolver.rolloutsElsewhere(declared);
    }

    /** Environments that an overlay, a mapping or a rollout speaks of, ascending. */
    public SortedSet<String> environments() {
        return resolver.environments();
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
