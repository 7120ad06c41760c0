package dev.migrator.core.bundle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.contents.SchemaLanguages;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.FindingCollector;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Resource;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Validates a whole list of manifests and says everything that is wrong with it at once. */
public final class BundleReader {
    /** Findings that are named; above that, the last one gives the count. */
    public static final int MAX_FINDINGS = 1_000;

    static final String MORE = "BND-MORE-FINDINGS";

    private static final byte[] BEGINNING = ("{\"apiVersion\":\"" + Bundle.API_VERSION + "\",\"kind\":\"" + Bundle.KIND
                    + "\"")
            .getBytes(StandardCharsets.UTF_8);

    /**
     * @param bundle there unless something stops
     * @param resources those that are right by themselves, ascending by kind and name
     * @param findings ascending by file, line, code and thing; warnings among them
     * @param suppressed ascending by the same; until when is judged by {@link #on} alone, so that a bundle is read the same
     *     on every day
     * @param unchecked what nobody here can judge, with how many schemas that is so for
     */
    public record Result(
            Optional<Bundle> bundle,
            List<Resource> resources,
            List<Finding> findings,
            List<Suppressed> suppressed,
            SortedMap<String, Integer> unchecked) {
        /** Of a bundle that is not looked at any further. */
        Result(List<Resource> resources, List<Finding> findings, List<Suppressed> suppressed) {
            this(Optional.empty(), resources, findings, suppressed, Collections.emptySortedMap());
        }

        public Result {
            unchecked = Collections.unmodifiableSortedMap(new TreeMap<>(unchecked));
            resources = List.copyOf(resources);
            findings = List.copyOf(findings);
            suppressed = List.copyOf(suppressed);
        }

        /** The same as seen on a day: what is suppressed until an earlier one is back, and stops if it is an error. */
        public Result on(LocalDate day) {
            var judged = Suppressed.on(day, findings, suppressed);
            return new Result(
                    judged.findings().stream().anyMatch(Finding::stops) ? Optional.empty() : bundle,
                    resources,
                    judged.findings(),
                    judged.suppressed(),
                    unchecked);
        }

        public boolean valid() {
            return bundle.isPresent();
        }
    }

    private BundleReader() {}

    /** As {@link #read(Value, SchemaLanguages)}, without a look into the contents of schemas. */
    public static Result read(Value bundle) {
        return read(bundle, SchemaLanguages.NONE);
    }

    /**
     * @param bundle a bundle object, or a bare list of manifests
     * @param languages those that contents of schemas are judged in
     */
    public static Result read(Value bundle, SchemaLanguages languages) {
        return switch (bundle) {
            case Value.Arr(var manifests) -> readList(manifests, languages);
            case Value.Obj object when isBundle(object) -> readList(manifestsOf(object), languages);
            default ->
                stopped(Problem.of("BND-FORMAT", "this is not a bundle")
                        .expected("an object with apiVersion " + Bundle.API_VERSION + ", kind " + Bundle.KIND
                                + ", resources, perhaps settings, and nothing else")
                        .todo("package the manifests with the migrator command"));
        };
    }

    /** As {@link #read(byte[], Digest, SchemaLanguages)}, without a look into the contents of schemas. */
    public static Result read(byte[] bytes, Digest expected) {
        return read(bytes, expected, SchemaLanguages.NONE);
    }

    /**
     * Reads a bundle's bytes; they may be written in any JSON form, but mean exactly what the digest says.
     *
     * @param languages those that contents of schemas are judged in
     */
    public static Result read(byte[] bytes, Digest expected, SchemaLanguages languages) {
        if (bytes.length > Bundle.MAX_BYTES) {
            return stopped(tooLarge(bytes.length));
        }
        Result result;
        try {
            result = read(CanonicalJson.parse(bytes), languages);
        } catch (ProblemException e) {
            return stopped(Problem.of("BND-FORMAT", "this is not a bundle")
                    .about(e.problem().thing())
                    .expected(e.problem().expected())
                    .found(e.problem().found()));
        }
        if (result.bundle().isPresent() && !result.bundle().get().digest().equals(expected)) {
            return stopped(Problem.of("BND-DIGEST", "the bundle is not the one that the digest names")
                    .expected(expected.toString())
                    .found(result.bundle().get().digest().toString())
                    .todo("package and submit it again"));
        }
        return result;
    }

    /** As {@link #read(List, SchemaLanguages)}, without a look into the contents of schemas. */
    public static Result read(List<SourcedManifest> manifests) {
        return read(manifests, SchemaLanguages.NONE);
    }

