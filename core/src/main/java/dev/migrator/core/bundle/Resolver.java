package dev.migrator.core.bundle;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.contents.SchemaContents;
import dev.migrator.core.contents.SchemaLanguages;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.FindingCollector;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Neighbours;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Placeholders;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Draft;
import dev.migrator.core.settings.EnvironmentSettings;
import dev.migrator.core.settings.EnvironmentSettings.Adapted;
import dev.migrator.core.settings.Manifest;
import dev.migrator.core.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns the manifests of a bundle into the resources of one environment: patches first, then variables, then the mapping of
 * names, and only then is it judged what they mean. A pure function, and the order of manifests makes no difference.
 * Immutable.
 */
final class Resolver {
    private static final Comparator<Resource> ORDER =
            Comparator.comparing(Resource::kind).thenComparing(Resource::name).thenComparing(Resource::project);

    /** What was read of a manifest, and the notes about it. */
    private record Reading(Optional<Resource> resource, List<Notes.Note> notes, List<Notes.Note> suppressed) {}

    /** A resource of this environment with the draft that it comes from. */
    private record Candidate(Draft draft, Resource resource, List<Notes.Note> notes, List<Notes.Note> suppressed) {}

    /**
     * @param claims all suppressions of its resources, used or not
     * @param found what there is to say of it
     */
    record View(Resolved resolved, List<Claim> claims, FindingCollector found) {}

    private final Kinds kinds;
    private final ManifestReader reader;
    private final List<SourcedManifest> sources;
    private final List<Manifest> manifests;
    private final Settings settings;
    private final SchemaLanguages languages;
    private final boolean everyVariableIsKnown;
    private final List<Optional<Reading>> asWritten;

    /**
     * @param sound whether all settings documents could be read: what is missing may else only seem to be
     * @param languages those that contents of schemas are judged in
     */
    Resolver(Kinds kinds, List<SourcedManifest> sources, Settings settings, boolean sound, SchemaLanguages languages) {
        this.kinds = kinds;
        this.languages = languages.remembering();
        this.reader = new ManifestReader(kinds);
        this.sources = List.copyOf(sources);
        this.settings = settings;
        this.everyVariableIsKnown = sound && settings.environments().isEmpty();
        this.manifests = this.sources.stream().map(Resolver::manifest).toList();
        // what no environment changes is read once, not once for each
        var readings = new ArrayList<Optional<Reading>>();
        for (int i = 0; i < manifests.size(); i++) {
            readings.add(
                    manifests.get(i).plain()
                            ? Optional.of(read(manifests.get(i).value(), this.sources.get(i)))
                            : Optional.empty());
        }
        this.asWritten = List.copyOf(readings);
    }

    private static Manifest manifest(SourcedManifest sourced) {
        var value = sourced.manifest();
        var metadata = value.get("metadata") instanceof Value.Obj object ? object : Value.object();
        // too deep to look into: reading it says so
        boolean plain = ManifestReader.isTooDeep(value)
                || !(Placeholders.anyIn(value.get("spec")) || Placeholders.anyIn(metadata.get("labels")));
        return new Manifest(
                value,
                ManifestReader.text(value, "kind").orElse(""),
                ManifestReader.text(metadata, "name").orElse(""),
                sourced::place,
                plain);
    }

    private Reading read(Value.Obj value, SourcedManifest sourced) {
        var notes = new Notes();
        var suppressed = new Notes();
        var resource = reader.read(value, new Resource.Source(sourced.file(), sourced.line()), notes, suppressed);
        return new Reading(resource, notes.all(), suppressed.all());
    }

    int size() {
        return sources.size();
    }

    SortedSet<String> environments() {
        return settings.environments();
    }

    List<Finding> rolloutsElsewhere(Collection<String> declared) {
        return settings.rolloutsElsewhere(declared);
    }

    /** @param environment empty for what can be said without any */
    Resolved resolve(Optional<String> environment) {
        return view(environment).resolved();
    }

