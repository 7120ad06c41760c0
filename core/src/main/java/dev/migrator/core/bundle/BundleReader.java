package dev.migrator.core.bundle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Validates a whole list of manifests and says everything that is wrong with it at once. */
public final class BundleReader {
    /** Findings that are named; above that, the last one gives the count. */
    public static final int MAX_FINDINGS = 1_000;

    /**
     * @param bundle there unless something stops
     * @param resources those that are right by themselves, ascending by kind and name
     * @param findings ascending by file, line, code and thing; warnings among them
     */
    public record Result(Optional<Bundle> bundle, List<Resource> resources, List<Finding> findings) {
        public Result {
            resources = List.copyOf(resources);
            findings = List.copyOf(findings);
        }

        public boolean valid() {
            return bundle.isPresent();
        }
    }

    private final Kinds kinds;

    private BundleReader(Kinds kinds) {
        this.kinds = kinds;
    }

    /** @param bundle a bundle object, or a bare list of manifests */
    public static Result read(Value bundle) {
        return switch (bundle) {
            case Value.Arr(var manifests) -> readList(manifests);
            case Value.Obj object when isBundle(object) -> readList(((Value.Arr) object.get("resources")).items());
            default ->
                stopped(Problem.of("BND-FORMAT", "this is not a bundle")
                        .expected("an object with apiVersion " + Bundle.API_VERSION + ", kind " + Bundle.KIND
                                + ", resources, and nothing else")
                        .todo("package the manifests with the migrator command"));
        };
    }

    /** Reads a bundle's bytes; they may be written in any JSON form, but mean exactly what the digest says. */
    public static Result read(byte[] bytes, Digest expected) {
        if (bytes.length > Bundle.MAX_BYTES) {
            return stopped(tooLarge(bytes.length));
        }
        Result result;
        try {
            result = read(CanonicalJson.parse(bytes));
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

    public static Result read(List<SourcedManifest> manifests) {
        return new BundleReader(Kinds.standard()).result(manifests);
    }

    private static boolean isBundle(Value.Obj object) {
        return object.fields().keySet().equals(Set.of("apiVersion", "kind", "resources"))
                && object.get("apiVersion").equals(Value.of(Bundle.API_VERSION))
                && object.get("kind").equals(Value.of(Bundle.KIND))
                && object.get("resources") instanceof Value.Arr;
    }

    private static Result readList(List<Value> manifests) {
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
        var result = read(read);
        if (findings.isEmpty()) {
            return result;
        }
        findings.addAll(result.findings());
        return new Result(Optional.empty(), result.resources(), bounded(findings));
    }

    private Result result(List<SourcedManifest> manifests) {
        if (manifests.size() > Bundle.MAX_RESOURCES) {
            return stopped(Problem.of("BND-TOO-MANY", "there are too many resources")
                    .expected("at most " + Bundle.MAX_RESOURCES)
                    .found(String.valueOf(manifests.size()))
                    .todo("split them into projects of their own"));
        }
        var findings = new ArrayList<Finding>();
        Map<Resource, SourcedManifest> sources = new IdentityHashMap<>();
        var resources = new ArrayList<Resource>();
        var broken = new HashSet<String>();
        var reader = new ManifestReader(kinds);
        for (int i = 0; i < manifests.size(); i++) {
            var sourced = manifests.get(i);
            var notes = new Notes();
            var title = title(sourced.manifest(), i);
            var resource = reader.read(sourced, notes);
            notes.all().forEach(note -> findings.add(finding(note, title, sourced)));
            resource.ifPresentOrElse(
                    read -> {
                        resources.add(read);
                        sources.put(read, sourced);
                    },
                    () -> broken.add(title));
        }
        new CrossChecks(kinds, broken)
                .check(resources)
                .forEach(remark -> findings.add(
                        finding(remark.note(), remark.resource().title(), sources.get(remark.resource()))));
        return conclude(manifests, resources, findings);
    }

    private static Result conclude(List<SourcedManifest> manifests, List<Resource> resources, List<Finding> findings) {
        if (findings.stream().noneMatch(Finding::stops)) {
            var bundle = Bundle.of(
                    resources, manifests.stream().map(SourcedManifest::manifest).toList());
            if (bundle.size() <= Bundle.MAX_BYTES) {
                return new Result(Optional.of(bundle), bundle.resources(), bounded(findings));
            }
            findings.add(Finding.error(tooLarge(bundle.size())));
        }
        return new Result(
                Optional.empty(),
                resources.stream()
                        .sorted(java.util.Comparator.comparing(Resource::title))
                        .toList(),
                bounded(findings));
    }

    private static Finding finding(Notes.Note note, String title, SourcedManifest sourced) {
        var problem = note.problem();
        if (problem.thing().isEmpty()) {
            problem = problem.about(note.pointer().isEmpty() ? title : title + ", " + Notes.path(note.pointer()));
        }
        return new Finding(note.severity(), problem, sourced.file(), sourced.lineOf(note.pointer()));
    }

    private static String title(Value.Obj manifest, int index) {
        var kind = ManifestReader.text(manifest, "kind");
        var name = manifest.get("metadata") instanceof Value.Obj metadata
                ? ManifestReader.text(metadata, "name")
                : Optional.<String>empty();
        return kind.isPresent() && name.isPresent()
                ? kind.get() + "/" + name.get()
                : kind.orElse("manifest") + " number " + (index + 1);
    }

    static List<Finding> bounded(List<Finding> findings) {
        var sorted = findings.stream().distinct().sorted().toList();
        if (sorted.size() <= MAX_FINDINGS) {
            return sorted;
        }
        var first = new ArrayList<>(sorted.subList(0, MAX_FINDINGS));
        first.add(Finding.error(Problem.of("BND-MORE-FINDINGS", "there are more findings than are shown")
                .found((sorted.size() - MAX_FINDINGS) + " more")
                .todo("correct these first")));
        return first;
    }

    private static Problem tooLarge(int size) {
        return Problem.of("BND-TOO-LARGE", "the bundle is too large")
                .expected("at most " + Bundle.MAX_BYTES + " bytes")
                .found(size + " bytes")
                .todo("split it into projects of their own");
    }

    private static Result stopped(Problem problem) {
        return new Result(Optional.empty(), List.of(), List.of(Finding.error(problem)));
    }
}