    /**
     * @param manifests of resources and of settings, in any order
     * @param languages those that contents of schemas are judged in
     */
    public static Result read(List<SourcedManifest> manifests, SchemaLanguages languages) {
        var kinds = Kinds.standard();
        var bySettings = manifests.stream().collect(Collectors.partitioningBy(SettingsManifests::isOne));
        var settings = bySettings.get(true);
        var resources = bySettings.get(false);
        if (resources.size() > Bundle.MAX_RESOURCES) {
            return stopped(tooMany("resources", Bundle.MAX_RESOURCES, resources.size())
                    .todo("split them into projects of their own"));
        }
        if (settings.size() > Bundle.MAX_SETTINGS) {
            return stopped(tooMany("settings documents", Bundle.MAX_SETTINGS, settings.size())
                    .todo("put several into one"));
        }
        var read = SettingsManifests.read(kinds, settings);
        if (read.settings().isEmpty()) {
            return new Result(List.of(), bounded(read.findings()), List.of());
        }
        var resolver = new Resolver(kinds, resources, read.settings().get(), read.sound(), languages);
        var views = new ArrayList<Resolver.View>();
        views.add(resolver.view(Optional.empty()));
        // with settings that are only partly known, an environment would have findings that it does not have
        if (read.sound()) {
            read.settings().get().environments().forEach(name -> views.add(resolver.view(Optional.of(name))));
        }
        var resolved = views.stream().map(Resolver.View::resolved).toList();
        var findings = new FindingCollector(MAX_FINDINGS);
        findings.addAll(read.findings());
        Views.collect(views, findings);
        var suppressed = Views.suppressed(resolved).stream().sorted().toList();
        if (!findings.stops()) {
            // what is wrong elsewhere may be why nothing was found here
            var claims = views.stream().flatMap(view -> view.claims().stream()).distinct();
            findings.addAll(Claim.unused(claims.toList(), suppressed));
        }
        return conclude(resolver, views, manifests, findings, suppressed);
    }

    private static Result conclude(
            Resolver resolver,
            List<Resolver.View> views,
            List<SourcedManifest> manifests,
            FindingCollector findings,
            List<Suppressed> suppressed) {
        var anywhere = views.getFirst().resolved();
        if (!findings.stops()) {
            var bundle = Bundle.of(resolver, anywhere, manifests);
            if (bundle.size() <= Bundle.MAX_BYTES) {
                return new Result(
                        Optional.of(bundle),
                        bundle.resources(),
                        Views.placed(views, findings.bounded(MORE)),
                        suppressed,
                        Views.unchecked(
                                views.stream().map(Resolver.View::resolved).toList()));
            }
            findings.add(Finding.error(tooLarge(bundle.size())));
        }
        return new Result(
                anywhere.resources().stream()
                        .sorted(Comparator.comparing(Resource::title))
                        .toList(),
                Views.placed(views, findings.bounded(MORE)),
                suppressed);
    }

    /**
     * Whether bytes begin as a bundle in canonical form does, which says nothing about the rest of them. Large bundles need
     * not be read a second time only to see that they are none of the other documents.
     */
    public static boolean beginsAsBundle(byte[] bytes) {
        return bytes.length >= BEGINNING.length
                && Arrays.equals(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    private static boolean isBundle(Value.Obj object) {
        var fields = object.fields().keySet();
        return (fields.equals(Set.of("apiVersion", "kind", "resources"))
                        || fields.equals(Set.of("apiVersion", "kind", "resources", "settings"))
                                && object.get("settings") instanceof Value.Arr)
                && object.get("apiVersion").equals(Value.of(Bundle.API_VERSION))
                && object.get("kind").equals(Value.of(Bundle.KIND))
                && object.get("resources") instanceof Value.Arr;
    }

    private static List<Value> manifestsOf(Value.Obj bundle) {
        var manifests = new ArrayList<>(((Value.Arr) bundle.get("resources")).items());
        if (bundle.get("settings") instanceof Value.Arr(var settings)) {
            manifests.addAll(settings);
        }
        return manifests;
    }

    private static Result readList(List<Value> manifests, SchemaLanguages languages) {
        var read = new ArrayList<SourcedManifest>();
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < manifests.size(); i++) {
            if (manifests.get(i) instanceof Value.Obj manifest) {
                read.add(SourcedManifest.unknown(manifest));
            } else {
                findings.add(Finding.error(Problem.of("MAN-WRONG-TYPE", "a manifest has the wrong type")
                        .about("manifest " + (i + 1))
                        .expected("an object")));
            }
        }
        var result = read(read, languages);
        if (findings.isEmpty()) {
            return result;
        }
        findings.addAll(result.findings());
        return new Result(result.resources(), bounded(findings), result.suppressed());
    }

    /** {@code Kind/name}, as far as it is known. */
    static String title(Value.Obj manifest) {
        var kind = ManifestReader.text(manifest, "kind").orElse("manifest");
        return manifest.get("metadata") instanceof Value.Obj metadata
                ? ManifestReader.text(metadata, "name")
                        .map(name -> kind + "/" + name)
                        .orElse(kind)
                : kind;
    }

    private static List<Finding> bounded(List<Finding> findings) {
        var collected = new FindingCollector(MAX_FINDINGS);
        collected.addAll(findings);
        return collected.bounded(MORE);
    }

    private static Problem tooMany(String what, int most, int found) {
        return Problem.of("BND-TOO-MANY", "there are too many " + what)
                .expected("at most " + most)
                .found(String.valueOf(found));
    }

    private static Problem tooLarge(int size) {
        return Problem.of("BND-TOO-LARGE", "the bundle is too large")
                .expected("at most " + Bundle.MAX_BYTES + " bytes")
                .found(size + " bytes")
                .todo("split it into projects of their own");
    }

    private static Result stopped(Problem problem) {
        return new Result(List.of(), List.of(Finding.error(problem)), List.of());
    }
}