    /** @param environment empty for what can be said without any */
    View view(Optional<String> environment) {
        var here = new EnvironmentSettings(
                kinds, manifests, settings, environment, environment.isEmpty() && !everyVariableIsKnown);
        var findings = new FindingCollector(BundleReader.MAX_FINDINGS);
        findings.addAll(here.findings());
        var suppressed = new ArrayList<Suppressed>();
        var leftOut = new HashSet<String>();
        var before = candidates(here, leftOut, findings);
        var candidates = here.renames() ? renamed(here, before, leftOut, findings) : before;
        Map<Resource, Draft> drafts = new IdentityHashMap<>();
        for (var candidate : candidates) {
            drafts.put(candidate.resource(), candidate.draft());
            findings.addAll(findings(candidate.notes(), candidate.resource().title(), candidate.draft()));
            candidate
                    .suppressed()
                    .forEach(note -> suppressed.add(suppressed(note, candidate.resource(), candidate.draft())));
        }
        var resources = candidates.stream().map(Candidate::resource).toList();
        var desired = Desired.inNoEnvironment(kinds, resources);
        var remarks = new ArrayList<>(new CrossChecks(kinds, leftOut).check(resources, desired));
        var contents = SchemaContents.check(desired, languages);
        remarks.addAll(contents.remarks());
        if (here.renames()) {
            remarks.addAll(PrefixCheck.check(
                    kinds, before.stream().map(Candidate::resource).toList(), resources));
        }
        var projects = here.projects();
        findings.addAll(ProjectClaims.overlaps(projects));
        remarks.addAll(ProjectClaims.remarks(kinds, projects, desired));
        if (leftOut.isEmpty()) {
            // what could not be read may be what is selected
            here.rollout().ifPresent(rollout -> findings.addAll(rollout.selectingNothing(resources)));
        }
        for (var remark : remarks) {
            var draft = drafts.get(remark.resource());
            if (remark.resource().suppression(remark.note().problem().code()).isPresent()) {
                suppressed.add(suppressed(remark.note(), remark.resource(), draft));
            } else {
                findings.addAll(
                        findings(List.of(remark.note()), remark.resource().title(), draft));
            }
        }
        var resolved = new Resolved(
                environment,
                resources.stream().sorted(ORDER).toList(),
                projects,
                findings.bounded(BundleReader.MORE),
                suppressed.stream().distinct().sorted().toList(),
                contents.unchecked(),
                here.rollout());
        return new View(
                resolved,
                candidates.stream()
                        .flatMap(candidate -> claims(candidate.resource(), candidate.draft()))
                        .toList(),
                findings);
    }

    private static Stream<Claim> claims(Resource resource, Draft draft) {
        return IntStream.range(0, resource.suppressions().size())
                .mapToObj(i -> new Claim(
                        resource.uid(),
                        resource.title(),
                        resource.suppressions().get(i),
                        draft.placeOf(SuppressionReader.PLACE + "/" + i + "/rule")));
    }

    private static Suppressed suppressed(Notes.Note note, Resource resource, Draft draft) {
        var finding = findings(List.of(note), resource.title(), draft).getFirst();
        return claims(resource, draft)
                .filter(claim ->
                        claim.suppression().rule().equals(note.problem().code()))
                .findFirst()
                .orElseThrow()
                .suppressing(finding);
    }

    private List<Candidate> candidates(EnvironmentSettings here, Set<String> leftOut, FindingCollector findings) {
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < manifests.size(); i++) {
            var title = title(manifests.get(i), i);
            switch (here.adapted(i)) {
                case Adapted.Done(Draft draft) -> {
                    var written = draft.isAsWritten() ? asWritten.get(i) : Optional.<Reading>empty();
                    var reading = written.isPresent() ? written.get() : read(draft.value(), sources.get(i));
                    if (reading.resource().isPresent()) {
                        candidates.add(
                                new Candidate(draft, reading.resource().get(), reading.notes(), reading.suppressed()));
                    } else {
                        leftOut.add(title);
                        findings.addAll(findings(reading.notes(), title, draft));
                    }
                }
                case Adapted.NeedsEnvironment _ -> leftOut.add(title);
                case Adapted.Failed(var troubles) -> {
                    leftOut.add(title);
                    troubles.forEach(trouble -> findings.add(finding(trouble, title)));
                }
            }
        }
        return candidates;
    }

    private List<Candidate> renamed(
            EnvironmentSettings here, List<Candidate> before, Set<String> leftOut, FindingCollector findings) {
        var around = Neighbours.named(before.stream().map(Candidate::resource).toList());
        var after = new ArrayList<Candidate>();
        for (var candidate : before) {
            var title = candidate.resource().title();
            var renamed = here.renamed(candidate.draft(), candidate.resource(), around);
            renamed.troubles().forEach(trouble -> findings.add(finding(trouble, title)));
            if (renamed.draft().isEmpty()) {
                after.add(candidate);
                continue;
            }
            var notes = new Notes();
            var suppressed = new Notes();
            var draft = renamed.draft().get();
            reader.read(draft.value(), candidate.resource().source(), notes, suppressed)
                    .ifPresentOrElse(
                            resource -> after.add(new Candidate(draft, resource, notes.all(), suppressed.all())),
                            () -> {
                                leftOut.add(title);
                                findings.addAll(findings(notes.all(), title, draft));
                            });
        }
        return after;
    }

    private static List<Finding> findings(List<Notes.Note> notes, String title, Draft draft) {
        var findings = new ArrayList<Finding>();
        for (var note : notes) {
            var problem = note.problem();
            if (problem.thing().isEmpty()) {
                problem = problem.about(note.pointer().isEmpty() ? title : title + ", " + Notes.path(note.pointer()));
            }
            var place = draft.placeOf(note.pointer());
            findings.add(new Finding(note.severity(), problem, place.file(), place.line()));
        }
        return findings;
    }

    private static Finding finding(Draft.Trouble trouble, String title) {
        return Finding.error(trouble.problem().about(title + ", " + Notes.path(trouble.pointer())))
                .at(trouble.place().file(), trouble.place().line());
    }

    private static String title(Manifest manifest, int index) {
        if (manifest.kind().isEmpty()) {
            return "manifest number " + (index + 1);
        }
        return manifest.name().isEmpty()
                ? manifest.kind() + " number " + (index + 1)
                : manifest.kind() + "/" + manifest.name();
    }
}
